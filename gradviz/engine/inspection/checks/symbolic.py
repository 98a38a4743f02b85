"""sympy's derivative of a typed expression, evaluated with more digits than any tensor has.

The expression is built from the parsed tree, node by node, with sympy's constructors: no text
reaches sympy. The derivative is evaluated here, in mpmath's arithmetic, with the numbers as the
tensors hold them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from functools import cache
from typing import Any, Final

from gradviz.engine.inspection.checks.background import in_background
from gradviz.expression import (
    Binary,
    Call,
    Negate,
    Parameter,
    Tree,
    Variable,
    children,
    postorder,
)
from gradviz.expression.folding import node_value
from gradviz.expression.tree import Operator

#: A larger tree is not given to sympy: its derivative may be of quadratic size, or worse.
LARGEST_TREE: Final = 150
#: In seconds: sympy is given so long to be loaded and to differentiate.
DEADLINE_S: Final = 20.0
#: Decimal digits of the evaluation.
DIGITS: Final = 40
#: So many operations are evaluated at once, between two looks at the commands.
_AT_ONCE: Final = 2000
#: Powers of whole numbers are computed exactly, so they are kept small.
_LARGEST_INTEGER: Final = 1000

#: A number of mpmath, and an expression of sympy: neither is typed.
Number = Any
Symbolic = Any
Numbers = Mapping[str, Number]


class NotSymbolicError(Exception):
    """Why sympy says nothing about an expression."""


class Derivatives:
    """An expression and its derivatives by names, made by sympy.

    Attributes:
        value: The expression.
        slopes: The derivative by each name.
    """

    def __init__(self, tree: Tree, names: tuple[str, ...]) -> None:
        """Build and differentiate: call it where it may take seconds."""
        import sympy

        symbols = {name: sympy.Symbol(name) for name in names}
        self.value = _built(tree, symbols)
        self.slopes = {name: sympy.diff(self.value, symbol) for name, symbol in symbols.items()}


def derivatives(tree: Tree, names: tuple[str, ...]) -> Generator[None, None, Derivatives]:
    """Return the derivatives by x and the parameters among `names`, in pieces.

    Raises:
        NotSymbolicError: the expression is too large, or sympy takes too long.
    """
    size = sum(1 for _ in postorder(tree))
    if size > LARGEST_TREE:
        raise NotSymbolicError(
            f"The expression has {size:,} parts; sympy is asked up to {LARGEST_TREE}."
        )
    try:
        # sympy cannot be cut into pieces: loading it alone takes a third of a second.
        return (yield from in_background(lambda: Derivatives(tree, names), DEADLINE_S))
    except TimeoutError:
        raise NotSymbolicError(f"sympy took more than {DEADLINE_S:g} s.") from None
    except Exception as error:
        raise NotSymbolicError(f"sympy fails at this expression: {error}") from error


def evaluated(
    expressions: Mapping[str, Symbolic], places: Iterator[Numbers]
) -> Generator[None, None, list[dict[str, Number]]]:
    """Return the values of the expressions at each of `places`, in pieces.

    A place names a number for every symbol; parts that occur several times are computed once.

    Raises:
        NotSymbolicError: a value is not a finite real number.
    """
    import mpmath

    order = _order(tuple(expressions.values()))
    found: list[dict[str, Number]] = []
    done = 0
    for place in places:
        with mpmath.workdps(DIGITS):
            values = _evaluated(order, place)
        found.append({name: _real(values[each]) for name, each in expressions.items()})
        done += len(order)
        if done >= _AT_ONCE:
            done = 0
            yield
    return found


def as_number(value: float) -> Number:
    """Return a number exactly as a tensor holds it."""
    import mpmath

    return mpmath.mpf(value)


def _built(tree: Tree, symbols: Mapping[str, Symbolic]) -> Symbolic:
    """Return the tree in sympy's objects; constant parts are the numbers that the engine uses."""
    numbers: list[float | None] = []
    parts: list[Symbolic] = []
    for node in postorder(tree):
        first = len(parts) - len(children(node))
        operands, parts = parts[first:], parts[:first]
        value = node_value(node, numbers[first:])
        numbers[first:] = [value]
        parts.append(_part(node, operands, symbols) if value is None else _constant(value))
    return parts[0]


def _part(node: Tree, operands: list[Symbolic], symbols: Mapping[str, Symbolic]) -> Symbolic:

    match node:
        case Variable():
            return symbols["x"]
        case Parameter():
            return symbols[node.name]
        case Negate():
            return -operands[0]
        case Call():
            return _functions()[node.function](operands[0])
        case Binary():
            return _joined(node.operator, *operands)
    raise AssertionError(f"a number without a value: {node}")


def _joined(operator: Operator, left: Symbolic, right: Symbolic) -> Symbolic:
    import sympy

    match operator:
        case "+":
            return sympy.Add(left, right)
        case "-":
            return sympy.Add(left, sympy.Mul(sympy.S.NegativeOne, right))
        case "*":
            return sympy.Mul(left, right)
        case "/":
            return sympy.Mul(left, sympy.Pow(right, sympy.S.NegativeOne))
        case "^":
            return sympy.Pow(left, right)


