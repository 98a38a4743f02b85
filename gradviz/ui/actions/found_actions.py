"""The rows of the palette: what can be done now, with its menu, keys and state; the models."""

from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtGui import QAction, QKeySequence

from gradviz.core.choices.catalogue import Catalogue
from gradviz.ui.actions.action import Menu
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.dialogs.search_order import Entry

#: Before the name of a model in the key of its row, so that no model has the key of an action.
_MODEL: Final = "model "


def found_actions(menus: Iterable[Menu], made: ActionRegistry) -> Iterator[Entry]:
    """Yield a row for each enabled action of the menus, in their order."""
    for menu, actions in menus:
        for action in actions:
            if action is not None and made[action].isEnabled():
                yield Entry(
                    action.id,
                    # Train, for one, is Pause while it runs.
                    made[action].text(),
                    action.tip,
                    menu,
                    made[action].shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                    state_of(made[action]),
                )


def state_of(action: QAction) -> str:
    """Return whether an action that can be on or off is on; empty for any other."""
    return ("on" if action.isChecked() else "off") if action.isCheckable() else ""


def found_models(catalogue: Catalogue | None) -> tuple[Entry, ...]:
    """Return a row for each ready-made model."""
    models = catalogue.models if catalogue else ()
    return tuple(Entry(_MODEL + each.name, each.title, each.summary, "Models") for each in models)


def model_of(key: str) -> str:
    """Return the name of the model whose row has this key."""
    return key.removeprefix(_MODEL)
