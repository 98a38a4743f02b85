"""The answer to a question for a landscape: at once where it is quick, else part by part."""

import math
import time
from typing import Final

import numpy as np
import torch

from gradviz.core.errors import RecordingError
from gradviz.core.graphs.tensors import Array
from gradviz.core.landscapes.entries import ModelNumber
from gradviz.core.landscapes.landscape import MOST_CELLS, Landscape
from gradviz.core.language.saying import tr, tr_n
from gradviz.engine.inspection.answers import Inspected, Parts, answers
from gradviz.engine.inspection.landscape.surface import Surface
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.replay import Replay
from gradviz.protocol.questions import LandscapeAdvanced, LandscapeMapped, MapLandscape

#: After so long the engine has an ear for commands between two parts.
_PATIENCE_S: Final = 0.15
#: It works on for so long at a time, and tells its progress so often.
_PART_S, _TELLING_S = 0.01, 0.1


@answers(MapLandscape)
def mapped(question: MapLandscape, inspected: Inspected) -> LandscapeMapped | Parts:
    """Compute the values of the grid."""
    work = _Work(question, inspected)
    if work.go_on(_PATIENCE_S):
        return LandscapeMapped(work.landscape())
    return _parts(work, inspected)


def _parts(work: "_Work", inspected: Inspected) -> Parts:
    told = 0.0
    while not work.go_on(_PART_S):
        if not inspected.is_current():
            raise RecordingError(tr("The numbers have changed meanwhile."), tr("Ask for it anew."))
        due = time.perf_counter() >= told + _TELLING_S
        told = time.perf_counter() if due else told
        yield LandscapeAdvanced(done=work.done, total=work.total) if due else None
    return LandscapeMapped(work.landscape())


class _Work:
    """One landscape while it is computed."""

    def __init__(self, question: MapLandscape, inspected: Inspected) -> None:
        self._replay, self._recording = inspected.replay, inspected.recording
        self._entries = _entries(question, self._replay)
        graph, trace = self._recording.graph, self._recording.trace
        largest = max(math.prod(node.shape) for node in graph.nodes)
        surface = self._surface = Surface(self._replay, trace.at_step, self._entries, largest)
        self._x = surface.values_of(0, *_range(question.across_range), _count(question.columns))
        self._y = surface.values_of(1, *_range(question.up_range), _count(question.rows))
        self._point = surface.point
        self._values = np.full((len(self._y), len(self._x)), np.nan)
        self._blocks = surface.blocks(self._x, self._y)
        self.done, self.total = 0, self._values.size
        self._seconds = 0.0

    def go_on(self, budget_s: float) -> bool:
        """Compute for about that long; tell whether all is done."""
        began = time.perf_counter()
        with self._surface.undisturbed():
            for rows, columns, values in self._blocks:
                self._values[rows, columns] = values.double().cpu().numpy()
                self.done += values.numel()
                if time.perf_counter() >= began + budget_s:
                    break
        self._seconds += time.perf_counter() - began
        return self.done >= self.total

    def landscape(self) -> Landscape:
        """Return the finished landscape."""
        numbers = self._replay.entry_values()
        graph = self._recording.graph
        value = self._recording.tensors.values.get(graph.output)
        return Landscape(
            across=self._entries[0].name,
            up=self._entries[1].name if len(self._entries) > 1 else "",
            x=Array.of(self._x.double().cpu().numpy()),
            y=Array.of(self._y.double().cpu().numpy()),
            values=Array.of(self._values),
            entries=Array.of(numbers.numpy()) if len(numbers) else None,
            step=self._recording.trace.at_step,
            point=self._point,
            value=float(value.item()) if value is not None and graph.order == 1 else math.nan,
            gradient=tuple(_slope(self._recording, each) for each in self._entries),
            seconds=self._seconds,
        )


def _entries(question: MapLandscape, replay: Replay) -> tuple[ModelNumber, ...]:
    names = (question.across, question.up) if question.up else (question.across,)
    if len(set(names)) < len(names):
        raise RecordingError(
            tr("{name} cannot be on both axes.", name=question.up), tr("Choose another number.")
        )
    found: list[ModelNumber] = []
    for name in names:
        entry = replay.entry(name)
        if entry is None:
            raise RecordingError(
                tr("The model has no number {name!r}.", name=name[:40]),
                tr("Choose one of the list, or name it as w[0] or 0.weight[1, 2]."),
            )
        found.append(entry)
    if any(each.is_meta for each in replay.parameters.values()):
        raise RecordingError(tr("On the meta device there are no numbers."), tr("Choose cpu."))
    return tuple(found)


def _range(wanted: tuple[float, float]) -> tuple[float, float]:
    low, high = wanted
    if not (math.isfinite(low) and math.isfinite(high) and low <= high):
        raise RecordingError(
            tr("The range of a landscape goes from a finite number to a larger one."),
            tr("Zoom out."),
        )
    return low, high


def _count(wanted: int) -> int:
    if not 1 <= wanted <= MOST_CELLS:
        raise RecordingError(
            tr_n(
                "{count} values along an axis cannot be computed.",
                "{count} value along an axis cannot be computed.",
                wanted,
            ),
            tr("Use 1 to {most}.", most=MOST_CELLS),
        )
    return wanted


def _slope(recording: Recording, entry: ModelNumber) -> float | None:
    """Return the derivative by a number as the backward pass of the recording left it."""
    if recording.graph.order > 1:
        return None
    for node in recording.graph.nodes:
        gradient = recording.tensors.gradients.get(node.id)
        if node.op == entry.leaf and gradient is not None and gradient.layout == torch.strided:
            return float(gradient.detach().reshape(-1)[entry.index].item())
    return None
