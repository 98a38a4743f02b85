"""The progress of a recorded pass through the nodes of a group, and along a bundle of edges."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gradviz.core.graphs.graph import Edge
from gradviz.core.graphs.recorded_places import RecordedPlaces
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.language.saying import tr_n
from gradviz.render.numbers import gradient_text
from gradviz.render.picture import EdgeState, EdgeView, NodeState


class Reached(NamedTuple):
    """How far a pass is with a group: its state, the steps taken, all of them, the gradient."""

    state: NodeState
    taken: int
    total: int
    leaving: float | None = None


#: All values are there, and no gradient.
AT_TURN = Reached("idle", 0, 0)


class GroupWalk:
    """The steps of the nodes of one group; each question is a search."""

    def __init__(
        self, nodes: Sequence[str], leaving: Iterable[Edge], places: RecordedPlaces
    ) -> None:
        self._nodes = frozenset(nodes)
        executions, forward = places.executions, places.forward
        self._backward = sorted(executions[node][0] for node in nodes if node in executions)
        self._forward = sorted(forward[node] for node in nodes if node in forward)
        sent = [found for edge in leaving if (found := sending(edge, places)) is not None]
        #: The step after which all that leaves is known; never where nothing does.
        self._known_at = max((place for place, _ in sent), default=None)
        norms = [_size(gradient) for _, gradient in sent]
        known = [norm for norm in norms if norm is not None]
        self._norm = math.hypot(*known) if known and len(known) == len(norms) else None

    def backward(self, cursor: int, now: str | None) -> Reached:
        """Return the progress after `cursor` backward steps, the last of them that of `now`."""
        taken, total = bisect_left(self._backward, cursor), len(self._backward)
        done = 0 < total == taken
        state: NodeState = "now" if now in self._nodes else "done" if done else "idle"
        known = self._known_at is not None and self._known_at < cursor
        # Nothing is counted before the first step, as at the turn.
        return Reached(state, taken, total if taken else 0, self._norm if known else None)

    def forward(self, done: int, now: str | None) -> Reached:
        """Return the progress after `done` forward steps, the last of them that of `now`."""
        taken, total = bisect_left(self._forward, done), len(self._forward)
        if now in self._nodes:
            return Reached("now", taken, total)
        return Reached("coming", taken, total if taken else 0) if taken < total else AT_TURN


class BundleWalk:
    """The gradients that run along the true edges of one edge of an outline."""

    def __init__(self, bundle: str, edges: Sequence[Edge], places: RecordedPlaces) -> None:
        self._bundle = bundle
        self._count = len(edges)
        self._targets = frozenset(edge.target for edge in edges)
        self._arrivals: dict[int, list[tuple[int, TensorSummary]]] = {}
        sends: list[int] = []
        receives: list[int] = []
        for edge in edges:
            sent = sending(edge, places)
            if sent is None:
                continue
            sends.append(sent[0])
            received = places.executions.get(edge.source, ())
            receives += received[:1]
            for place in received:
                self._arrivals.setdefault(place, []).append(sent)
        self._sends, self._receives = sorted(sends), sorted(receives)

    def backward(self, cursor: int) -> EdgeView:
        """Return the view of the edge after `cursor` backward steps."""
        sent = bisect_left(self._sends, cursor)
        if not sent:
            return EdgeView(self._bundle, count=self._count)
        arriving = [
            gradient for place, gradient in self._arrivals.get(cursor - 1, ()) if place < cursor
        ]
        if arriving:
            several = tr_n("{count} gradients", "{count} gradient", len(arriving))
            text = gradient_text(arriving[0]) if len(arriving) == 1 else several
            return EdgeView(self._bundle, "now", text, self._count)
        received = bisect_left(self._receives, cursor)
        state: EdgeState = "done" if received >= sent == len(self._sends) else "waiting"
        if self._sends[sent - 1] == cursor - 1:
            state = "sent"
        return EdgeView(self._bundle, state, count=self._count)

    def forward(self, now: str | None) -> EdgeView:
        """Return the view of the edge in the forward pass."""
        state: EdgeState = "fed" if now in self._targets else "idle"
        return EdgeView(self._bundle, state, count=self._count)


def sending(edge: Edge, places: RecordedPlaces) -> tuple[int, TensorSummary] | None:
    """Return the step that sends a gradient along `edge` and that gradient; None if none does."""
    executions = places.executions.get(edge.target, ())
    if not executions:
        return None
    sent = places.steps[executions[-1]].grad_inputs
    gradient = sent[edge.slot] if edge.slot < len(sent) else None
    return None if gradient is None else (executions[0], gradient)


def _size(tensor: TensorSummary) -> float | None:
    return abs(tensor.scalar) if tensor.scalar is not None else tensor.norm
