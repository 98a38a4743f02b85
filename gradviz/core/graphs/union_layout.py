"""One drawing for all shapes that a changing graph has had, in which nodes keep their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.matching import acyclic, matching
from gradviz.core.graphs.placement import Box, Link, Placement, Point

#: A drawing of more shapes than this, or with so many more nodes than each has, helps nobody.
_MOST_SHAPES = 32
_MOST_TIMES_LARGER = 4
#: A new shape is compared with so many of the newest ones.
_COMPARED = 4


@dataclass(frozen=True)
class Shape:
    """The part of a graph that its placement depends on: values may change without a layout."""

    nodes: tuple[object, ...]
    edges: tuple[tuple[str, str], ...]


def shape_of(graph: Graph) -> Shape:
    """Return the shape of `graph`."""
    return Shape(
        tuple((node.id, node.kind, node.op, node.label, node.shape) for node in graph.nodes),
        tuple((edge.id, edge.source) for edge in graph.edges),
    )


def same_shape(one: Graph, other: Graph) -> bool:
    """Tell whether two graphs are of the same shape, which is less work than to return it."""
    return (
        len(one.nodes) == len(other.nodes)
        and one.edges == other.edges
        and all(
            (a.id, a.op, a.label) == (b.id, b.op, b.label)
            for a, b in zip(one.nodes, other.nodes, strict=True)
        )
    )


class GoneNode(msgspec.Struct, frozen=True):
    """A node that is no more: its title, and where it was drawn."""

    title: str
    center: Point
    size: tuple[float, float]


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """The nodes and edges that a graph has and the one before it had not, and vice versa.

    Attributes:
        came, came_edges: Ids of nodes and edges of the graph that is shown.
        gone, gone_curves: Drawn nodes and edges of the graph before; curves as in a Placement.
        at_step: The training step of the graph that is shown.
        changed: Ids of nodes that both have, with other numbers.
        since: The title of the graph of the comparison, if it is not the one shown before.
    """

    came: frozenset[str] = frozenset()
    came_edges: frozenset[str] = frozenset()
    gone: tuple[GoneNode, ...] = ()
    gone_curves: tuple[tuple[Point, ...], ...] = ()
    at_step: int = 0
    changed: frozenset[str] = frozenset()
    since: str = ""

    def __bool__(self) -> bool:
        """Tell whether there is anything to mark."""
        return bool(self.came or self.came_edges or self.gone or self.gone_curves or self.changed)


@dataclass(frozen=True)
class _Member:
    """One shape: its graph, and the ids that its nodes and edges have in the union_layout."""

    graph: Graph
    nodes: Mapping[str, str]
    edges: Mapping[str, str]


class UnionLayout:
    """Collects the shapes of a graph; each node that several have is in it once.

    The ids of the first graph are those of the union_layout, so that a graph that never changes is
    drawn as it is.
    """

    def __init__(self) -> None:
        self._members: dict[Shape, _Member] = {}
        self._boxes: dict[str, Box] = {}
        self._links: dict[str, Link] = {}
        self._link_of: dict[tuple[str, str, int, int], str] = {}
        self._frame_of: dict[str, str] = {}

    @property
    def frame_of(self) -> Mapping[str, str]:
        """Return the innermost frame of each box that is in one, as its first shape has it."""
        return self._frame_of

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Return all shapes, the first one first."""
        return tuple(self._members)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Return a box for each node, as large as the largest shape needs it."""
        return tuple(self._boxes.values())

    @property
    def links(self) -> tuple[Link, ...]:
        """Return a link for each edge."""
        return tuple(self._links.values())

    def add(
        self,
        graph: Graph,
        shape: Shape,
        boxes: Sequence[Box],
        frame_of: Mapping[str, str] = MappingProxyType({}),
    ) -> bool:
        """Take in `graph`; False, and nothing is done, where it does not fit to the others.

        Args:
            graph: A graph, with its shape.
            shape: The result of `shape_of(graph)`.
            boxes: The size of each of its nodes.
            frame_of: The innermost frame of each of its nodes that is in one.
        """
        if shape in self._members:
            return True
        if not self._members:
            self._begin(graph, shape, boxes)
            self._frame_of = {node: frame for node, frame in frame_of.items() if frame}
            return True
        if len(self._members) >= _MOST_SHAPES:
            return False
        ids = self._ids(graph)
        links = [Link(edge.id, ids[edge.source], ids[edge.target]) for edge in graph.edges]
        if not self._has_room(graph, ids, links):
            return False
        edges = {
            edge.id: self._link((link.source, link.target, edge.slot, edge.output), edge.id)
            for edge, link in zip(graph.edges, links, strict=True)
        }
        for box in boxes:
            known = self._boxes.get(ids[box.id])
            self._boxes[ids[box.id]] = Box(
                ids[box.id],
                max(box.width, known.width) if known else box.width,
                max(box.height, known.height) if known else box.height,
                box.leaf,
            )
        for node, frame in frame_of.items():
            if frame:
                self._frame_of.setdefault(ids[node], frame)
        self._members[shape] = _Member(graph, ids, edges)
        return True

    def _begin(self, graph: Graph, shape: Shape, boxes: Sequence[Box]) -> None:
        """Take in the first graph, which is the only one in most cases, with its own ids."""
        edges = {
            edge.id: self._link_of.setdefault(
                (edge.source, edge.target, edge.slot, edge.output), edge.id
            )
            for edge in graph.edges
        }
        self._links = {
            link: Link(link, source, target)
            for (source, target, _, _), link in self._link_of.items()
        }
        self._boxes = {box.id: box for box in boxes}
        self._members[shape] = _Member(graph, {node.id: node.id for node in graph.nodes}, edges)

    def placement_of(self, shape: Shape, whole: Placement) -> Placement:
        """Return where the nodes of one shape lie in a placement of the whole union_layout."""
        member = self._members[shape]
        if len(self._members) == 1:
            return whole
        nodes, edges = member.nodes, member.edges
        return Placement(
            request=whole.request,
            plan=whole.plan,
            reason=whole.reason,
            width=whole.width,
            height=whole.height,
            centers={key: whole.centers[there] for key, there in nodes.items()},
            curves={key: whole.curves[there] for key, there in edges.items()},
            sizes={key: whole.sizes[there] for key, there in nodes.items()},
            ghosts={
                key: whole.ghosts[there] for key, there in edges.items() if there in whole.ghosts
            },
            frames=whole.frames,
            direction=whole.direction,
        )

    def marks(self, before: Shape, after: Shape, whole: Placement, at_step: int = 0) -> Marks:
        """Return the nodes and edges that came and went between two shapes of the union_layout."""
        old, new = self._members[before], self._members[after]
        kept_nodes, kept_edges = set(old.nodes.values()), set(old.edges.values())
        now_nodes, now_edges = set(new.nodes.values()), set(new.edges.values())
        return Marks(
            came=frozenset(key for key, there in new.nodes.items() if there not in kept_nodes),
            came_edges=frozenset(k for k, there in new.edges.items() if there not in kept_edges),
            gone=tuple(
                GoneNode(old.graph.node[key].op, whole.centers[there], whole.sizes[there])
                for key, there in old.nodes.items()
                if there not in now_nodes
            ),
            gone_curves=tuple(
                whole.curves[there] for there in old.edges.values() if there not in now_edges
            ),
            at_step=at_step,
        )

    def _ids(self, graph: Graph) -> dict[str, str]:
        """Return the layout's ids for the nodes of a graph; the newest shapes are asked first."""
        ids: dict[str, str] = {}
        taken: set[str] = set()
        for member in list(self._members.values())[: -_COMPARED - 1 : -1]:
            for there, here in matching(member.graph, graph).items():
                known = member.nodes[there]
                if here not in ids and known not in taken:
                    ids[here] = known
                    taken.add(known)
            if len(ids) == len(graph.nodes):
                break
        for node in graph.nodes:
            if node.id not in ids:
                ids[node.id] = _unused(f"{node.id}+{len(self._members)}", self._boxes)
        return ids

    def _has_room(self, graph: Graph, ids: Mapping[str, str], links: Sequence[Link]) -> bool:
        largest = max(len(graph.nodes), *(len(each.graph.nodes) for each in self._members.values()))
        if len(self._boxes.keys() | set(ids.values())) > _MOST_TIMES_LARGER * largest:
            return False
        return acyclic((link.source, link.target) for link in (*self._links.values(), *links))

    def _link(self, ends: tuple[str, str, int, int], edge: str) -> str:
        """Return the layout's id of the edge between `ends`, which is new if there was none."""
        if ends not in self._link_of:
            link = _unused(f"{edge}+{len(self._members)}", self._links)
            self._link_of[ends] = link
            self._links[link] = Link(link, ends[0], ends[1])
        return self._link_of[ends]


def _unused(name: str, taken: Mapping[str, object]) -> str:
    while name in taken:
        name += "'"
    return name
