"""The state of each group of a graph as it is shown: open, closed, within a closed one, outside."""

from typing import Final, NamedTuple

import numpy as np

from gradviz.core.graphs.ends import NodeNumbers
from gradviz.core.graphs.groups import NO_GROUP, Grouping
from gradviz.core.graphs.shown.showing import Showing

#: The item of a node that is outside of the root.
OUTSIDE: Final = -1
_OPEN, _UNSEEN = -1, -2


class States(NamedTuple):
    """The states of groups, each by its place.

    Attributes:
        root: The group that is the whole canvas, NO_GROUP for the whole graph.
        closed: The closed group whose box stands for it; less than 0 where it is open or outside.
        frame: The innermost open group around what is right within it, NO_GROUP for the canvas.
    """

    root: int
    closed: list[int]
    frame: list[int]

    @property
    def whole(self) -> bool:
        """Tell whether the whole graph is the canvas."""
        return self.root == NO_GROUP

    def is_open(self, group: int) -> bool:
        """Tell whether a group is a frame or the canvas."""
        return self.closed[group] == _OPEN

    def is_frame(self, group: int) -> bool:
        """Tell whether a group is drawn as a frame."""
        return self.closed[group] == _OPEN and group != self.root

    def frame_of(self, group: int) -> int:
        """Return the frame of the nodes right within a group, or of those in none."""
        return self.frame[group] if group != NO_GROUP else NO_GROUP

    def items_of(self, grouping: Grouping) -> NodeNumbers:
        """Return for each node its item: its closed group, or itself; OUTSIDE if it is not seen."""
        group_of = np.array(grouping.group_of, np.int64)
        # The last one is for nodes that are in no group, whose place is -1.
        closed = np.array([*self.closed, _OPEN if self.whole else _UNSEEN], np.int64)[group_of]
        own = np.arange(len(group_of)) + len(grouping.groups)
        return np.where(closed >= 0, closed, np.where(closed == _OPEN, own, OUTSIDE))


def states_of(grouping: Grouping, showing: Showing) -> States:
    """Return the states of all groups; of a root that does not exist the whole graph is shown."""
    root = grouping.index.get(showing.root, NO_GROUP)
    closed: list[int] = []
    frame: list[int] = []
    for place, group in enumerate(grouping.groups):
        parent = group.parent
        above = closed[parent] if parent != NO_GROUP else _OPEN if root == NO_GROUP else _UNSEEN
        outer = frame[parent] if parent != NO_GROUP else NO_GROUP
        if place == root:
            closed.append(_OPEN)
            frame.append(NO_GROUP)
        elif above != _OPEN:
            closed.append(above)
            frame.append(outer)
        elif group.id in showing.opened:
            closed.append(_OPEN)
            frame.append(place)
        else:
            closed.append(place)
            frame.append(outer)
    return States(root, closed, frame)
