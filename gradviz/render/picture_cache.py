"""The pictures of one backward pass, each made from the one before it where that is less work."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Step, Trace
from gradviz.core.graphs.walk import TURN, forward_done, forward_now, on_timeline
from gradviz.render.picture import (
    Picture,
    arrivals,
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

    def __init__(self, graph: Graph, trace: Trace | None) -> None:
        self.graph = graph
        self.trace = trace
        self._steps = trace.steps if trace is not None else ()
        self._cursor = 0
        self._picture: Picture | None = None

    def at(self, cursor: int) -> Picture:
        """Return the picture at `cursor`, equal to that by `picture` of this graph and trace."""
        cursor = on_timeline(self.trace, cursor)
        before = self._picture
        crossed = min(cursor, self._cursor) < TURN < max(cursor, self._cursor)
        far = crossed or abs(cursor - self._cursor) > _NEAR
        if before is None or far or not self._each_once:
            self._picture = picture(self.graph, self.trace, cursor)
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
            lambda: self._each_once,
            lambda: self._shown,
            lambda: self._forward_places,
        ):
            yield
            look_up()

    def _moved(self, before: Picture, cursor: int) -> Picture:
        """Return the picture at `cursor`: only nodes and edges of the steps between change."""
        graph = self.graph
        now = self._steps[cursor - 1].node if cursor else None
        first, last = sorted((cursor, self._cursor))
        reached = self._steps[max(0, first - 1) : last]
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
        ran = {node: step for node in around if (step := self._ran(node, cursor)) is not None}
        return Picture(
            nodes=before.nodes
            | {
                node: node_view(graph.node[node], ran, now, self._gradient(node, cursor))
                for node in nodes
            },
            edges=before.edges | {key: edge_view(edge, ran, now) for key, edge in edges.items()},
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
        place = self._forward_places
        done = forward_done(self.trace, cursor)
        return Picture(
            nodes=before.nodes
            | {
                node: forward_node_view(graph.node[node], now, coming=place[node] >= done)
                for node in nodes
            },
            edges=before.edges
            | {
                edge.id: forward_edge_view(edge, now)
                for node in nodes
                for edge in graph.edges_into[node]
            },
            now=now,
        )

    @cached_property
    def _forward_places(self) -> dict[str, int]:
        forward = self.trace.forward if self.trace is not None else ()
        return {node: place for place, node in enumerate(forward)}

    @cached_property
    def _executions(self) -> dict[str, int]:
        return {step.node: place for place, step in enumerate(self._steps)}

    @cached_property
    def _each_once(self) -> bool:
        """Tell whether no node has two executions, as it is where PyTorch's engine runs once."""
        return len(self._executions) == len(self._steps)

    @cached_property
    def _shown(self) -> dict[str, tuple[list[int], list[TensorSummary | None]]]:
        """Return for each node after which steps it shows which gradients."""
        found: dict[str, tuple[list[int], list[TensorSummary | None]]] = {}
        for place, node, gradient in arrivals(self._steps):
            places, gradients = found.setdefault(node, ([], []))
            places.append(place)
            gradients.append(gradient)
        return found

    def _ran(self, node: str, cursor: int) -> Step | None:
        execution = self._executions.get(node)
        return self._steps[execution] if execution is not None and execution < cursor else None

    def _gradient(self, node: str, cursor: int) -> TensorSummary | None:
        places, gradients = self._shown.get(node, ([], []))
        found = bisect_left(places, cursor)
        return gradients[found - 1] if found else None
