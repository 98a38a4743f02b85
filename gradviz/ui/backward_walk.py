"""The walk through the recorded backward pass, step by step, and what is looked at."""

from PySide6.QtCore import QObject

from gradviz.ui.state import State


class BackwardWalk(QObject):
    """Moves the cursor over the recorded steps; nothing is computed again."""

    def __init__(self, state: State, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state

    def move_cursor(self, cursor: int) -> None:
        """Stand after `cursor` steps of the backward pass, 0 before the first."""
        cursor = max(0, min(cursor, len(self._state.steps)))
        if cursor == self._state.cursor:
            return
        self._state.cursor = cursor
        self._state.selected = None
        self._state.cursor_moved.emit()

    def select(self, node: str | None) -> None:
        """Show `node` in the inspector; None returns to the current step's node."""
        if node != self._state.selected:
            self._state.selected = node
            self._state.selection_changed.emit()
