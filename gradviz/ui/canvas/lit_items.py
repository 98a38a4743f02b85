"""The nodes, boxes and frames that stand on the canvas for items of the graph."""

from collections.abc import Iterable

from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.outline import group_id, item_id
from gradviz.ui.state.window_state import State


def shown_item(state: State, node: str | None) -> str | None:
    """Return the node, box or frame that is drawn for a node; None where nothing is."""
    graph = state.graph
    return None if node is None or graph is None else state.shown.item_of(graph, node)


def shown_items(state: State, items: Iterable[str]) -> frozenset[str]:
    """Return what is drawn of the items: a box stands for all that it hides."""
    graph = state.graph
    outline = state.shown.outline_of(graph) if graph is not None else None
    if graph is None or outline is None:
        return frozenset(items)
    drawn = {frame.id for frame in outline.frames} | outline.graph.node.keys()
    folded = {group: fold for fold, groups in outline.folds.items() for group in groups}
    grouping = graph.grouping
    found = set()
    for item in items:
        group = group_id(item)
        if group is None:
            found.add(outline.item_of.get(item, ""))
            continue
        around = grouping.around(grouping.index.get(group, NO_GROUP))
        ids = (grouping.groups[each].id for each in reversed(around))
        seen = (folded.get(each, item_id(each)) for each in ids)
        found.add(next((each for each in seen if each in drawn), ""))
    return frozenset(found - {""})
