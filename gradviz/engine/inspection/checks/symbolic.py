"""sympy's derivative of a typed expression, evaluated with more digits than any tensor has.

The expression is built from the parsed tree, node by node, with sympy's constructors: no text
reaches sympy. The derivative is evaluated here, in mpmath's arithmetic, with the numbers as the
tensors hold them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from functools import cache
from typing import Any, Final, assert_never

from gradviz.core.errors import words_of
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted, short
from gradviz.engine.inspection.checks.in_background import in_background
from gradviz.expression import (
    FUNCTIONS,
    SEVERAL,
    Apply,
    Binary,
    Call,
    Compare,
    Function,
    Negate,
    Parameter,
    Tree,
    Variable,
    children,
    parse,
    postorder,
)
from gradviz.expression.folding import node_value
from gradviz.expression.functions import RELATIONS
from gradviz.expression.tables.several import UndecidedSlopeError
from gradviz.expression.tree import Number as PlainNumber
from gradviz.expression.tree import Operator, Pi

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
_OfNumbers = Callable[..., Number]


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
            tr(
                "The expression has {size} parts; sympy is asked up to {most}.",
                size=counted(size),
                most=LARGEST_TREE,
            )
        )
    try:
        # sympy cannot be cut into pieces: loading it alone takes a third of a second.
        return (yield from in_background(lambda: Derivatives(tree, names), DEADLINE_S))
    except TimeoutError:
        told = tr("sympy took more than {seconds} s.", seconds=short(DEADLINE_S))
        raise NotSymbolicError(told) from None
    except Exception as error:
        told = tr("sympy fails at this expression: {error}", error=words_of(error))
        raise NotSymbolicError(told) from error


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
            return _called(FUNCTIONS[node.function], operands[0])
        case Binary():
            return _joined(node.operator, *operands)
        case Apply():
            row = SEVERAL[node.function]
            return _of_pieces(row.value, row.slopes)(*operands)
        case Compare():
            return _of_pieces(RELATIONS[node.relation], (_zero, _zero))(*operands)
        case PlainNumber() | Pi():
            raise AssertionError(f"a number without a value: {node}")
        case _:
            assert_never(node)


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
        case "%":
            whole = _called(FUNCTIONS["floor"], _joined("/", left, right))
            return _joined("-", left, _joined("*", right, whole))
        case "^":
            return sympy.Pow(left, right)
        case _:
            assert_never(operator)


def _constant(value: float) -> Symbolic:
    """Return a number; one that is no integer has digits, whose powers do not grow."""
    import sympy

    if value.is_integer() and abs(value) < _LARGEST_INTEGER:
        return sympy.Integer(int(value))
    return sympy.Float(value, DIGITS)


def _called(function: Function, argument: Symbolic) -> Symbolic:
    """Return the function of `argument` as its row of the table gives it to sympy."""
    import sympy

    if function.slope is not None:
        return _of_pieces(function.value, (function.slope,))(argument)
    if function.formula:
        return _built(parse(function.formula).tree, {"x": argument})
    return getattr(sympy, function.sympy or function.name)(argument)


def _zero(*_: Number) -> Number:
    """Return the slope of a condition, which is none."""
    return 0.0


@cache
def _of_pieces(value: _OfNumbers, slopes: tuple[_OfNumbers, ...]) -> Any:
    """Return a function of sympy whose slopes at a kink are those that PyTorch chooses.

    sympy's own Piecewise tries to solve its conditions, which may take minutes.
    """
    import sympy

    class OfPieces(sympy.Function):  # type: ignore[misc]
        """The function."""

        evaluate = staticmethod(value)

        def fdiff(self, argindex: int = 1) -> Symbolic:
            """Return the derivative by the argument of that number, counted from 1."""
            return _slope(slopes[argindex - 1])(*self.args)

    return OfPieces


@cache
def _slope(slope: _OfNumbers) -> Any:
    """Return a slope as a function of sympy, which is not differentiated again."""
    import sympy

    class Slope(sympy.Function):  # type: ignore[misc]
        """The derivative between two kinks."""

        evaluate = staticmethod(slope)

    return Slope


@cache
def _rules() -> Mapping[Any, Callable[..., Number]]:
    """Return the arithmetic of the parts of an expression that are no functions."""
    import mpmath
    import sympy

    return {
        sympy.Add: lambda *terms: mpmath.fsum(terms),
        sympy.Mul: lambda *factors: mpmath.fprod(factors),
        sympy.Pow: mpmath.power,
        sympy.Abs: mpmath.fabs,
    }


@cache
def _rule(kind: Any) -> Callable[..., Number]:
    """Return the computation of a kind of part; mpmath and sympy call a function by one name.

    Raises:
        KeyError: there is none.
    """
    import mpmath

    if kind in _rules():
        return _rules()[kind]
    evaluate = getattr(kind, "evaluate", None)
    if evaluate is not None:
        return lambda *values: mpmath.mpf(evaluate(*values))
    try:
        rule: Callable[..., Number] = getattr(mpmath, kind.__name__)
    except AttributeError:
        raise KeyError(kind.__name__) from None
    return rule


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
    values: dict[Symbolic, Number] = {}
    for part in order:
        try:
            if part.args:
                rule = _rule(part.func)
                values[part] = rule(*(values[operand] for operand in part.args))
            else:
                values[part] = _atom(part, place)
        except UndecidedSlopeError as error:
            raise NotSymbolicError(
                tr("At a bound of clamp, releases of PyTorch choose different slopes.")
            ) from error
        except (ArithmeticError, ValueError, TypeError) as error:
            told = tr("sympy's derivative has no finite value there.")
            raise NotSymbolicError(told) from error
        except KeyError as error:
            told = tr("sympy's derivative has {function}.", function=part.func.__name__)
            raise NotSymbolicError(told) from error
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
        raise NotSymbolicError(tr("sympy's derivative is not a finite real number there."))
    return value
