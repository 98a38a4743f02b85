"""The conditions that lessons wait for: a row for each says when it holds and brings it about."""

from collections.abc import Mapping
from typing import Final

from gradviz.core.lessons.lesson_data import Conditions
from gradviz.ui.lessons.conditions import (
    model_conditions,
    number_conditions,
    panel_conditions,
    training_conditions,
    walk_conditions,
)
from gradviz.ui.lessons.conditions.condition import Condition as Condition
from gradviz.ui.lessons.lesson_window import LessonWindow

#: A new condition is a row of one of these tables; docs/lessons.md lists them.
CONDITIONS: Final[Mapping[str, Condition]] = {
    **model_conditions.CONDITIONS,
    **walk_conditions.CONDITIONS,
    **panel_conditions.CONDITIONS,
    **training_conditions.CONDITIONS,
    **number_conditions.CONDITIONS,
}


def unmet(window: LessonWindow, conditions: Conditions) -> str | None:
    """Return the first condition that does not hold; None where all do."""
    return next(
        (name for name, value in conditions.items() if not CONDITIONS[name].holds(window, value)),
        None,
    )
