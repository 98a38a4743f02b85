"""The part of a graph that is looked at: what some nodes come from, lead to, or lie between."""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from gradviz.core.graphs.graph import Edge, Graph
from gradviz.core.graphs.outline import Outline

#: "all" has both ancestors and descendants.
Reach = Literal["all", "ancestors", "descendants", "between"]


class WayEnd(NamedTuple):
    """A node, or a group of them, at one end of a way: its name for a reader, and the nodes."""

    title: str
    nodes: frozenset[str]


class Isolated(NamedTuple):
    """A choice: a part of the graph around `nodes`, or that between them and the `others`."""

    part: Reach
    nodes: frozenset[str]
    others: frozenset[str] = frozenset()


class Isolation(NamedTuple):
    """The ids of the nodes and edges of a part of a graph."""

    nodes: frozenset[str]
    edges: frozenset[str]


def isolation_of(graph: Graph, isolated: Isolated) -> Isolation:
    """Return the chosen part of `graph`; ids that it does not have are passed over.

    The nodes of several, such as those of a group, belong to their own part. Between two ends it is
    every path from one to the other, whichever comes first; none of both where there is no path.
    """
    nodes = isolated.nodes & graph.node.keys()
    if isolated.part == "between":
        others = isolated.others & graph.node.keys()
        return _together(_way(graph, nodes, others), _way(graph, others, nodes))
    if isolated.part == "ancestors":
        return _ancestors(graph, nodes)
    if isolated.part == "descendants":
        return _descendants(graph, nodes)
    return _together(_ancestors(graph, nodes), _descendants(graph, nodes))


def followed(isolated: Isolated, became: Mapping[str, str]) -> Isolated | None:
    """Return the same choice in a graph of another shape; None where none of an end is left.

    `became` has for each node that stays the node that it has become.
    """
    ends = [isolated.nodes, isolated.others] if isolated.others else [isolated.nodes]
    found = [frozenset(became[node] for node in end if node in became) for end in ends]
    return Isolated(isolated.part, *found) if all(found) else None


def shown_isolation(isolation: Isolation, outline: Outline | None) -> Isolation:
    """Return the boxes that stand for any of the nodes, and the edges that do for the edges.

    Without an outline the graph is drawn as it is.
    """
    if outline is None:
        return isolation
    items = (outline.item_of.get(node) for node in isolation.nodes)
    return Isolation(
        frozenset(item for item in items if item is not None),
        frozenset(
            edge
            for edge, bundled in outline.bundles.items()
            if not isolation.edges.isdisjoint(bundled)
        ),
    )


def _together(one: Isolation, other: Isolation) -> Isolation:
    return Isolation(one.nodes | other.nodes, one.edges | other.edges)


def _way(graph: Graph, sources: frozenset[str], targets: frozenset[str]) -> Isolation:
    """Return all that lies on any path from one of `sources` to one of `targets`."""
    after, before = _descendants(graph, sources), _ancestors(graph, targets)
    return Isolation(after.nodes & before.nodes, after.edges & before.edges)


def _ancestors(graph: Graph, nodes: Iterable[str]) -> Isolation:
    return _reached(nodes, lambda each: graph.edges_into[each], lambda edge: edge.source)


def _descendants(graph: Graph, nodes: Iterable[str]) -> Isolation:
    return _reached(nodes, lambda each: graph.edges_out_of[each], lambda edge: edge.target)


def _reached(
    starts: Iterable[str],
    edges_at: Callable[[str], tuple[Edge, ...]],
    end: Callable[[Edge], str],
) -> Isolation:
    """Return the nodes and edges that are met from `starts` on, going one way."""
    nodes = set(starts)
    waiting, edges = list(nodes), set[str]()
    while waiting:
        for edge in edges_at(waiting.pop()):
            edges.add(edge.id)
            if end(edge) not in nodes:
                nodes.add(end(edge))
                waiting.append(end(edge))
    return Isolation(frozenset(nodes), frozenset(edges))
