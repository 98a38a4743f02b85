"""The operations that change nothing but the shape of a tensor or select a part of it."""

from typing import Final

import numpy as np

from gradviz.core.graphs.ends import NodeNumbers
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.shown.states import OUTSIDE, States

#: By the name of the forward operation, as in `Node.op`.
SHAPE_OPERATIONS: Final = frozenset(
    {
        "Alias", "AsStrided", "BroadcastTo", "Contiguous", "Detach", "Diagonal", "Expand",
        "Flatten", "Movedim", "Mt", "Narrow", "Permute", "Reshape", "ReshapeAlias", "Select",
        "Slice", "Split", "SplitWithSizes", "Squeeze", "Swapaxes", "T", "Transpose", "Unbind",
        "Unflatten", "Unfold", "UnsafeSplit", "UnsafeSplitWithSizes", "UnsafeView", "Unsqueeze",
        "View", "ViewAs",
    }
)  # fmt: skip


def only_reshapes(op: str) -> bool:
    """Tell whether a forward operation, `View` or `View (2)`, computes nothing."""
    return op in SHAPE_OPERATIONS


def without_views(graph: Graph, states: States, of: NodeNumbers) -> NodeNumbers:
    """Return the items in which a node that only reshapes is a part of the one that feeds it.

    Its edges then run from that one: nothing is left of it. The output stays.
    """
    found, first = of.copy(), len(graph.groups)
    feeding = np.full(len(graph.nodes), OUTSIDE)
    feeding[graph.ends.targets] = graph.ends.sources
    feeding[np.bincount(graph.ends.targets, minlength=len(graph.nodes)) != 1] = OUTSIDE
    left_out = {
        place
        for place in np.flatnonzero((of >= first) & (feeding != OUTSIDE)).tolist()
        if of[place] == first + place
        if only_reshapes(graph.nodes[place].op) and graph.nodes[place].id != graph.output
    }
    for place in left_out:
        source = place
        while source in left_out:
            source = int(feeding[source])
        item = int(found[source])
        is_shared = graph.nodes[source].id in graph.shared_leaves and item != first + source
        if item != OUTSIDE and not is_shared and not (item < first and states.is_frame(item)):
            found[place] = item
    return found
