"""All that a lesson can name in this window."""

from collections.abc import Iterable
from dataclasses import replace

from gradviz.core.lessons.lesson_data import Vocabulary
from gradviz.ui.lessons.conditions import CONDITIONS
from gradviz.ui.lessons.pointed_places import PLACES


def vocabulary(models: Iterable[str] = (), optimizers: Iterable[str] = ()) -> Vocabulary:
    """Return all names; `models` and `optimizers` are those of the catalogue, where it is known."""
    forms = {name: condition.form for name, condition in CONDITIONS.items()}
    forms["model"] = replace(forms["model"], among=tuple(models))
    forms["optimizer"] = replace(forms["optimizer"], among=tuple(optimizers))
    return Vocabulary(forms, {name: place.form for name, place in PLACES.items()})
