"""A graph as it is shown: open groups are frames, and a closed one is a box in place of its nodes.

The outline is a graph of its own. Its nodes are nodes of the true graph, closed groups and folds of
several ones, and each of its edges stands for all true ones between two of these.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
import numpy as np

from gradviz.core.graphs.ends import NodeNumbers
from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.groups import NO_GROUP, Group
from gradviz.core.graphs.shown.folds import fold_title, named_ends
from gradviz.core.graphs.shown.items import OUTSIDE, Items, items_of
from gradviz.core.graphs.shown.showing import Showing as Showing
from gradviz.core.graphs.shown.showing import fold_id
from gradviz.core.graphs.shown.showing import group_id as group_id
from gradviz.core.graphs.shown.showing import item_id as item_id


class Frame(NamedTuple):
    """An open group: its id in the outline, the group, and the frame around it, "" for none."""

    id: str
    group: Group
    around: str


@dataclass(frozen=True)
class Outline:
    """What is shown of a graph.

    Attributes:
        graph: The nodes, closed groups and folds that are shown; the latter are of kind "group".
        frames: The open groups, each after the one around it.
        frame_of: The innermost frame of each shown node by its id, "" for none.
        item_of: For each node of the true graph by its id: the shown node, closed group, fold or,
            where it is not drawn itself, frame that has it; nodes outside of the root are left out.
        bundles: For each edge of the outline by its id the ids of the true ones. Edges of a shared
            leaf that is not drawn are in none; `uses` tells where it is used.
        members: For each closed group and fold by its id in the outline its true nodes.
        folds: For each fold by its id in the outline the ids of its groups, in order.
        uses: For each leaf that several groups use the items of its users, in order.
    """

    graph: Graph
    frames: tuple[Frame, ...]
    frame_of: Mapping[str, str]
    item_of: Mapping[str, str]
    bundles: Mapping[str, tuple[str, ...]]
    members: Mapping[str, tuple[str, ...]]
    folds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def outline_of(graph: Graph, showing: Showing) -> Outline:
    """Return what is shown of `graph`; a graph without groups is its own outline."""
    items = items_of(graph, showing)
    names = _names(graph, items)
    numbers = items.of.tolist()
    inside = np.flatnonzero(items.of != OUTSIDE)
    item_of = {graph.nodes[place].id: names[numbers[place]] for place in inside.tolist()}
    shown = [
        item for item in dict.fromkeys(numbers) if item != OUTSIDE and not items.is_frame(item)
    ]
    members = {
        names[item]: tuple(graph.nodes[place].id for place in places)
        for item, places in _places_of(items.of, shown, graph).items()
    }
    bundles = _bundles(graph, items, names)
    nodes = tuple(_node(graph, items, item, names[item]) for item in shown)
    return Outline(
        graph=msgspec.structs.replace(
            graph,
            nodes=nodes,
            edges=tuple(edge for edge, _ in bundles),
            output=item_of.get(graph.output, nodes[0].id if nodes else ""),
            groups=(),
            group_of=(),
        ),
        frames=tuple(_frames(graph, items, names)),
        frame_of={names[item]: _name(names, items.container(item)) for item in shown},
        item_of=item_of,
        bundles={edge.id: ids for edge, ids in bundles},
        members=members,
        folds=_folds(graph, items),
        uses=_uses(graph, item_of),
    )


def folds_by_item(graph: Graph, showing: Showing) -> dict[str, tuple[str, ...]]:
    """Return the folds of an outline alone, which is less work than the outline."""
    return _folds(graph, items_of(graph, showing))


def _folds(graph: Graph, items: Items) -> dict[str, tuple[str, ...]]:
    found = (tuple(graph.groups[each].id for each in fold.groups) for fold in items.folds)
    return {fold_id(fold[0], fold[-1]): fold for fold in found}


def _names(graph: Graph, items: Items) -> list[str]:
    groups = graph.groups
    return [
        *(item_id(group.id) for group in groups),
        *(node.id for node in graph.nodes),
        *(fold_id(groups[fold.groups[0]].id, groups[fold.groups[-1]].id) for fold in items.folds),
    ]


def _name(names: list[str], item: int) -> str:
    return "" if item == NO_GROUP else names[item]


def _node(graph: Graph, items: Items, item: int, name: str) -> Node:
    if items.is_node(item):
        return graph.nodes[item - len(graph.groups)]
    if item < items.first_fold:
        group, title = graph.groups[item], graph.groups[item].shown_title
    else:
        fold = items.folds[item - items.first_fold].groups
        group = graph.groups[fold[0]]
        title = fold_title(*named_ends(graph.grouping, fold[0], fold[-1]), len(fold))
    return Node(id=name, op=title, name=group.type_name, kind="group")


def _places_of(of: NodeNumbers, shown: Iterable[int], graph: Graph) -> dict[int, list[int]]:
    """Return for each shown box the places of its nodes, in the order of the graph."""
    first, last = len(graph.groups), len(graph.groups) + len(graph.nodes)
    found: dict[int, list[int]] = {item: [] for item in shown if not first <= item < last}
    for place in np.flatnonzero((of < first) | (of >= last)).tolist():
        item = int(of[place])
        if item in found:
            found[item].append(place)
    return found


def _bundles(graph: Graph, items: Items, names: list[str]) -> list[tuple[Edge, tuple[str, ...]]]:
    """Return the shown edges, each with the ids of the true ones that it stands for."""
    sources, targets = items.of[graph.ends.sources], items.of[graph.ends.targets]
    seen = (sources != targets) & (sources != OUTSIDE) & (targets != OUTSIDE)
    shared = graph.shared_leaves
    found: dict[object, list[Edge]] = {}
    ends: list[tuple[int, int]] = []
    for place in np.flatnonzero(seen).tolist():
        source, target, edge = int(sources[place]), int(targets[place]), graph.edges[place]
        drawn = items.is_node(source)
        if items.is_frame(source) or items.is_frame(target):
            continue
        if edge.source in shared and not drawn:
            continue
        key = edge.id if drawn and items.is_node(target) else (source, target)
        if key not in found:
            found[key] = []
            ends.append((source, target))
        found[key].append(edge)
    return [
        (_between(edges[0], names[source], names[target]), tuple(edge.id for edge in edges))
        for (source, target), edges in zip(ends, found.values(), strict=True)
    ]


def _between(edge: Edge, source: str, target: str) -> Edge:
    if (edge.source, edge.target) == (source, target):
        return edge
    return msgspec.structs.replace(edge, source=source, target=target)


def _frames(graph: Graph, items: Items, names: list[str]) -> Iterable[Frame]:
    for place, group in enumerate(graph.groups):
        if items.is_frame(place):
            yield Frame(names[place], group, _name(names, items.container(place)))


def _uses(graph: Graph, item_of: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for leaf in (node.id for node in graph.nodes if node.id in graph.shared_leaves):
        users = (item_of.get(edge.target, "") for edge in graph.edges_out_of[leaf])
        if leaf in item_of:
            found[leaf] = tuple(dict.fromkeys(user for user in users if user))
    return found
