"""Leaves checked within a limit of time: together, and one by one as far as the time allows."""

import math
import time
from collections.abc import Generator
from typing import Final

from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.engine.inspection.checks.differences import LEAF
from gradviz.engine.inspection.checks.nodes import (
    Found,
    leaf_differences,
    node_differences,
    unchecked,
)
from gradviz.engine.inspection.checks.passes import HighPrecisionReplay
from gradviz.engine.inspection.checks.recorded_gradients import gradients_of
from gradviz.engine.inspection.checks.together import Together, together
from gradviz.engine.recording.recording import Recording

#: Two steps to either side, of each direction.
_PASSES: Final = 4
_TOO_LONG: Final = marked(
    "To move it by itself takes longer than the limit of time, and among all leaves its part of "
    "the slope is too small to be seen: check it by its name, or without a limit."
)
_TOO_LATE: Final = marked(
    "The limit of time was over: check this node by its id, or without a limit."
)


class Sampling:
    """The findings of finite differences at the nodes, as far as `ends` allows.

    Attributes:
        told: How the limit of time is kept; empty where it does not matter.
    """

    def __init__(
        self,
        replay: HighPrecisionReplay,
        recording: Recording,
        ends: float,
        found: Together,
        told: str = "",
    ) -> None:
        self.told = told
        self._replay, self._recording = replay, recording
        self._ends = math.inf if found.differs else ends
        self._together = found

    def findings(self, node: str) -> Found:
        """Return the findings of finite differences at a node."""
        if self._recording.graph.node[node].kind != "leaf":
            return (yield from self._between(node))
        if node in self._together.findings:
            return [self._together.findings[node]]
        took = _seconds(self._replay, self._recording, node)
        if took and time.monotonic() + took > self._ends:
            return [unchecked("gradient", 0, tr(_TOO_LONG))]
        return (yield from leaf_differences(self._replay, self._recording, node))

    def _between(self, node: str) -> Found:
        if time.monotonic() > self._ends:
            return [unchecked("grad_output", 0, tr(_TOO_LATE))]
        return (yield from node_differences(self._replay, self._recording, node))


def sampled(
    replay: HighPrecisionReplay, recording: Recording, nodes: tuple[str, ...], ends: float
) -> Generator[None, None, Sampling]:
    """Return the sampling of the leaves: together first where one by one takes too long.

    Args:
        replay: The pass to run again.
        recording: The pass that is checked.
        nodes: The nodes that are checked, leaves and others.
        ends: When the checks are to be done, by time.monotonic(); infinite without a limit.
    """
    leaves = [node for node in nodes if recording.graph.node[node].kind == "leaf"]
    needed = sum(_seconds(replay, recording, node) for node in leaves)
    if time.monotonic() + needed <= ends:
        return Sampling(replay, recording, ends, Together({}))
    found = yield from together(replay, recording, leaves, ends)
    return Sampling(replay, recording, ends, found, _told(found, len(leaves), needed))


def _told(found: Together, count: int, needed: float) -> str:
    leaves, time_ = counted(count), _time(needed)
    if found.differs:
        return tr_n(
            "One by one the {leaves} leaves take about {time}. Moved together they differ from "
            "finite differences, so each is checked by itself, beyond the limit of time.",
            "One by one the {leaves} leaf takes about {time}. Moved together they differ from "
            "finite differences, so each is checked by itself, beyond the limit of time.",
            count,
            leaves=leaves,
            time=time_,
        )
    if not found.findings:
        return tr_n(
            "One by one the {leaves} leaves take about {time}: as many are checked as the limit "
            "of time allows.",
            "One by one the {leaves} leaf takes about {time}: as many are checked as the limit "
            "of time allows.",
            count,
            leaves=leaves,
            time=time_,
        )
    return tr_n(
        "One by one the {leaves} leaves take about {time}: {together} are checked together, to "
        "keep the limit of time.",
        "One by one the {leaves} leaf takes about {time}: {together} is checked together, to "
        "keep the limit of time.",
        count,
        leaves=leaves,
        time=time_,
        together=counted(len(found.findings)),
    )


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return tr("{minutes:.0f} minutes", minutes=seconds / 60)


def _seconds(replay: HighPrecisionReplay, recording: Recording, node: str) -> float:
    """Return how long it takes about to move a leaf in each of its directions."""
    if recording.graph.node[node].kind != "leaf" or replay.leaf(node) is None:
        return 0.0
    (recorded,) = gradients_of(recording, node, "gradient")
    elements = recorded.numel() if recorded is not None else 0
    count = elements if elements <= LEAF.each else LEAF.directions + LEAF.elements
    return _PASSES * count * replay.pass_s
