"""The first picture of a graph: open as deep as it can be read at once."""

from collections.abc import Callable
from typing import Final

import msgspec

from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.outline import Outline, outline_of
from gradviz.core.graphs.placement import Size
from gradviz.core.graphs.shown.estimate import estimated_size
from gradviz.core.graphs.shown.opening import closed_boxes, opened_all
from gradviz.core.graphs.shown.readable import CANVAS, LEAST_SCALE
from gradviz.core.graphs.shown.shape_operations import only_reshapes
from gradviz.core.graphs.shown.showing import Showing

#: A picture of more boxes is not readable, however small they are.
MOST_BOXES: Final = 60
#: So many kinds of groups of a level that does not fit as a whole are tried one by one.
_TRIED = 12
_DEEPEST = 12
#: A picture may become so much larger than it is estimated.
_ROOM = 1.08

BoxMeasure = Callable[[Node], Size]


def first_picture(graph: Graph, measure: BoxMeasure, showing: Showing | None = None) -> Showing:
    """Return what is shown of `graph` at first.

    Groups are opened breadth first, as long as there are at most about `MOST_BOXES` boxes and the
    picture fits the canvas with labels that can be read. One with a single node within is not
    worth a frame, except where everything fits.

    Args:
        graph: The true graph.
        measure: The width and height of the box of a node or closed group, in pixels.
        showing: The choice of everything else, such as the root; its open groups are closed.
    """
    showing = msgspec.structs.replace(showing or Showing(), opened=frozenset(), spread=frozenset())
    if not graph.groups:
        return showing
    if len(graph.nodes) <= MOST_BOXES:
        whole = opened_all(graph, showing)
        if _is_readable(outline_of(graph, whole), measure):
            return whole
        if showing.parameters is None:
            # What does not fit with its parameters may fit without.
            showing = msgspec.structs.replace(showing, parameters=False)
            whole = opened_all(graph, showing)
            if _is_readable(outline_of(graph, whole), measure):
                return whole
    outline = outline_of(graph, showing)
    for _ in range(_DEEPEST):
        worth = _worth_opening(graph, outline)
        if not worth:
            break
        deeper = _opened(showing, worth)
        found = outline_of(graph, deeper)
        # A single box says nothing: what is in it is shown even where there is no room for all.
        alone = len(outline.graph.nodes) == 1 and len(found.graph.nodes) <= MOST_BOXES
        if not alone and not _is_readable(found, measure):
            return _kind_by_kind(graph, showing, worth, measure)
        showing, outline = deeper, found
    return showing


def _worth_opening(graph: Graph, outline: Outline) -> list[str]:
    """Return the closed groups that are shown by themselves and have several things within."""
    groups = graph.grouping
    return [group for group in closed_boxes(outline) if _has_several(graph, groups.index[group])]


def _has_several(graph: Graph, group: int) -> bool:
    """Tell whether there is more to see in a group, or in the only one in it, than one operation.

    An operation that only reshapes, as a linear layer's on its weight, does not count.
    """
    groups = graph.grouping
    while True:
        nodes = (graph.nodes[place] for place in groups.own_nodes[group])
        counted = sum(node.kind != "leaf" and not only_reshapes(node.op) for node in nodes)
        if len(groups.children[group]) != 1 or counted:
            return len(groups.children[group]) + counted > 1
        group = groups.children[group][0]


def _kind_by_kind(
    graph: Graph, showing: Showing, groups: list[str], measure: BoxMeasure
) -> Showing:
    """Return it with those groups open with which it stays readable; equal ones all or none."""
    alike: dict[int, list[str]] = {}
    for group in groups:
        alike.setdefault(graph.likeness[graph.grouping.index[group]], []).append(group)
    for some in list(alike.values())[:_TRIED]:
        deeper = _opened(showing, some)
        if _is_readable(outline_of(graph, deeper), measure):
            showing = deeper
    return showing


def _opened(showing: Showing, groups: list[str]) -> Showing:
    return msgspec.structs.replace(showing, opened=showing.opened.union(groups))


def _is_readable(outline: Outline, measure: BoxMeasure) -> bool:
    if len(outline.graph.nodes) > MOST_BOXES:
        return False
    width, height = (_ROOM * side for side in estimated_size(outline, measure))
    return width * LEAST_SCALE <= CANVAS[0] and height * LEAST_SCALE <= CANVAS[1]
