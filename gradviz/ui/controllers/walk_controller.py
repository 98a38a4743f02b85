"""The walk through what was recorded, forwards and back again, and what is looked at."""

from PySide6.QtCore import QObject

from gradviz.core.graphs.walk import TURN, last_cursor, on_timeline
from gradviz.ui.state.window_state import State


class WalkController(QObject):
    """Moves the cursor over the recorded steps; nothing is computed again."""

    def __init__(self, state: State, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state

    def move_cursor(self, cursor: int) -> None:
        """Stand after `cursor` steps of the backward pass, at its turn, or below 0 before it."""
        cursor = on_timeline(self._state.trace, cursor)
        if cursor == self._state.cursor:
            return
        self._state.cursor = cursor
        self._state.selected = None
        self._state.cursor_moved.emit()

    def begin_walk(self) -> None:
        """Stand where the user begins: before the inputs, or at the turn."""
        self.move_cursor(self._state.beginning)

    def go_to_turn(self) -> None:
        """Stand where the forward pass has reached the output."""
        self.move_cursor(TURN)

    def go_to_end(self) -> None:
        """Stand after the last step of the backward pass."""
        self.move_cursor(last_cursor(self._state.trace))

    def choose_beginning(self, *, at_inputs: bool) -> None:
        """Begin the walk at the inputs or at the turn; one that has not begun moves there."""
        state = self._state
        waiting = state.cursor == state.beginning
        state.begins_at_inputs = at_inputs
        if waiting:
            self.begin_walk()
        state.choice_changed.emit()

    def select(self, node: str | None) -> None:
        """Show `node` in the inspector; None returns to the current step's node."""
        if node != self._state.selected:
            self._state.selected = node
            self._state.selection_changed.emit()
