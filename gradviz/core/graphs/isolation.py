"""The part of a graph that one node is on: the nodes that reach it, and those that it reaches."""

from collections.abc import Callable
from typing import NamedTuple

from gradviz.core.graphs.graph import Edge, Graph


class Isolation(NamedTuple):
    """The ids of the nodes and edges on the ways through one node."""

    nodes: frozenset[str]
    edges: frozenset[str]


def isolation_of(graph: Graph, node: str) -> Isolation:
    """Return `node`, a node of `graph`, with all its ancestors and descendants."""
    above, into = _reached(node, lambda each: graph.edges_into[each], lambda edge: edge.source)
    below, out_of = _reached(node, lambda each: graph.edges_out_of[each], lambda edge: edge.target)
    return Isolation(above | below, into | out_of)


def _reached(
    start: str, edges_at: Callable[[str], tuple[Edge, ...]], end: Callable[[Edge], str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the nodes and edges that are met from `start` on, going one way."""
    nodes, edges, waiting = {start}, set(), [start]
    while waiting:
        for edge in edges_at(waiting.pop()):
            edges.add(edge.id)
            if end(edge) not in nodes:
                nodes.add(end(edge))
                waiting.append(end(edge))
    return frozenset(nodes), frozenset(edges)
