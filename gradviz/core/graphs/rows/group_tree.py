"""The tree of a graph's groups and nodes, in the order of the forward pass."""

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.groups import NO_GROUP, Group
from gradviz.core.graphs.outline import group_id, item_id
from gradviz.core.graphs.trace import Trace

#: What all others are in; it is no row.
ROOT: Final = -1


class GroupTree:
    """Groups and nodes as numbers: first the groups in their order, then the nodes in theirs."""

    def __init__(self, graph: Graph, trace: Trace | None = None) -> None:
        """Take a graph; `trace` tells the order in which its nodes were computed."""
        self.graph = graph
        self.groups = len(graph.groups)
        self.count = self.groups + len(graph.nodes)
        self._trace = trace

    def group(self, item: int) -> Group | None:
        """Return the group that an item is; None for a node."""
        return self.graph.groups[item] if item < self.groups else None

    def node(self, item: int) -> Node | None:
        """Return the node that an item is; None for a group."""
        return self.graph.nodes[item - self.groups] if item >= self.groups else None

    def id(self, item: int) -> str:
        """Return the id of an item as in an outline."""
        group = self.group(item)
        return self.graph.nodes[item - self.groups].id if group is None else item_id(group.id)

    def item(self, identifier: str | None) -> int | None:
        """Return the item with an id as in an outline; None where there is none."""
        group = group_id(identifier) if identifier else None
        if group is not None:
            return self.graph.grouping.index.get(group)
        place = self.graph.place.get(identifier or "")
        return None if place is None else self.groups + place

    def parent(self, item: int) -> int:
        """Return the group around an item, ROOT for one in none."""
        grouping = self.graph.grouping
        if item < self.groups:
            parent = grouping.groups[item].parent
        else:
            parent = grouping.group_of[item - self.groups]
        return ROOT if parent == NO_GROUP else parent

    def path(self, item: int) -> tuple[int, ...]:
        """Return the groups around an item, the outermost first, and the item."""
        found = [item]
        while (item := self.parent(item)) != ROOT:
            found.append(item)
        return tuple(reversed(found))

    def children(self, item: int) -> Sequence[int]:
        """Return the items right within a group, or within ROOT, in the order of the pass."""
        return self._children[item + 1]

    def with_ancestors(self, identifiers: Iterable[str]) -> frozenset[int]:
        """Return the items with these ids and all groups around them."""
        found: set[int] = set()
        for identifier in identifiers:
            item = self.item(identifier)
            while item is not None and item != ROOT and item not in found:
                found.add(item)
                item = self.parent(item)
        return frozenset(found)

    def is_like(self, graph: Graph) -> bool:
        """Tell whether a graph has the same tree, as that of another recording has."""
        own = self.graph
        if graph is own:
            return True
        same = len(graph.nodes) == len(own.nodes) and (
            graph.groups is own.groups or graph.groups == own.groups
        )
        return (
            same
            and (graph.group_of is own.group_of or graph.group_of == own.group_of)
            and all(
                a.id == b.id and a.op == b.op for a, b in zip(graph.nodes, own.nodes, strict=True)
            )
        )

    @cached_property
    def _children(self) -> list[list[int]]:
        """Return the children of ROOT and of each group."""
        found: list[list[int]] = [[] for _ in range(self.groups + 1)]
        for item in range(self.count):
            found[self.parent(item) + 1].append(item)
        order = self._order
        for children in found:
            children.sort(key=order.__getitem__)
        return found

    @cached_property
    def _order(self) -> list[float]:
        """Return when each item was computed first; a group's parameters do not count for it."""
        nodes = self.graph.nodes
        known = (
            {node: place for place, node in enumerate(self._trace.forward)}
            if (self._trace is not None)
            else {}
        )
        # From the output back, where nothing else is known.
        own = [float(known.get(node.id, len(nodes) - place)) for place, node in enumerate(nodes)]
        first = [math.inf] * self.groups
        leaves = [math.inf] * self.groups
        for place, (node, group) in enumerate(
            zip(nodes, self.graph.grouping.group_of, strict=True)
        ):
            if group != NO_GROUP:
                times = leaves if node.kind == "leaf" else first
                times[group] = min(times[group], own[place])
        for group in range(self.groups - 1, -1, -1):
            parent = self.graph.groups[group].parent
            if parent != NO_GROUP:
                first[parent] = min(first[parent], first[group])
                leaves[parent] = min(leaves[parent], leaves[group])
        groups = [
            alone if math.isinf(time) else time for time, alone in zip(first, leaves, strict=True)
        ]
        return [*groups, *own]
