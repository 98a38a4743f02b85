"""The part of the window's state that is about groups: those that are open, and the chosen one."""

import copy
from dataclasses import replace

import msgspec
from PySide6.QtCore import QObject, Signal

from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.outline import Outline, Showing, group_id, outline_of
from gradviz.core.graphs.shown.first_picture import first_picture
from gradviz.core.graphs.shown.node_names import NodeNames, named, named_outline
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.measure import measured

#: The graph, that of a kept recording, and further shapes of both.
_KEPT = 6
#: The first picture of a smaller graph takes a few milliseconds.
_LARGE_NODES = 500


class ShownGroups(QObject):
    """What is shown of a graph with groups; written by the ShowingController.

    Attributes:
        showing: The open groups, and the one that is the whole canvas.
        names: Whether nodes have the names of the forward or of the backward pass.
        selected: The box or frame that is chosen, by its id in the outline; empty for none.
        anchor: The box or frame that stays where it is on the screen at a change; empty where
            the picture is another one, which is fitted.
        anchor_becomes: The box or frame that is put there then, which is mostly the same.
    """

    #: Another part of the graph is to be shown, or the same one by other names.
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.showing = Showing()
        self.names: NodeNames = "forward"
        self.selected = ""
        self.anchor = ""
        self.anchor_becomes = ""
        self._known: list[tuple[Graph, Showing, OutlineIndex]] = []
        self._prepared: tuple[Graph, Showing, OutlineIndex] | None = None
        #: Graphs without groups, with the names that are chosen.
        self._named: list[tuple[Graph, Graph]] = []

    def use_names(self, names: NodeNames) -> None:
        """Show nodes by other names from here on."""
        self.names = names
        self._prepared = None
        self._known.clear()
        self._named.clear()

    def prepare(self, graph: Graph) -> None:
        """Make the first picture of a graph that is about to come, in whatever thread."""
        if graph.groups and len(graph.nodes) > _LARGE_NODES:
            showing = first_picture(graph, measured)
            self._prepared = graph, showing, self._new_index(graph, showing)

    def first(self, graph: Graph) -> Showing:
        """Return what is shown of a graph at first."""
        prepared, self._prepared = self._prepared, None
        if prepared is None or prepared[0] is not graph:
            return first_picture(graph, measured)
        self._known.insert(0, prepared)
        return prepared[1]

    def index_of(self, graph: Graph) -> OutlineIndex | None:
        """Return what is shown of `graph`, None for one without groups, of which all is."""
        if not graph.groups:
            return None
        for known, showing, index in self._known:
            if known is graph and showing is self.showing:
                return index
        index = self._of_equal(graph) or self._new_index(graph, self.showing)
        self._known.insert(0, (graph, self.showing, index))
        del self._known[_KEPT:]
        return index

    def _new_index(self, graph: Graph, showing: Showing) -> OutlineIndex:
        return OutlineIndex(named_outline(outline_of(graph, showing), self.names), graph)

    def outline_of(self, graph: Graph) -> Outline | None:
        """Return the outline of `graph`, None for one without groups."""
        index = self.index_of(graph)
        return None if index is None else index.outline

    def drawn(self, graph: Graph) -> Graph:
        """Return the graph that is drawn of `graph`, with the names that are chosen."""
        outline = self.outline_of(graph)
        if outline is not None:
            return outline.graph
        if self.names == "forward":
            return graph
        for known, drawn in self._named:
            if known is graph:
                return drawn
        drawn = named(graph, self.names)
        self._named.insert(0, (graph, drawn))
        del self._named[_KEPT:]
        return drawn

    def item_of(self, graph: Graph, node: str) -> str | None:
        """Return the node, box or frame that is drawn for a node; None where it is not seen."""
        outline = self.outline_of(graph)
        if outline is None:
            return node if node in graph.node else None
        return outline.item_of.get(node)

    def is_closed(self, graph: Graph, item: str) -> bool:
        """Tell whether an item is the box of a closed group, or of a fold of several."""
        outline = self.outline_of(graph)
        return outline is not None and item in outline.members

    def frame_at(self, graph: Graph, item: str) -> str | None:
        """Return the frame that an item is, or that is around it; None where there is none."""
        index = self.index_of(graph)
        if index is None:
            return None
        return item if index.is_frame(item) else index.outline.frame_of.get(item) or None

    def is_group(self, graph: Graph, item: str) -> bool:
        """Tell whether an item is a box or a frame of groups."""
        index = self.index_of(graph)
        return index is not None and (index.is_frame(item) or item in index.outline.members)

    def nodes_of(self, graph: Graph, item: str) -> frozenset[str]:
        """Return the nodes of the graph behind a box or frame; a node is its own."""
        index = self.index_of(graph)
        if index is not None and self.is_group(graph, item):
            return frozenset(index.members(item))
        return frozenset({item} & graph.node.keys())

    def shared_at(self, graph: Graph, item: str) -> str | None:
        """Return the first parameter that a node, box or frame shares with others, if any."""
        index = self.index_of(graph)
        uses = index.shared if index is not None else ()
        return next((use.leaves[0] for use in uses if item in use.places), None)

    def group_at(self, graph: Graph, item: str) -> str | None:
        """Return the id of a group, of the first one of a fold, or of the one around a node."""
        index = self.index_of(graph)
        if index is None:
            return None
        found = group_id(item)
        if found is None and item in index.outline.folds:
            found = index.outline.folds[item][0]
        elif found is None:
            frame = self.frame_at(graph, item)
            found = group_id(frame) if frame is not None else None
        return found if found in graph.grouping.index else None

    def _of_equal(self, graph: Graph) -> OutlineIndex | None:
        """Return the outline of a graph that differs by its values alone, if one is known."""
        for known, showing, index in self._known:
            if showing is self.showing and _alike(known, graph):
                found = copy.copy(index)
                found.outline = named_outline(_with_values(index.outline, graph), self.names)
                return found
        return None


def _alike(one: Graph, other: Graph) -> bool:
    """Tell whether two graphs are the same but for values, as those of two recordings are."""
    pairs = ((one.edges, other.edges), (one.groups, other.groups), (one.group_of, other.group_of))
    return len(one.nodes) == len(other.nodes) and all(a is b or a == b for a, b in pairs)


def _with_values(outline: Outline, graph: Graph) -> Outline:
    def now(node: Node) -> Node:
        return node if node.kind == "group" else graph.node[node.id]

    nodes = tuple(now(node) for node in outline.graph.nodes)
    return replace(outline, graph=msgspec.structs.replace(outline.graph, nodes=nodes))


def next_equal(graph: Graph, group: str, by: int) -> str | None:
    """Return the next group of the same class in the same place (1), or the one before it (-1)."""
    grouping = graph.grouping
    here = grouping.groups[grouping.index[group]]
    siblings = grouping.children[here.parent] if here.parent != NO_GROUP else grouping.top
    there = siblings.index(grouping.index[group]) + by
    while 0 <= there < len(siblings):
        other = grouping.groups[siblings[there]]
        if (other.kind, other.type_name) == (here.kind, here.type_name):
            return other.id
        there += by
    return None
