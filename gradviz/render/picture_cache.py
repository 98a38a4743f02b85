"""The pictures of one backward pass, each made from the one before it where that is less work."""

from collections.abc import Iterator, Mapping

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.recorded_places import RecordedPlaces
from gradviz.core.graphs.trace import Trace
from gradviz.core.graphs.walk import TURN, forward_done, forward_now, on_timeline
from gradviz.render.picture import (
    NO_LOCAL,
    Picture,
    edge_view,
    forward_edge_view,
    forward_node_view,
    node_view,
    picture,
)

#: Over more steps than this a picture is made anew.
_NEAR = 32


class PictureCache:
    """Shows the pass at any cursor; views that did not change stay the very same objects."""

    def __init__(
        self, graph: Graph, trace: Trace | None, local: Mapping[str, float] = NO_LOCAL
    ) -> None:
        """Show `graph`; `local` has the derivatives that its edges show."""
        self.graph = graph
        self.trace = trace
        self.local = local
        self._places = RecordedPlaces(trace)
        self._cursor = 0
        self._picture: Picture | None = None

    def at(self, cursor: int) -> Picture:
        """Return the picture at `cursor`, equal to that by `picture` of this graph and trace."""
        cursor = on_timeline(self.trace, cursor)
        before = self._picture
        crossed = min(cursor, self._cursor) < TURN < max(cursor, self._cursor)
        far = crossed or abs(cursor - self._cursor) > _NEAR
        if before is None or far or not self._places.each_once:
            self._picture = picture(self.graph, self.trace, cursor, self.local)
        elif cursor != self._cursor:
            forwards = min(cursor, self._cursor) < TURN
            moved = self._moved_forwards if forwards else self._moved
            self._picture = moved(before, cursor)
        self._cursor = cursor
        return self._picture if self._picture is not None else picture(self.graph)

    def preparation(self) -> Iterator[None]:
        """Look up, in pieces, all that the first step from anywhere has to know."""
        graph = self.graph
        for look_up in (
            lambda: graph.node,
            lambda: graph.edges_into,
            lambda: graph.edges_out_of,
        ):
            yield
            look_up()
        yield from self._places.preparation()

    def _moved(self, before: Picture, cursor: int) -> Picture:
        """Return the picture at `cursor`: only nodes and edges of the steps between change."""
        graph, places = self.graph, self._places
        now = places.steps[cursor - 1].node if cursor else None
        first, last = sorted((cursor, self._cursor))
        reached = places.steps[max(0, first - 1) : last]
        executed = graph.node.keys() & {step.node for step in reached}
        leaves = {each.leaf for step in reached for each in step.contributions}
        nodes = executed | (graph.node.keys() & leaves)
        # A gradient that reaches a leaf of many uses changes only the edge along which it came.
        edges = {
            edge.id: edge
            for node in executed
            for edge in (*graph.edges_into[node], *graph.edges_out_of[node])
        }
        around = nodes | {end for edge in edges.values() for end in (edge.source, edge.target)}
        ran = {node: step for node in around if (step := places.ran(node, cursor)) is not None}
        return before.moved(
            nodes={
                node: node_view(graph.node[node], ran, now, places.gradient(node, cursor))
                for node in nodes
            },
            edges={key: edge_view(edge, ran, now) for key, edge in edges.items()},
            frames={},
            now=now,
        )

    def _moved_forwards(self, before: Picture, cursor: int) -> Picture:
        """Return the picture at `cursor`, where no backward step lies between."""
        graph, forward = self.graph, self.trace.forward if self.trace is not None else ()
        now = forward_now(self.trace, cursor)
        first, last = sorted(
            (forward_done(self.trace, cursor), forward_done(self.trace, self._cursor))
        )
        nodes = graph.node.keys() & set(forward[max(0, first - 1) : last])
        place = self._places.forward
        done = forward_done(self.trace, cursor)
        return before.moved(
            nodes={
                node: forward_node_view(graph.node[node], now, coming=place[node] >= done)
                for node in nodes
            },
            edges={
                edge.id: forward_edge_view(edge, now)
                for node in nodes
                for edge in graph.edges_into[node]
            },
            frames={},
            now=now,
        )
