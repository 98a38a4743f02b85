"""A condition that a lesson waits for, and numbers that are the same to a reader."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gradviz.core.lessons.lesson_data import Form
from gradviz.ui.lessons.lesson_window import LessonWindow

#: Numbers in a lesson have as many digits as a reader wants to see.
_RELATIVE, _ABSOLUTE = 2e-3, 1e-6


@dataclass(frozen=True)
class Condition:
    """One condition: the form of its value, whether it holds, and how it is brought about."""

    form: Form
    holds: Callable[[LessonWindow, Any], bool]
    show: Callable[[LessonWindow, Any], object] | None = None


def like(one: Any, other: Any) -> bool:
    """Tell whether two numbers are the same to a reader, or two texts are equal."""
    if isinstance(one, str) or isinstance(other, str):
        return bool(one == other)
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return math.isclose(one, other, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)
