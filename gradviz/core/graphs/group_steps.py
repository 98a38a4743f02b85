"""Steps of a walk over, into and out of groups, as places on the timeline."""

from collections.abc import Callable

from gradviz.core.graphs.trace import Trace
from gradviz.core.graphs.walk import TURN, forward_now, last_cursor, on_timeline


def node_at(trace: Trace | None, cursor: int) -> str | None:
    """Return the node of the step that has led to `cursor`; None at the turn and at the start."""
    if trace is None or cursor == TURN:
        return None
    return trace.steps[cursor - 1].node if cursor > TURN else forward_now(trace, cursor)


def step_outside(trace: Trace | None, cursor: int, is_inside: Callable[[str], bool]) -> int:
    """Return the next place whose node is not inside, at the turn or at the end at the latest."""
    last = last_cursor(trace)
    place = on_timeline(trace, cursor) + 1
    while place < last:
        node = node_at(trace, place)
        if node is None or not is_inside(node):
            return place
        place += 1
    return min(place, last)
