"""The items of an outline and the nodes and edges behind each, as far as no values matter."""

import math
from collections.abc import Mapping
from functools import cached_property

from gradviz.core.graphs.graph import Edge, Graph
from gradviz.core.graphs.outline import Outline, group_id
from gradviz.core.graphs.shown.shared_uses import SharedUse, marks_of, shared_uses


class OutlineIndex:
    """Serves every recording of one structure of a graph, shown as one outline."""

    def __init__(self, outline: Outline, graph: Graph) -> None:
        self.outline = outline
        self.graph = graph
        self._leaving: dict[str, list[Edge]] = {}

    @cached_property
    def frame_nodes(self) -> dict[str, tuple[str, ...]]:
        """Return for each frame the ids of all nodes within it, however deep."""
        grouping, nodes = self.graph.grouping, self.graph.nodes
        found: dict[str, tuple[str, ...]] = {}
        for frame in self.outline.frames:
            place = grouping.index.get(group_id(frame.id) or "")
            within = () if place is None else grouping.nodes_within(place)
            found[frame.id] = tuple(nodes[each].id for each in within)
        return found

    @cached_property
    def parameters(self) -> dict[str, int]:
        """Return for each frame how many numbers its leaves have."""
        node = self.graph.node
        return {
            frame: sum(math.prod(node[key].shape) for key in keys if node[key].kind == "leaf")
            for frame, keys in self.frame_nodes.items()
        }

    @cached_property
    def around(self) -> dict[str, tuple[str, ...]]:
        """Return for each frame its id and those of the frames around it."""
        found: dict[str, tuple[str, ...]] = {"": ()}
        for frame in self.outline.frames:
            found[frame.id] = (frame.id, *found[frame.around])
        return found

    def frames_of(self, node: str) -> tuple[str, ...]:
        """Return the frames around a node of the true graph, the innermost first."""
        item = self.outline.item_of.get(node)
        if item is None:
            return ()
        if self.is_frame(item):
            return self.around[item]
        return self.around[self.outline.frame_of[item]]

    @cached_property
    def edges(self) -> dict[str, tuple[Edge, ...]]:
        """Return for each edge of the outline the true ones."""
        by_id = {edge.id: edge for edge in self.graph.edges}
        return {
            bundle: tuple(by_id[edge] for edge in edges)
            for bundle, edges in self.outline.bundles.items()
        }

    @cached_property
    def bundle_of(self) -> dict[str, str]:
        """Return for each true edge that of the outline; one within a closed group has none."""
        return {edge: bundle for bundle, edges in self.outline.bundles.items() for edge in edges}

    @cached_property
    def bundled(self) -> tuple[str, ...]:
        """Return the edges of the outline that stand for several true ones."""
        return tuple(key for key, edges in self.outline.bundles.items() if len(edges) > 1)

    @cached_property
    def shared(self) -> tuple[SharedUse, ...]:
        """Return the parameters that are used at several places of the outline."""
        return shared_uses(self.outline)

    @cached_property
    def shared_marks(self) -> dict[str, tuple[int, ...]]:
        """Return for each place of those the numbers of its mark."""
        return marks_of(self.shared)

    def shown_local(self, local: Mapping[str, float]) -> dict[str, float]:
        """Return the local derivatives of edges between nodes that are shown, by their ids here."""
        if not local:
            return {}
        item_of, edges = self.outline.item_of, self.edges
        return {
            key: local[edge.id]
            for key, (edge, *others) in edges.items()
            if not others
            and edge.id in local
            and (item_of.get(edge.source), item_of.get(edge.target)) == (edge.source, edge.target)
        }

    def leaving(self, item: str) -> list[Edge]:
        """Return the edges along which gradients leave a closed group or a frame."""
        if item not in self._leaving:
            nodes = self.members(item)
            inside, into = set(nodes), self.graph.edges_into
            self._leaving[item] = [
                edge for node in nodes for edge in into[node] if edge.source not in inside
            ]
        return self._leaving[item]

    def members(self, item: str) -> tuple[str, ...]:
        """Return the ids of the nodes of a closed group or within a frame."""
        return self.frame_nodes[item] if self.is_frame(item) else self.outline.members[item]

    def is_frame(self, item: str) -> bool:
        """Tell whether an item is an open group."""
        return bool(item) and item in self.around
