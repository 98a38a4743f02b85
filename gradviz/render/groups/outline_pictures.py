"""The pictures of an outline at any step of the recorded pass of the true graph."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from gradviz.core.graphs.graph import Node
from gradviz.core.graphs.recorded_places import RecordedPlaces
from gradviz.core.graphs.trace import Trace
from gradviz.core.graphs.walk import TURN, forward_done, forward_now, on_timeline
from gradviz.render.groups.group_walk import AT_TURN, BundleWalk, GroupWalk, Reached
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.picture import (
    NO_LOCAL,
    EdgeView,
    FrameView,
    GroupView,
    NodeState,
    NodeView,
    Picture,
    forward_node_view,
    idle_view,
)

#: Over more steps than this a picture is made anew.
_NEAR = 32
_View = TypeVar("_View")


class OutlinePictures:
    """Shows the pass at any cursor; views that did not change stay the very same objects.

    A picture costs the items that are shown, or near the one before those that a step touches,
    however many nodes are hidden.
    """

    def __init__(
        self,
        index: OutlineIndex,
        trace: Trace | None,
        local: Mapping[str, float] = NO_LOCAL,
        places: RecordedPlaces | None = None,
    ) -> None:
        """Show an outline; `local` has the derivatives that edges of the true graph show.

        Whoever knows the `places` of the trace from another outline hands them over.
        """
        self.index = index
        self.trace = trace
        self.local = local
        self._outline = index.outline
        self._frames = {frame.id: frame for frame in index.outline.frames}
        self._places = places or RecordedPlaces(trace)
        self._walks: dict[str, GroupWalk] = {}
        self._bundles: dict[str, BundleWalk] = {}
        self._cursor = 0
        self._picture: Picture | None = None

    def at(self, cursor: int) -> Picture:
        """Return the picture at `cursor`; outside of the trace it is that of its nearest end."""
        cursor = on_timeline(self.trace, cursor)
        before = self._picture
        if before is None or abs(cursor - self._cursor) > _NEAR:
            graph = self._outline.graph
            nodes, edges = [each.id for each in graph.nodes], [each.id for each in graph.edges]
            index = self.index
            nothing = Picture(
                {},
                {},
                bundled=index.bundled,
                shared=index.shared_marks,
                local=index.shown_local(self.local),
            )
            found = self._changed(nothing, cursor, nodes, self._frames, edges)
        elif cursor != self._cursor:
            found = self._changed(before, cursor, *self._touched(cursor))
        else:
            found = before
        self._cursor, self._picture = cursor, found
        return found

    def preparation(self) -> Iterator[None]:
        """Look up, in pieces, all that the first step from anywhere has to know."""
        graph, index = self.index.graph, self.index
        for look_up in (
            lambda: graph.edges_into,
            lambda: graph.edges_out_of,
            lambda: index.bundle_of,
        ):
            yield
            look_up()
        yield from self._places.preparation()
        for item in (*self._outline.members, *self._frames):
            yield
            self._walk(item)

    def _changed(
        self,
        before: Picture,
        cursor: int,
        items: Iterable[str],
        frames: Iterable[str],
        bundles: Iterable[str],
    ) -> Picture:
        """Return the picture at `cursor`, in which only these are other than `before`."""
        now = self._now(cursor)
        node = self._outline.graph.node
        return before.moved(
            _different(before.nodes, {key: self._node(node[key], cursor, now) for key in items}),
            _different(before.edges, {key: self._edge(key, cursor, now) for key in bundles}),
            _different(before.frames, {key: self._frame(key, cursor, now) for key in frames}),
            now=None if now is None else self._outline.item_of.get(now),
        )

    def _now(self, cursor: int) -> str | None:
        if cursor < TURN:
            return forward_now(self.trace, cursor)
        return self._places.steps[cursor - 1].node if cursor else None

    def _touched(self, cursor: int) -> tuple[set[str], set[str], set[str]]:
        """Return the items, frames and edges that the steps up to `cursor` change."""
        index, outline = self.index, self._outline
        executed, leaves = self._nodes_between(cursor)
        nodes = executed | leaves
        items = {outline.item_of[node] for node in nodes if node in outline.item_of}
        frames = {frame for node in nodes for frame in index.frames_of(node)}
        graph = index.graph
        into, out_of = graph.edges_into, graph.edges_out_of
        # A gradient that reaches a leaf of many uses changes only the edge along which it came.
        bundles = {
            index.bundle_of[edge.id]
            for node in executed
            for edge in (*into.get(node, ()), *out_of.get(node, ()))
            if edge.id in index.bundle_of
        }
        return items & outline.graph.node.keys(), frames, bundles

    def _nodes_between(self, cursor: int) -> tuple[set[str], set[str]]:
        """Return the nodes that are computed on the way, and the leaves that gradients reach."""
        first, last = sorted((cursor, self._cursor))
        executed: set[str] = set()
        leaves: set[str] = set()
        if last > TURN:
            for step in self._places.steps[max(0, first - 1) : last]:
                executed.add(step.node)
                leaves.update(each.leaf for each in step.contributions)
        if first < TURN and self.trace is not None:
            begin, end = forward_done(self.trace, first), forward_done(self.trace, last)
            executed.update(self.trace.forward[max(0, begin - 1) : end])
        return executed, leaves

    def _node(self, node: Node, cursor: int, now: str | None) -> NodeView:
        if node.kind == "group":
            reached = self._reached(node.id, cursor, now)
            folded = len(self._outline.folds.get(node.id, ()))
            return GroupView(node, reached.state, None, *reached[1:], folded)
        places = self._places
        if cursor < TURN:
            coming = places.forward.get(node.id, -1) >= forward_done(self.trace, cursor)
            return forward_node_view(node, now, coming=coming)
        if cursor == TURN:
            return idle_view(node)
        ran = places.ran(node.id, cursor) is not None
        state: NodeState = "now" if node.id == now else "done" if ran else "idle"
        return NodeView(node, state, places.gradient(node.id, cursor))

    def _frame(self, key: str, cursor: int, now: str | None) -> FrameView:
        index = self.index
        return FrameView(
            key,
            self._frames[key].group,
            len(index.frame_nodes[key]),
            index.parameters[key],
            len(index.around[key]) - 1,
            *self._reached(key, cursor, now),
        )

    def _reached(self, item: str, cursor: int, now: str | None) -> Reached:
        # Most pictures are those of the turn, for which no table of a pass is needed.
        if cursor == TURN:
            return AT_TURN
        walk = self._walk(item)
        if cursor < TURN:
            return walk.forward(forward_done(self.trace, cursor), now)
        return walk.backward(cursor, now)

    def _walk(self, item: str) -> GroupWalk:
        walk = self._walks.get(item)
        if walk is None:
            index = self.index
            walk = GroupWalk(index.members(item), index.leaving(item), self._places)
            self._walks[item] = walk
        return walk

    def _edge(self, key: str, cursor: int, now: str | None) -> EdgeView:
        edges = self.index.edges[key]
        if cursor == TURN:
            return EdgeView(key, count=len(edges))
        walk = self._bundles.get(key)
        if walk is None:
            walk = self._bundles[key] = BundleWalk(key, edges, self._places)
        return walk.forward(now) if cursor < TURN else walk.backward(cursor)


def _different(before: dict[str, _View], found: dict[str, _View]) -> dict[str, _View]:
    """Return those of the views that are not as they were."""
    return {key: view for key, view in found.items() if before.get(key) != view}
