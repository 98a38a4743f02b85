"""Another graph and another recorded pass in the state; choices stay where they can."""

import msgspec

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.isolation import followed
from gradviz.core.graphs.matching import matching
from gradviz.core.graphs.union_layout import same_shape
from gradviz.core.graphs.walk import TURN, cursor_at, first_cursor, on_timeline
from gradviz.protocol.events import BackwardRecorded, PassesListed
from gradviz.ui.state.window_state import State


class PassEvents:
    """Follows the graph from pass to pass with the walk, the selection and the marks."""

    def __init__(self, state: State) -> None:
        self._state = state

    def take_graph(self, graph: Graph) -> None:
        """Show `graph`; the walk and the selection stay if the nodes are the same."""
        state = self._state
        if self.marks_nodes and (state.graph is None or not same_shape(graph, state.graph)):
            state.isolated = state.way_begins = None
            state.picked = frozenset()
        if state.graph is None or graph.node.keys() != state.graph.node.keys():
            state.cursor = 0
            state.selected = None
            state.trace = None
        state.graph = graph

    @property
    def marks_nodes(self) -> bool:
        """Tell whether a part of the graph is isolated, or nodes are marked."""
        state = self._state
        return bool(state.isolated or state.way_begins or state.picked)

    def tell_marks(self) -> None:
        """Say that the isolated part, the begun way and the marked nodes may be others."""
        for signal in (self._state.isolation_changed, self._state.way_begun):
            signal.emit()
        self._state.picked_changed.emit()

    def on_recorded(self, event: BackwardRecorded) -> None:
        """Show the graph and the trace of a recorded pass."""
        state = self._state
        marked = self.marks_nodes
        self._follow(event)
        begins = state.trace is None
        state.graph, state.trace = event.graph, event.trace
        state.recording = event.recording
        state.let_go = frozenset(event.let_go)
        if begins:
            state.cursor = state.beginning
        state.cursor = on_timeline(event.trace, state.cursor)
        state.recorded.emit()
        if marked:
            self.tell_marks()

    def on_listed(self, event: PassesListed) -> None:
        """Offer other outputs and backward passes of the model."""
        state = self._state
        state.passes = event
        if state.built is not None:
            state.built = msgspec.structs.replace(state.built, output=event.output)
        state.passes_listed.emit()

    def _follow(self, event: BackwardRecorded) -> None:
        """Keep the selection and the walk at the nodes that are the same in another shape."""
        state = self._state
        if state.graph is None or same_shape(state.graph, event.graph):
            return
        became = matching(state.graph, event.graph)
        at = state.current_node
        forwards, begins = state.cursor < TURN, state.cursor == state.first_cursor
        state.selected = became.get(state.selected) if state.selected else None
        state.isolated = followed(state.isolated, became) if state.isolated else None
        # Its name is that of an end that may be no more.
        state.way_begins = None
        state.picked = frozenset(became[node] for node in state.picked if node in became)
        if at is not None:
            place = cursor_at(event.trace, became.get(at, ""), forward=forwards)
            state.cursor = TURN if place is None else place
        elif begins:
            state.cursor = first_cursor(event.trace)
