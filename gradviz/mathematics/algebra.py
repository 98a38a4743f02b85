"""Sums, products and powers that are written as short as a reader would write them.

Each function returns a tree that has the same value as its name says, wherever both have one.
"""

from decimal import Decimal
from typing import Final

from gradviz.expression import (
    Apply,
    Binary,
    Compare,
    Negate,
    Number,
    Parameter,
    Pi,
    Tree,
    Variable,
    constant,
)

ZERO: Final = Number(0.0)
ONE: Final = Number(1.0)
TWO: Final = Number(2.0)
#: A product of numbers with more digits stays a product.
_MOST_DIGITS: Final = 15


def number(tree: Tree) -> float | None:
    """Return the value of a number, with or without a sign; None for any other tree."""
    match tree:
        case Number(value):
            return value
        case Negate(Number(value)):
            return -value
        case _:
            return None


def of_number(value: float) -> Tree:
    """Return a number as the grammar has it, with its sign apart."""
    return Negate(Number(-value)) if value < 0 else Number(abs(value))


def added(left: Tree, right: Tree) -> Tree:
    """Return the sum."""
    first, second = number(left), number(right)
    if second == 0:
        return left
    if first == 0:
        return right
    if first is not None and second is not None:
        both = _exact(Decimal(repr(first)) + Decimal(repr(second)))
        if both is not None:
            return of_number(both)
    if isinstance(right, Negate):
        return Binary("-", left, right.operand)
    if isinstance(right, Binary) and right.operator in "*/" and isinstance(right.left, Negate):
        return Binary("-", left, Binary(right.operator, right.left.operand, right.right))
    return Binary("+", left, right)


def negated(tree: Tree) -> Tree:
    """Return the tree with the other sign."""
    match tree:
        case Number(0.0):
            return tree
        case Negate():
            return tree.operand
        case Binary("*" | "/", left, right):
            return Binary(tree.operator, negated(left), right)
        case Apply("where", (condition, value, other)) if _flat(value) or _flat(other):
            return Apply("where", (condition, negated(value), negated(other)))
        case _:
            return Negate(tree)


def subtracted(left: Tree, right: Tree) -> Tree:
    """Return the difference."""
    if number(right) is None and number(left) != 0 and not isinstance(right, Negate):
        return Binary("-", left, right)
    return added(left, negated(right))


def multiplied(left: Tree, right: Tree) -> Tree:
    """Return the product, with its number in front and its sign before that."""
    first, second = number(left), number(right)
    if first == 0 or second == 0:
        return ZERO
    if first == 1:
        return right
    if second == 1:
        return left
    if isinstance(left, Apply) and left.function == "where" and _has_flat_cases(left):
        condition, value, other = left.arguments
        return Apply("where", (condition, multiplied(value, right), multiplied(other, right)))
    if isinstance(right, Apply) and right.function == "where" and _has_flat_cases(right):
        return multiplied(right, left)
    if isinstance(left, Binary) and left.operator == "/" and number(left.left) is not None:
        return divided(multiplied(left.left, right), left.right)
    if isinstance(right, Binary) and right.operator == "/" and number(right.left) is not None:
        return divided(multiplied(right.left, left), right.right)
    if isinstance(left, Negate) and first is None:
        return negated(multiplied(left.operand, right))
    if isinstance(right, Negate) and second is None:
        return negated(multiplied(left, right.operand))
    return _ordered(left, right)


def _ordered(left: Tree, right: Tree) -> Tree:
    """Return a product with one number, which stands in front."""
    (first, others), (second, more) = _parted(left), _parted(right)
    factor = _exact(Decimal(repr(first)) * Decimal(repr(second)))
    if factor is None:
        return Binary("*", left, right)
    if others is None or more is None:
        rest = others if more is None else more
    elif _is_long(others) and not _is_long(more):
        rest = Binary("*", more, others)
    else:
        rest = Binary("*", others, more)
    if rest is None:
        return of_number(factor)
    if abs(factor) == 1:
        return rest if factor > 0 else Negate(rest)
    return Binary("*", of_number(factor), rest)


def _is_long(tree: Tree) -> bool:
    """Tell whether a factor stands behind letters and their powers."""
    match tree:
        case Variable() | Parameter() | Number() | Pi():
            return False
        case Binary("^", left, Number()):
            return _is_long(left)
        case Binary("*", left, right):
            return _is_long(left) or _is_long(right)
        case _:
            return True


def _parted(tree: Tree) -> tuple[float, Tree | None]:
    """Return the number in front of a product and the rest; no rest for a number alone."""
    own = number(tree)
    if own is not None:
        return own, None
    if isinstance(tree, Binary) and tree.operator == "*":
        factor = number(tree.left)
        if factor is not None:
            return factor, tree.right
    return 1.0, tree


def divided(left: Tree, right: Tree) -> Tree:
    """Return the quotient."""
    if number(left) == 0:
        return ZERO
    if number(right) == 1:
        return left
    if isinstance(left, Negate):
        return Negate(Binary("/", left.operand, right))
    return Binary("/", left, right)


def raised(base: Tree, exponent: Tree) -> Tree:
    """Return the power."""
    if number(exponent) == 1:
        return base
    if number(exponent) == 0:
        return ONE
    return Binary("^", base, exponent)


def one_less(exponent: Tree) -> Tree:
    """Return the exponent less 1, as a number where it is one, else as it is written."""
    value = constant(exponent)
    if value is not None:
        less = _exact(Decimal(repr(value)) - 1)
        if less is not None:
            return of_number(less)
    return subtracted(exponent, ONE)


def chosen(condition: Tree, value: Tree, other: Tree) -> Tree:
    """Return the value where the condition holds, else the other one."""
    return value if value == other else Apply("where", (condition, value, other))


def compared(left: Tree, relation: str, right: Tree) -> Tree:
    """Return a condition."""
    match relation:
        case "<" | "<=" | ">" | ">=" | "==" | "and" | "or":
            return Compare(relation, left, right)
        case _:
            raise AssertionError(f"{relation} is no relation")


def _flat(tree: Tree) -> bool:
    return number(tree) is not None


def _has_flat_cases(tree: Apply) -> bool:
    """Tell whether a factor can go into the cases without being written twice."""
    _, value, other = tree.arguments
    flat = [each for each in (value, other) if number(each) in (0.0, 1.0)]
    return len(flat) > 0 and (number(value) == 0 or number(other) == 0)


def _exact(value: Decimal) -> float | None:
    """Return a decimal number as a float, None where it has too many digits to be read."""
    if len(value.normalize().as_tuple().digits) > _MOST_DIGITS:
        return None
    found = float(value)
    return found if abs(found) < float("inf") else None
