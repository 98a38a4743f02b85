"""The texts on one node at this moment of the walk: beneath the mouse, and to be copied."""

from gradviz.core.graphs.trace import Step
from gradviz.core.graphs.walk import still_to_come
from gradviz.export.selections.texts import facts_text
from gradviz.ui.canvas.pictures import Pictures
from gradviz.ui.canvas.readout import hover_text, shared_text
from gradviz.ui.state.window_state import State


class NodeTexts:
    """Reads from the state; a gradient is told only once the walk has reached it."""

    def __init__(self, state: State, pictures: Pictures) -> None:
        self._state = state
        self._pictures = pictures

    def tip(self, item: str) -> str:
        """Return the essentials of a node, box or frame as rich text; empty for none of these."""
        about = self._pictures.group_text(item) or self._about_node(item)
        return "<br>".join(filter(None, (about, self._shared(item)))) if about else ""

    def name(self, node: str | None) -> str | None:
        """Return the name of a node: a leaf's own, or PyTorch's; None without the node."""
        graph = self._state.graph
        if graph is None or node is None or node not in graph.node:
            return None
        found = graph.node[node]
        return found.op if found.kind == "leaf" else found.name

    def values(self, node: str | None) -> str | None:
        """Return the value and the gradient of a node; None without the node."""
        graph = self._state.graph
        if graph is None or node is None or node not in graph.node:
            return None
        reached, coming = self._reached(node)
        return facts_text(graph, reached, node, coming=coming)

    def _about_node(self, item: str) -> str:
        graph = self._state.graph
        drawn = self._state.shown.drawn(graph) if graph is not None else None
        if drawn is None or item not in drawn.node:
            return ""
        reached, coming = self._reached(item)
        return hover_text(drawn, reached, item, coming=coming)

    def _shared(self, item: str) -> str:
        graph = self._state.graph
        index = self._state.shown.index_of(graph) if graph is not None else None
        if graph is None or index is None:
            return ""
        return shared_text(graph, index.shared, item)

    def _reached(self, node: str) -> tuple[tuple[Step, ...], bool]:
        """Return the backward steps so far, and whether the node has no value yet."""
        state = self._state
        return state.steps[: max(0, state.cursor)], node in still_to_come(state.trace, state.cursor)
