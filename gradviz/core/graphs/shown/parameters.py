"""Parameters that are not drawn: they belong to the frame of their module."""

import numpy as np

from gradviz.core.graphs.ends import NodeNumbers
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.shown.shape_operations import only_reshapes
from gradviz.core.graphs.shown.states import States


def with_folded_leaves(graph: Graph, states: States, of: NodeNumbers) -> NodeNumbers:
    """Return the items with the frame of an open module for its leaves.

    A leaf that is used by one other group alone stays, so that its edge is seen. What only reshapes
    such a leaf, as a linear layer does with its weight, goes into the frame too.
    """
    users = _users_of_leaves(graph)
    found = of.copy()
    for place, targets in users.items():
        group = graph.grouping.group_of[place]
        if not _is_module_frame(graph, states, group) or of[place] != len(graph.groups) + place:
            continue
        shared = graph.nodes[place].id in graph.shared_leaves
        if shared or all(_is_within(graph, target, group) for target in targets):
            found[place] = group
    _take_reshaped(graph, states, users, found)
    return found


def _users_of_leaves(graph: Graph) -> dict[int, list[int]]:
    leaf = np.fromiter((node.kind == "leaf" for node in graph.nodes), bool, len(graph.nodes))
    users: dict[int, list[int]] = {}
    mask = leaf[graph.ends.sources]
    ends = (each[mask].tolist() for each in graph.ends)
    for source, target in zip(*ends, strict=True):
        users.setdefault(source, []).append(target)
    return users


def _take_reshaped(
    graph: Graph, states: States, users: dict[int, list[int]], found: NodeNumbers
) -> None:
    """Give a frame what only reshapes a parameter that is not drawn, for use in that frame."""
    first = len(graph.groups)
    once = np.bincount(graph.ends.targets, minlength=len(graph.nodes)) == 1
    reshaped = {
        target
        for source, targets in users.items()
        if found[source] != first + source and graph.grouping.group_of[source] != NO_GROUP
        for target in targets
        if once[target] and found[target] == first + target
        if only_reshapes(graph.nodes[target].op) and graph.nodes[target].id != graph.output
    }
    for place in reshaped:
        group = graph.grouping.group_of[place]
        edges = graph.edges_out_of[graph.nodes[place].id]
        if _is_module_frame(graph, states, group) and all(
            _is_within(graph, graph.place[edge.target], group) for edge in edges
        ):
            found[place] = group


def _is_module_frame(graph: Graph, states: States, group: int) -> bool:
    return group != NO_GROUP and states.is_frame(group) and graph.groups[group].kind == "module"


def _is_within(graph: Graph, node: int, group: int) -> bool:
    return group in graph.grouping.around(graph.grouping.group_of[node])
