"""The walk through the recorded steps, forwards and backwards, and the selected node."""

from PySide6.QtCore import QObject

from gradviz.core.graphs.walk import TURN, last_cursor, on_timeline
from gradviz.ui.state.window_state import State


class WalkController(QObject):
    """Moves the cursor over the recorded steps; nothing is computed again."""

    def __init__(self, state: State, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        state.recorded.connect(self._forget_picked)

    def move_cursor(self, cursor: int) -> None:
        """Move to the moment after `cursor` steps: backward above 0, the turn, forward below."""
        cursor = on_timeline(self._state.trace, cursor)
        if cursor == self._state.cursor:
            return
        self._state.cursor = cursor
        self._state.selected = None
        self._state.cursor_moved.emit()

    def begin_walk(self) -> None:
        """Move to the user's choice of a beginning: before the inputs, or at the turn."""
        self.move_cursor(self._state.beginning)

    def go_to_turn(self) -> None:
        """Move to the turn, where the forward pass has reached the output."""
        self.move_cursor(TURN)

    def go_to_end(self) -> None:
        """Move to the end, after the last step of the backward pass."""
        self.move_cursor(last_cursor(self._state.trace))

    def choose_beginning(self, *, at_inputs: bool) -> None:
        """Begin the walk at the inputs or at the turn; one that has not begun moves there."""
        state = self._state
        waiting = state.cursor == state.beginning
        state.begins_at_inputs = at_inputs
        if waiting:
            self.begin_walk()
        state.choice_changed.emit()

    def pick(self, nodes: frozenset[str]) -> None:
        """Mark all of these nodes, and no other."""
        if nodes != self._state.picked:
            self._state.picked = nodes
            self._state.picked_changed.emit()

    def _forget_picked(self) -> None:
        """Mark no node any more that another graph does not have."""
        graph = self._state.graph
        self.pick(self._state.picked & (graph.node.keys() if graph is not None else set()))

    def select(self, node: str | None) -> None:
        """Show `node` in the inspector; None returns to the current step's node."""
        if node != self._state.selected:
            self._state.selected = node
            self._state.selection_changed.emit()
