"""The groups of a graph as nested containers, with the folds of each whether it is open or not.

A page opens and closes groups by itself, so that the rows of equal groups of every container are
chosen beforehand; each fold is a container of its own, between its groups and the one around them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.outline import Outline, Showing, group_id, outline_of
from gradviz.core.graphs.shown.folds import (
    FEWEST,
    Surroundings,
    fold_title,
    folds_of,
    named_ends,
    parts_of,
)
from gradviz.core.graphs.shown.opening import opened_all
from gradviz.core.graphs.shown.showing import fold_id, item_id

#: More groups of a fold are shown in parts, and in about so many.
_MOST_IN_ROW: Final = 60
_PARTS: Final = 24


class GroupRow(NamedTuple):
    """A group, or a fold of several ones.

    Attributes:
        id: Its id in an outline, as a box or a frame.
        around: The place of the container around it, NO_GROUP at the top.
        title, type_name: The lines of its box.
        folded: How many groups it stands for, 0 where it is one.
    """

    id: str
    around: int
    title: str
    type_name: str
    folded: int


class Containers(NamedTuple):
    """The containers of a graph, and what is in them.

    Attributes:
        base: The graph with every group open: its nodes and edges are those that are ever drawn.
        rows: The containers; one may come before the one around it.
        of_node: The place of the innermost container of each node of the graph by its id; nodes
            outside of the root are left out.
    """

    base: Graph
    rows: tuple[GroupRow, ...]
    of_node: dict[str, int]


def containers_of(graph: Graph, showing: Showing | None, shown: Outline | None) -> Containers:
    """Return the containers of `graph`, with the folds that `shown` has in what is open there."""
    if showing is None or shown is None:
        return Containers(graph, (), dict.fromkeys(graph.node, NO_GROUP))
    ids = frozenset(graph.grouping.index)
    every = replace(opened_all(graph, showing), folding=False, spread=ids, unfolded=ids | {""})
    base = outline_of(graph, every)
    frames = {frame.id: place for place, frame in enumerate(base.frames)}
    rows = [
        GroupRow(
            frame.id,
            frames.get(frame.around, NO_GROUP),
            frame.group.shown_title,
            frame.group.type_name,
            0,
        )
        for frame in base.frames
    ]
    of_node = {
        node: frames.get(item if item in frames else base.frame_of[item], NO_GROUP)
        for node, item in base.item_of.items()
    }
    for around, groups, between in _folds(graph, showing, shown, base, of_node):
        fold = len(rows)
        rows.append(_fold(graph, around, groups))
        of_node.update(dict.fromkeys(between, fold))
        # A row of a thousand boxes could not be read; nodes between them would be in no part.
        parts = [groups] if between else [*_parts(groups)]
        for part in parts:
            holder = fold
            if len(parts) > 1:
                holder = len(rows)
                rows.append(_fold(graph, fold, part))
            for group in part:
                place = frames[item_id(graph.groups[group].id)]
                rows[place] = rows[place]._replace(around=holder)
    return Containers(base.graph, tuple(rows), of_node)


def _fold(graph: Graph, around: int, groups: Sequence[int]) -> GroupRow:
    """Return the container of equal groups, within another one."""
    first, last, known = groups[0], groups[-1], graph.groups
    title = fold_title(*named_ends(graph.grouping, first, last), len(groups))
    key = fold_id(known[first].id, known[last].id)
    return GroupRow(key, around, title, known[first].type_name, len(groups))


def _parts(groups: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the groups of a fold in parts, all together where they are few."""
    length = len(groups) if len(groups) <= _MOST_IN_ROW else -(-len(groups) // _PARTS)
    for start in range(0, len(groups), length):
        yield groups[start : start + length]


def _folds(
    graph: Graph, showing: Showing, shown: Outline, base: Outline, of_node: Mapping[str, int]
) -> Iterator[tuple[int, Sequence[int], Sequence[str]]]:
    """Yield the folds: the container of each, its groups, and the nodes between these."""
    index = graph.grouping.index
    places = {frame.id: place for place, frame in enumerate(base.frames)}
    children: dict[int, list[int]] = {}
    for frame in base.frames:
        children.setdefault(places.get(frame.around, NO_GROUP), []).append(index[frame.group.id])
    opened = {places[frame.id] for frame in shown.frames if frame.id in places} | {NO_GROUP}
    for fold, ids in shown.folds.items():
        groups = [index[each] for each in ids]
        between = [
            node
            for node in shown.members[fold]
            if of_node[node] == _around(groups[0], graph, places)
        ]
        yield _around(groups[0], graph, places), groups, between
    surroundings = _surroundings(base, places, index, of_node)
    for place, inside in children.items():
        if place in opened or len(inside) < FEWEST:
            continue
        around = surroundings.get(place, Surroundings({}, {}, ()))
        taken: set[int] = set()
        found = [*folds_of(inside, inside, graph.likeness, around)] if showing.folding else []
        taken.update(group for fold in found for group in fold.groups)
        found += parts_of(inside, set(inside) - taken, (), around)
        first = len(graph.groups)
        for each in found:
            yield place, each.groups, [graph.nodes[node - first].id for node in each.between]


def _around(group: int, graph: Graph, places: Mapping[str, int]) -> int:
    """Return the container that a group is right within; the root has none."""
    parent = graph.groups[group].parent
    return (
        NO_GROUP if parent == NO_GROUP else places.get(item_id(graph.groups[parent].id), NO_GROUP)
    )


def _surroundings(
    base: Outline,
    places: Mapping[str, int],
    index: Mapping[str, int],
    of_node: Mapping[str, int],
) -> dict[int, Surroundings]:
    """Return for each container which of the items right within it feed which, leaves left out."""
    around = [places.get(frame.around, NO_GROUP) for frame in base.frames]
    item = [index[group_id(frame.id) or ""] for frame in base.frames]
    above: dict[int, list[int]] = {NO_GROUP: []}
    for place, outer in enumerate(around):
        above[place] = [*above[outer], place]
    graph, first = base.graph, len(index)
    number = {node.id: first + place for place, node in enumerate(graph.nodes)}
    found: dict[int, Surroundings] = {}
    after: dict[int, dict[int, set[int]]] = {}
    before: dict[int, dict[int, set[int]]] = {}
    for edge in graph.edges:
        if graph.node[edge.source].kind == "leaf":
            continue
        one, other = above[of_node[edge.source]], above[of_node[edge.target]]
        same = 0
        while same < min(len(one), len(other)) and one[same] == other[same]:
            same += 1
        common = one[same - 1] if same else NO_GROUP
        source = item[one[same]] if same < len(one) else number[edge.source]
        target = item[other[same]] if same < len(other) else number[edge.target]
        after.setdefault(common, {}).setdefault(source, set()).add(target)
        before.setdefault(common, {}).setdefault(target, set()).add(source)
    loose: dict[int, set[int]] = {}
    for node in graph.nodes:
        if node.kind != "leaf":
            loose.setdefault(of_node[node.id], set()).add(number[node.id])
    for place in after:
        found[place] = Surroundings(after[place], before[place], loose.get(place, set()))
    return found
