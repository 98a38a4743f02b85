"""The rows of the palette: each action that can be done now, with its menu, keys and state."""

from collections.abc import Iterable, Iterator

from PySide6.QtGui import QAction, QKeySequence

from gradviz.ui.actions.action import Menu
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.dialogs.search_order import Entry


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
