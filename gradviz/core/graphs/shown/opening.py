"""Opening and closing groups: each returns another choice of what is shown."""

from collections.abc import Iterable

import msgspec

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.outline import Outline, folds_by_item
from gradviz.core.graphs.shown.folds import part_heads
from gradviz.core.graphs.shown.showing import Showing, group_id


def opened_all(graph: Graph, showing: Showing, within: str = "") -> Showing:
    """Return it with every group open, or the group `within` and all in it."""
    groups = graph.grouping
    start = groups.index.get(within, NO_GROUP)
    inside = {start}
    for place, group in enumerate(groups.groups):
        if group.parent in inside:
            inside.add(place)
    found = {groups.groups[place].id for place in inside if place != NO_GROUP}
    return _with_opened(showing, found)


def depth(graph: Graph, levels: int, showing: Showing | None = None) -> Showing:
    """Return it with the groups of the first `levels` levels open and all others closed."""
    showing = showing or Showing()
    level = graph.grouping.levels
    root = graph.grouping.index.get(showing.root, NO_GROUP)
    deepest = levels + (level[root] if root != NO_GROUP else 0)
    opened = (each.id for each, at in zip(graph.groups, level, strict=True) if at <= deepest)
    return msgspec.structs.replace(showing, opened=frozenset(opened), spread=frozenset())


def depths(graph: Graph) -> int:
    """Return the number of levels of groups, 0 where there are none."""
    return max(graph.grouping.levels, default=0)


def opened_for(graph: Graph, showing: Showing, *wanted: str) -> Showing:
    """Return it with whatever hides these nodes and groups open; ids that do not exist are passed.

    A group that is in a fold is opened itself, which takes it out of the fold. A root that they
    are not in is left.
    """
    groups, around = graph.grouping, set[int]()
    for each in wanted:
        place = graph.place.get(each)
        own = groups.group_of[place] if place is not None else groups.index.get(each, NO_GROUP)
        above = groups.around(own)
        around.update(above if place is not None else above[:-1])
        if showing.root and groups.index.get(showing.root) not in above:
            showing = msgspec.structs.replace(showing, root="")
    showing = _with_opened(showing, {groups.groups[place].id for place in around})
    chosen = groups.index.keys() & set(wanted)
    if not chosen:
        # To look for the folds of a large graph takes as long as all else.
        return showing
    folded = {each for fold in folds_by_item(graph, showing).values() for each in fold}
    return _with_opened(showing, folded & chosen)


def collapse_others(graph: Graph, showing: Showing, wanted: str) -> Showing:
    """Return it with only those groups open that a node or group is in, and those within it."""
    only = opened_for(graph, msgspec.structs.replace(showing, opened=frozenset()), wanted)
    if wanted not in graph.grouping.index:
        return only
    place = graph.grouping.index[wanted]
    kept = {
        each
        for each in showing.opened
        if place in graph.grouping.around(graph.grouping.index.get(each, NO_GROUP))
    }
    return _with_opened(only, kept)


def with_toggled(graph: Graph, showing: Showing, item: str) -> Showing:
    """Return it with the box of a group or fold opened, or with a frame closed.

    Args:
        graph: The true graph.
        showing: The choice so far.
        item: The id of a box or frame in the outline; nothing happens for a single node.
    """
    group = group_id(item)
    if group in graph.grouping.index and group is not None:
        return msgspec.structs.replace(showing, opened=showing.opened ^ {group})
    fold = folds_by_item(graph, showing).get(item)
    return showing if fold is None else _with_unfolded(graph, showing, fold)


def with_folded(graph: Graph, showing: Showing, group: str) -> Showing:
    """Return it with the equal groups beside this one in a fold again, and closed."""
    groups = graph.grouping
    place = groups.index.get(group, NO_GROUP)
    if place == NO_GROUP:
        return showing
    parent, alike = groups.groups[place].parent, graph.likeness[place]
    siblings = groups.children[parent] if parent != NO_GROUP else groups.top
    name = groups.groups[parent].id if parent != NO_GROUP else ""
    equal = {groups.groups[each].id for each in siblings if graph.likeness[each] == alike}
    return msgspec.structs.replace(
        showing,
        opened=showing.opened - equal,
        unfolded=showing.unfolded - {name},
        spread=showing.spread - {groups.groups[each].id for each in siblings},
    )


def closed_boxes(outline: Outline) -> tuple[str, ...]:
    """Return the ids of the closed groups that are shown by themselves."""
    boxes = (node.id for node in outline.graph.nodes if node.kind == "group")
    return tuple(group for box in boxes if (group := group_id(box)) is not None)


def _with_unfolded(graph: Graph, showing: Showing, fold: tuple[str, ...]) -> Showing:
    groups = graph.grouping
    places = [groups.index[each] for each in fold]
    parent = groups.groups[places[0]].parent
    name = groups.groups[parent].id if parent != NO_GROUP else ""
    if showing.folding and name not in showing.unfolded and _are_equal(graph, places):
        return msgspec.structs.replace(showing, unfolded=showing.unfolded | {name})
    siblings = groups.children[parent] if parent != NO_GROUP else groups.top
    heads = {groups.groups[place].id for place in part_heads(siblings, places)}
    return msgspec.structs.replace(showing, spread=showing.spread | heads)


def _are_equal(graph: Graph, places: Iterable[int]) -> bool:
    return len({graph.likeness[place] for place in places}) == 1


def _with_opened(showing: Showing, groups: Iterable[str]) -> Showing:
    return msgspec.structs.replace(showing, opened=showing.opened | frozenset(groups))


def opened_at_least(graph: Graph, showing: Showing) -> Showing:
    """Return it with the outermost groups open where none is: closed ones alone tell nothing."""
    return showing if showing.opened else depth(graph, 1, showing)