def _constant(value: float) -> Symbolic:
    """Return a number; one that is no integer has digits, whose powers do not grow."""
    import sympy

    if value.is_integer() and abs(value) < _LARGEST_INTEGER:
        return sympy.Integer(int(value))
    return sympy.Float(value, DIGITS)


@cache
def _functions() -> Mapping[str, Callable[[Symbolic], Symbolic]]:
    import sympy

    half = sympy.Rational(1, 2)
    return {
        "sin": sympy.sin,
        "cos": sympy.cos,
        "tan": sympy.tan,
        "exp": sympy.exp,
        "log": sympy.log,
        "sqrt": lambda value: sympy.Pow(value, half),
        "abs": _piecewise()["abs"],
        "tanh": sympy.tanh,
        "sigmoid": lambda value: sympy.Pow(1 + sympy.exp(-value), -1),
        "relu": _piecewise()["relu"],
        "P3": lambda value: (5 * sympy.Pow(value, 3) - 3 * value) / 2,
    }


@cache
def _piecewise() -> Mapping[str, Any]:
    """Return what has a kink as functions of sympy, with PyTorch's choice of a slope at 0.

    sympy's own Piecewise tries to solve its conditions, which may take minutes.
    """
    import sympy

    class Sign(sympy.Function):  # type: ignore[misc]
        """-1, 0 or 1."""

    class Step(sympy.Function):  # type: ignore[misc]
        """1 above 0, else 0."""

    class Absolute(sympy.Function):  # type: ignore[misc]
        """The absolute value."""

        def fdiff(self, argindex: int = 1) -> Symbolic:
            """Return the derivative, which is 0 at 0."""
            return Sign(self.args[0])

    class Relu(sympy.Function):  # type: ignore[misc]
        """The argument where it is above 0, else 0."""

        def fdiff(self, argindex: int = 1) -> Symbolic:
            """Return the derivative, which is 0 at 0."""
            return Step(self.args[0])

    return {"sign": Sign, "step": Step, "abs": Absolute, "relu": Relu}


@cache
def _rules() -> Mapping[Any, Callable[..., Number]]:
    """Return how the parts of an expression are computed."""
    import mpmath
    import sympy

    own = _piecewise()
    return {
        sympy.Add: lambda *terms: mpmath.fsum(terms),
        sympy.Mul: lambda *factors: mpmath.fprod(factors),
        sympy.Pow: mpmath.power,
        sympy.exp: mpmath.exp,
        sympy.log: mpmath.log,
        sympy.sin: mpmath.sin,
        sympy.cos: mpmath.cos,
        sympy.tan: mpmath.tan,
        sympy.tanh: mpmath.tanh,
        sympy.Abs: mpmath.fabs,
        own["abs"]: mpmath.fabs,
        own["sign"]: mpmath.sign,
        own["step"]: lambda value: mpmath.mpf(value > 0),
        own["relu"]: lambda value: value if value > 0 else mpmath.mpf(0),
    }


def _order(expressions: tuple[Symbolic, ...]) -> list[Symbolic]:
    """Return every part once, each after its operands."""
    order: list[Symbolic] = []
    known: set[Symbolic] = set()
    waiting = [(each, False) for each in expressions]
    while waiting:
        part, ready = waiting.pop()
        if part in known:
            continue
        if ready:
            known.add(part)
            order.append(part)
        else:
            waiting.append((part, True))
            waiting.extend((operand, False) for operand in part.args)
    return order


def _evaluated(order: list[Symbolic], place: Numbers) -> dict[Symbolic, Number]:
    rules = _rules()
    values: dict[Symbolic, Number] = {}
    for part in order:
        try:
            if part.args:
                rule = rules[part.func]
                values[part] = rule(*(values[operand] for operand in part.args))
            else:
                values[part] = _atom(part, place)
        except (ArithmeticError, ValueError, TypeError) as error:
            raise NotSymbolicError("sympy's derivative has no finite value there.") from error
        except KeyError as error:
            raise NotSymbolicError(f"sympy's derivative has {part.func.__name__}.") from error
    return values


def _atom(part: Symbolic, place: Numbers) -> Number:
    import mpmath

    if part.is_Symbol:
        return place[part.name]
    if part.is_Float:
        return mpmath.make_mpf(part._mpf_)
    if part.is_Rational:
        return mpmath.mpf(int(part.p)) / int(part.q)
    if part.is_NumberSymbol:
        return mpmath.mpf(part.evalf(DIGITS)._mpf_)
    raise ValueError(f"{part} is no number")


def _real(value: Number) -> Number:
    import mpmath

    if isinstance(value, mpmath.mpc) or not mpmath.isfinite(value):
        raise NotSymbolicError("sympy's derivative is not a finite real number there.")
    return value
