"""The table of the functions of several numbers, `where` among them, which makes cases."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from gradviz.expression.tree import Apply, Binary, Tree


@dataclass(frozen=True, kw_only=True)
class SeveralFunction:
    """A function of several numbers, and the names by which each library has it.

    Attributes:
        name: The name that is typed.
        doc: One sentence for somebody who reads the list.
        form: How it is written.
        synonyms: Other names that are typed for it, in small letters.
        count: The number of its arguments.
        more: Whether more arguments are taken, two at a time from the left.
        value: The value at plain floats; may raise ArithmeticError or ValueError where none is.
        slopes: The derivative by each argument, at ties as PyTorch has it; may raise
            UndecidedSlopeError where its releases differ.
        torch: The name of the operation on tensors in `torch`.
        plain_numbers: Whether that takes numbers beside a tensor at the first place.
    """

    name: str
    doc: str
    form: str
    synonyms: tuple[str, ...] = ()
    count: int = 2
    more: bool = False
    value: Callable[..., float]
    slopes: tuple[Callable[..., float], ...]
    torch: str
    plain_numbers: bool = False


class UndecidedSlopeError(ArithmeticError):
    """Releases of PyTorch choose different slopes here."""


def _off_the_bounds(value: float, low: float, high: float) -> None:
    """Refuse a number at a bound: PyTorch 2.14 gives it another slope than 2.13."""
    if low == high or (low < high and value in (low, high)):
        raise UndecidedSlopeError


def _clamp_by_value(value: float, low: float, high: float) -> float:
    _off_the_bounds(value, low, high)
    return float(low < value < high)


def _clamp_by_low(value: float, low: float, high: float) -> float:
    _off_the_bounds(value, low, high)
    return float(value < low < high)


def _clamp_by_high(value: float, low: float, high: float) -> float:
    _off_the_bounds(value, low, high)
    return float(high < value or high < low)


def _where(condition: float, chosen: float, other: float) -> float:
    return chosen if condition else other


def _clamp(value: float, low: float, high: float) -> float:
    """Return `value` between the bounds; where they cross, the upper one, as PyTorch has it."""
    return min(max(value, low), high)


SEVERAL: Final[dict[str, SeveralFunction]] = {
    row.name: row
    for row in (
        SeveralFunction(
            name="max",
            doc="The largest; among equals each has an equal part of the gradient.",
            form="max(a, b)",
            synonyms=("maximum", "fmax"),
            more=True,
            value=max,
            slopes=(
                lambda a, b: (1 + (a > b) - (a < b)) / 2,
                lambda a, b: (1 + (b > a) - (b < a)) / 2,
            ),
            torch="maximum",
        ),
        SeveralFunction(
            name="min",
            doc="The smallest; among equals each has an equal part of the gradient.",
            form="min(a, b)",
            synonyms=("minimum", "fmin"),
            more=True,
            value=min,
            slopes=(
                lambda a, b: (1 + (a < b) - (a > b)) / 2,
                lambda a, b: (1 + (b < a) - (b > a)) / 2,
            ),
            torch="minimum",
        ),
        SeveralFunction(
            name="clamp",
            doc="The first, kept between the second and the third.",
            form="clamp(x, low, high)",
            synonyms=("clip",),
            count=3,
            value=_clamp,
            slopes=(_clamp_by_value, _clamp_by_low, _clamp_by_high),
            torch="clamp",
            plain_numbers=True,
        ),
        SeveralFunction(
            name="atan2",
            doc="The angle of the point (x, y), from y and x.",
            form="atan2(b, a)",
            synonyms=("arctan2",),
            value=math.atan2,
            slopes=(
                lambda y, x: x / (x * x + y * y),
                lambda y, x: -y / (x * x + y * y),
            ),
            torch="atan2",
        ),
        SeveralFunction(
            name="where",
            doc="The second where the condition holds, else the third.",
            form="where(x > 0, x, -x)",
            count=3,
            value=_where,
            slopes=(
                lambda condition, chosen, other: 0.0,
                lambda condition, chosen, other: float(bool(condition)),
                lambda condition, chosen, other: float(not condition),
            ),
            torch="where",
        ),
    )
}
"""Every function of several numbers by the name that is typed."""

#: What several arguments make of an operator: its name, other names, and how it is written.
OPERATORS_BY_NAME: Final = {
    "pow": ("^", "pow(x, 2)"),
    "power": ("^", "pow(x, 2)"),
    "mod": ("%", "mod(x, 2)"),
    "remainder": ("%", "mod(x, 2)"),
}
#: Functions of one argument that are a power of it.
POWERS_BY_NAME: Final = {"square": 2.0}


def several_named(word: str) -> str:
    """Return the name of the function of several numbers that `word` is typed for, or nothing."""
    lower = word.lower()
    for row in SEVERAL.values():
        if lower == row.name or lower in row.synonyms:
            return row.name
    return ""


def several_of_operation(operation: str, count: int) -> str:
    """Return the typed name of an operation of torch with `count` arguments, or nothing."""
    found = (row.name for row in SEVERAL.values() if row.torch == operation and row.count == count)
    return next(found, "")


def is_called(word: str) -> bool:
    """Tell whether `word` names what is written like a function of several arguments."""
    return bool(several_named(word)) or word in OPERATORS_BY_NAME or word in POWERS_BY_NAME


def several_value(name: str, arguments: list[float]) -> float:
    """Return the function's value, or nan where it has no finite real one."""
    try:
        value = float(SEVERAL[name].value(*arguments))
    except (ArithmeticError, ValueError):
        return math.nan
    return value if math.isfinite(value) else math.nan


def numbers_as_tensors(node: Tree, numbers: Sequence[float | None]) -> list[bool]:
    """Return for each operand whether it is a number that torch's operation takes as a tensor.

    An operand is None in `numbers` where it is no number.
    """
    given = [number is not None for number in numbers]
    if isinstance(node, Binary) and node.operator == "%":
        # torch has no derivative of the remainder of a plain number.
        return [given[0] and not given[1], False]
    name = node.function if isinstance(node, Apply) else ""
    if not name or all(given):
        return [False] * len(given)
    if SEVERAL[name].plain_numbers and not given[0] and all(given[1:]):
        return [False] * len(given)
    return given
