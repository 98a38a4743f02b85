"""The time of each group: the sum of the times of all nodes within it."""

from gradviz.core.findings.health import Times
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP


def times_of_groups(graph: Graph, times: Times) -> tuple[tuple[float | None, float | None], ...]:
    """Return the microseconds forwards and backwards of each group, in the order of the groups.

    None stands where no node within it was measured.
    """
    measured = {each.node: (each.forward_us, each.backward_us) for each in times.nodes}
    sums: list[list[float | None]] = [[None, None] for _ in graph.groups]
    for node, group in zip(graph.nodes, graph.grouping.group_of, strict=True):
        if group != NO_GROUP and node.id in measured:
            sums[group] = list(map(_sum, sums[group], measured[node.id]))
    for place in range(len(sums) - 1, -1, -1):
        parent = graph.groups[place].parent
        if parent != NO_GROUP:
            sums[parent] = list(map(_sum, sums[parent], sums[place]))
    return tuple((forward, backward) for forward, backward in sums)


def _sum(one: float | None, other: float | None) -> float | None:
    known = [each for each in (one, other) if each is not None]
    return sum(known) if known else None
