"""The timeline of a recording: forward steps, the turn, backward steps; a cursor stands on it.

The turn is at 0: every value is there and no gradient yet. From there the cursor counts backward
steps up and forward steps down: with n forward steps it is -n - 1 before any of them, -n after
the first, and -1 after the last, which gives the output.
"""

from collections.abc import Iterable

import msgspec

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Trace

TURN = 0


class ForwardStep(msgspec.Struct, frozen=True):
    """One node's turn in the forward pass: the edges that fed it, and what it gave if known."""

    node: str
    edges: tuple[str, ...]
    value: TensorSummary | None


def forward_steps(graph: Graph, trace: Trace) -> tuple[ForwardStep, ...]:
    """Return the forward pass of a recording, the leaves first."""
    return tuple(
        ForwardStep(node, tuple(edge.id for edge in graph.edges_into[node]), graph.node[node].value)
        for node in trace.forward
    )


def first_cursor(trace: Trace | None) -> int:
    """Return where the timeline begins; at the turn where no forward step is known."""
    return -len(trace.forward) - 1 if trace is not None and trace.forward else TURN


def last_cursor(trace: Trace | None) -> int:
    """Return where the timeline ends: after the last backward step."""
    return len(trace.steps) if trace is not None else TURN


def on_timeline(trace: Trace | None, cursor: int) -> int:
    """Return the place on the timeline that is nearest to `cursor`."""
    return max(first_cursor(trace), min(cursor, last_cursor(trace)))


def forward_done(trace: Trace | None, cursor: int) -> int:
    """Return how many forward steps have been taken."""
    if trace is None:
        return 0
    return len(trace.forward) if cursor >= TURN else max(0, cursor - first_cursor(trace))


def forward_now(trace: Trace | None, cursor: int) -> str | None:
    """Return the node whose forward step has just been taken; None at the turn and after it."""
    done = forward_done(trace, cursor)
    return trace.forward[done - 1] if trace is not None and cursor < TURN and done else None


def still_to_come(trace: Trace | None, cursor: int) -> frozenset[str]:
    """Return the nodes that have not had their forward step."""
    if trace is None or cursor >= TURN:
        return frozenset()
    return frozenset(trace.forward[forward_done(trace, cursor) :])


def cursor_at(trace: Trace, node: str, *, forward: bool) -> int | None:
    """Return where `node` has just had its forward or its backward step; None if it has none."""
    if forward:
        return _place(trace.forward, node, first_cursor(trace) + 1)
    return _place((step.node for step in trace.steps), node, 1)


def backward_turn(trace: Trace | None, node: str, cursor: int) -> int | None:
    """Return the place in the trace's steps of a node's newest turn at `cursor`.

    Before the first of its turns it is that one; None if the node has none.
    """
    turns = trace.turns_of(node) if trace is not None else ()
    taken = [place for place in turns if place < cursor]
    return taken[-1] if taken else next(iter(turns), None)


def _place(nodes: Iterable[str], node: str, first: int) -> int | None:
    return next((place for place, each in enumerate(nodes, start=first) if each == node), None)
