"""The names of groups in rows of findings: which part of a model a node is in."""

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP, Group


def is_backward(group: Group) -> bool:
    """Tell whether a backward pass made a group."""
    return group.in_backward


def group_name(group: Group) -> str:
    """Return `h.3.attn`, `cell:2` for a second call, or `backward of h.3.attn`."""
    return group.shown_title if is_backward(group) else group.id


def group_around(graph: Graph, node: str) -> Group | None:
    """Return the innermost group of a node; None where it is in none, or is not in the graph."""
    place = graph.place.get(node)
    group = NO_GROUP if place is None else graph.grouping.group_of[place]
    return None if group == NO_GROUP else graph.groups[group]


def name_around(graph: Graph, node: str) -> str:
    """Return the name of the innermost group of a node; empty where it is in none."""
    group = group_around(graph, node)
    return "" if group is None else group_name(group)


class LeafPlaces:
    """Where the leaves of a graph are, by their dotted names, and those that are not in it."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._nodes = {node.op: node.id for node in graph.nodes if node.kind == "leaf"}
        self._modules: dict[str, Group] = {}
        for group in graph.groups:
            if group.path and not is_backward(group):
                self._modules.setdefault(group.path, group)

    def node(self, name: str) -> str | None:
        """Return the id of the leaf with this name; None where it is not in the graph."""
        return self._nodes.get(name)

    def group(self, name: str) -> Group | None:
        """Return the group that a leaf is in, or that of the nearest module around its name."""
        node, path = self.node(name), name
        if node is not None:
            return group_around(self._graph, node)
        while path:
            path = path.rpartition(".")[0]
            if path in self._modules:
                return self._modules[path]
        return None
