"""The derivative of an expression as an expression, by the rules that PyTorch follows.

At ties and kinks it has the value that PyTorch gives. A function whose derivative has no expression
in the grammar has that of its own name with a prime, such as `gelu'`.
"""

from dataclasses import replace
from functools import cache
from typing import Final, assert_never

from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import tr
from gradviz.expression import (
    Apply,
    Binary,
    Call,
    Compare,
    Negate,
    Number,
    Parameter,
    Pi,
    Tree,
    Variable,
    children,
    parse,
    postorder,
)
from gradviz.mathematics.algebra import (
    ONE,
    TWO,
    ZERO,
    added,
    chosen,
    compared,
    divided,
    multiplied,
    negated,
    number,
    one_less,
    raised,
    subtracted,
)
from gradviz.mathematics.function_forms import SLOPES

#: A derivative with more nodes is of no use to a reader.
LARGEST: Final = 1500


class TooLongError(GradvizError):
    """A derivative, or a formula, is too long to be read."""


def derivative(tree: Tree, name: str) -> Tree:
    """Return the derivative of `tree` by the input x or by the parameter `name`.

    Raises:
        TooLongError: it has more than `LARGEST` nodes.
    """
    sizes = _Sizes()
    slopes: list[Tree] = []
    for node in postorder(tree):
        first = len(slopes) - len(children(node))
        slope = _slope(node, slopes[first:], name)
        if sizes.of(slope) > LARGEST:
            raise TooLongError(
                tr("The derivative by {name} is too long to be written out.", name=name),
                tr("PyTorch computes its value all the same; a shorter expression shows it."),
            )
        slopes[first:] = [slope]
    return slopes[0]


def with_prime(function: str) -> str:
    """Return the name of the derivative of a function without an expression for it."""
    return f"{function}'"


class _Sizes:
    """Counts the nodes of trees that share parts, each shared part once for each place."""

    def __init__(self) -> None:
        #: By id, with the tree, so that the id stays its own.
        self._known: dict[int, tuple[Tree, int]] = {}

    def of(self, tree: Tree) -> int:
        """Return the number of nodes of a tree."""
        waiting = [tree]
        while waiting:
            node = waiting[-1]
            parts = children(node)
            unknown = [part for part in parts if id(part) not in self._known]
            if unknown:
                waiting += unknown
                continue
            waiting.pop()
            size = 1 + sum(self._known[id(part)][1] for part in parts)
            self._known[id(node)] = (node, size)
        return self._known[id(tree)][1]


def _slope(node: Tree, slopes: list[Tree], name: str) -> Tree:
    """Return the derivative of a node from those of its operands."""
    match node:
        case Variable():
            return ONE if name == "x" else ZERO
        case Parameter():
            return ONE if name == node.name else ZERO
        case Number() | Pi() | Compare():
            return ZERO
        case Negate():
            return negated(slopes[0])
        case Binary():
            return _of_binary(node, *slopes)
        case Call():
            return _of_call(node, slopes[0])
        case Apply():
            return _of_several(node, slopes)
        case _:
            assert_never(node)


def _of_binary(node: Binary, by_left: Tree, by_right: Tree) -> Tree:
    left, right = node.left, node.right
    match node.operator:
        case "+":
            return added(by_left, by_right)
        case "-":
            return subtracted(by_left, by_right)
        case "*":
            return added(multiplied(by_left, right), multiplied(left, by_right))
        case "/":
            return _of_quotient(left, right, by_left, by_right)
        case "%":
            turns = Call("floor", Binary("/", left, right))
            return subtracted(by_left, multiplied(by_right, turns))
        case "^":
            return _of_power(node, by_left, by_right)
        case _:
            assert_never(node.operator)


def _of_quotient(left: Tree, right: Tree, by_left: Tree, by_right: Tree) -> Tree:
    if number(by_right) == 0:
        return divided(by_left, right)
    over = subtracted(multiplied(by_left, right), multiplied(left, by_right))
    return divided(over, raised(right, TWO))


def _of_power(node: Binary, by_base: Tree, by_exponent: Tree) -> Tree:
    base, exponent = node.left, node.right
    by_logarithm = multiplied(multiplied(node, Call("log", base)), by_exponent)
    if number(by_base) == 0:
        return ZERO if number(by_exponent) == 0 else by_logarithm
    outer = multiplied(exponent, raised(base, one_less(exponent)))
    return added(multiplied(outer, by_base), by_logarithm if number(by_exponent) != 0 else ZERO)


def _of_call(node: Call, inner: Tree) -> Tree:
    if number(inner) == 0:
        return ZERO
    typed = SLOPES.get(node.function)
    if typed is None:
        # Such as that of GELU, which needs the normal distribution.
        return multiplied(inner, Call(with_prime(node.function), node.argument))
    return multiplied(inner, _with_x(_parsed(typed), node.argument))


@cache
def _parsed(typed: str) -> Tree:
    return parse(typed).tree


def _with_x(tree: Tree, argument: Tree) -> Tree:
    """Return the tree with `argument` in the place of x."""
    parts: list[Tree] = []
    for node in postorder(tree):
        first = len(parts) - len(children(node))
        operands = parts[first:]
        parts[first:] = [argument if isinstance(node, Variable) else _of_parts(node, operands)]
    return parts[0]


def _of_parts(node: Tree, operands: list[Tree]) -> Tree:
    """Return the node with other operands; whatever is short by that is shortened."""
    match node:
        case Negate():
            return negated(operands[0])
        case Binary():
            return replace(node, left=operands[0], right=operands[1])
        case Call():
            return Call(node.function, operands[0])
        case Apply():
            return Apply(node.function, tuple(operands))
        case Compare():
            return replace(node, left=operands[0], right=operands[1])
        case _:
            return node


def _of_several(node: Apply, slopes: list[Tree]) -> Tree:
    if all(number(each) == 0 for each in slopes):
        return ZERO
    match node.function:
        case "where":
            return chosen(node.arguments[0], *slopes[1:])
        case "max" | "min":
            (left, right), (by_left, by_right) = node.arguments, slopes
            larger = ">" if node.function == "max" else "<"
            # Equal ones have half of the gradient each.
            tied = divided(added(by_left, by_right), TWO)
            rest = chosen(compared(left, "==", right), tied, by_right)
            return chosen(compared(left, larger, right), by_left, rest)
        case "clamp":
            return _of_clamp(node, slopes)
        case "atan2":
            (up, along), (by_up, by_along) = node.arguments, slopes
            over = subtracted(multiplied(by_up, along), multiplied(up, by_along))
            return divided(over, Binary("+", raised(up, TWO), raised(along, TWO)))
        case _:
            raise AssertionError(f"{node.function} has no derivative")


def _of_clamp(node: Apply, slopes: list[Tree]) -> Tree:
    value, low, high = node.arguments
    by_value, by_low, by_high = slopes
    below = compared(compared(value, "<", low), "and", compared(low, "<", high))
    above = compared(compared(high, "<", value), "or", compared(high, "<", low))
    within = compared(compared(low, "<=", value), "and", compared(value, "<=", high))
    outside = chosen(below, by_low, chosen(above, by_high, ZERO))
    return chosen(within, by_value, outside)
