"""Which groups are equal in structure: calls of one class with equal operations within."""

from collections.abc import Sequence

from gradviz.core.graphs.groups import Grouping


def likeness_of(grouping: Grouping, operations: Sequence[str]) -> tuple[int, ...]:
    """Return a number for each group; two groups have the same if they are of equal structure.

    Args:
        grouping: The groups with their nodes.
        operations: For each node of the graph its operation, empty for a leaf: a parameter
            belongs to the first call of its module and to no other, and makes no difference.
    """
    known: dict[object, int] = {}
    found = [0] * len(grouping.groups)
    for place in range(len(found) - 1, -1, -1):
        group = grouping.groups[place]
        own = sorted(operations[node] for node in grouping.own_nodes[place] if operations[node])
        within = tuple(found[child] for child in grouping.children[place])
        look = (group.kind, group.type_name, tuple(own), within)
        found[place] = known.setdefault(look, len(known))
    return tuple(found)
