"""The texts of a model's target and data, as the window writes and reads them."""

import math

from gradviz.core.errors import ExpressionError, FieldError, SettingError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import (
    MINUS,
    AmbiguousNumberError,
    full,
    plain_number,
    read_number,
)


def end_text(value: float) -> str:
    """Write an end of the range; pi by its name."""
    return {math.pi: "pi", -math.pi: f"{MINUS}pi"}.get(value) or full(value)


def read_noise(text: str) -> float:
    """Return a standard deviation; raises FieldError unless it is finite and not below 0."""
    try:
        value = read_number(text)
    except AmbiguousNumberError as error:
        raise FieldError(error.message, error.hint, field="noise") from error
    except SettingError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        raise FieldError(
            tr("“{text}” is no standard deviation.", text=text.strip()[:20]),
            tr("Use 0 for none, or a number such as 0.1."),
            field="noise",
        )
    return value


def read_range(low: str, high: str) -> tuple[float, float]:
    """Return where x begins and ends; raises FieldError unless it ends above."""
    ends = _end(low), _end(high)
    if ends[0] >= ends[1]:
        raise FieldError(
            tr("x must end above where it begins."), tr("Change one of them."), field="range"
        )
    return ends


def _end(text: str) -> float:
    """Return the value of a number, or of an expression of numbers such as 2 pi."""
    from gradviz.expression import constant, parse

    # An expression has ASCII digits; a number may have those of any script.
    plain = plain_number(text)
    try:
        read_number(plain)
    except AmbiguousNumberError as error:
        raise FieldError(error.message, error.hint, field="range") from error
    except SettingError:
        pass
    try:
        value = constant(parse(plain).tree)
    except ExpressionError:
        value = None
    if value is None or not math.isfinite(value):
        raise FieldError(
            tr("“{text}” is no number.", text=text.strip()[:20]),
            tr("Write one such as -2.5 or 2 pi."),
            field="range",
        )
    return float(value)
