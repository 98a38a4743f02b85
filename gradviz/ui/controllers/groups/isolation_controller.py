"""The part of the graph that alone is shown in full: around what is chosen, or between two ends."""

from PySide6.QtCore import QObject

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.isolation import Isolated, Reach, WayEnd, isolation_of
from gradviz.core.language.saying import tr
from gradviz.ui.state.window_state import Notice, State


class IsolationController(QObject):
    """Isolates by true nodes, so that a group is isolated whether its box is open or closed."""

    def __init__(self, state: State, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        state.recorded.connect(self._forget)

    def toggle(self, part: Reach) -> None:
        """Isolate a part of the graph around what is chosen; the part that is isolated no more."""
        end = self._end_of(self._state.chosen_item)
        if end is not None:
            wanted = Isolated(part, end.nodes)
            self._set(None if wanted == self._state.isolated else wanted)

    def end(self) -> None:
        """Show all nodes in full, and begin no way."""
        self._begin(None)
        self._set(None)

    def begin_way(self) -> None:
        """Have a way begin at what is chosen."""
        self._begin(self._end_of(self._state.chosen_item))

    def way_to_chosen(self) -> bool:
        """Isolate the way from where it was begun to what is chosen."""
        item = self._state.chosen_item
        return item is not None and self.way_to(item)

    def way_to(self, item: str) -> bool:
        """Isolate the way to a node, box or frame; where there is none, say so.

        It comes from where it was begun, else from what is chosen. Returns False where that is
        nothing, or the very same.
        """
        state, last = self._state, self._end_of(item)
        first = state.way_begins or self._end_of(state.chosen_item)
        if state.graph is None or first is None or last is None or first == last:
            return False
        wanted = Isolated("between", first.nodes, last.nodes)
        if isolation_of(state.graph, wanted).nodes:
            self._begin(None)
            self._set(wanted)
        else:
            told = tr(
                "There is no way between {first} and {last}.", first=first.title, last=last.title
            )
            hint = tr("Choose two of which one is computed from the other.")
            state.noticed.emit(Notice("way", told, hint, serious=False))
        return True

    def _set(self, isolated: Isolated | None) -> None:
        if isolated != self._state.isolated:
            self._state.isolated = isolated
            self._state.isolation_changed.emit()

    def _begin(self, end: WayEnd | None) -> None:
        if end != self._state.way_begins:
            self._state.way_begins = end
            self._state.way_begun.emit()

    def _end_of(self, item: str | None) -> WayEnd | None:
        """Return a node, box or frame with the nodes behind it; None where there are none."""
        graph = self._state.graph
        if graph is None or item is None:
            return None
        nodes = self._state.shown.nodes_of(graph, item)
        return WayEnd(_title(self._state, graph, item), nodes) if nodes else None

    def _forget(self) -> None:
        """Isolate nothing any more that another graph does not have."""
        graph, isolated, begins = self._state.graph, self._state.isolated, self._state.way_begins
        known = graph.node.keys() if graph is not None else set()
        ends = (isolated.nodes, isolated.others or isolated.nodes) if isolated is not None else ()
        if any(end.isdisjoint(known) for end in ends):
            self._set(None)
        if begins is not None and begins.nodes.isdisjoint(known):
            self._begin(None)


def _title(state: State, graph: Graph, item: str) -> str:
    if item in graph.node:
        node = graph.node[item]
        return f"{node.op} ({node.label})" if node.label else node.op
    drawn = state.shown.drawn(graph).node
    if item in drawn:
        return drawn[item].op
    group = state.shown.group_at(graph, item)
    return group or item
