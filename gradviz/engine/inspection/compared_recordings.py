"""The comparison of two recordings, tensor by tensor: from true elements, in pieces."""

import math
import time
from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import torch

from gradviz.core.errors import RecordingError
from gradviz.core.findings.changes import (
    MOST_LISTED,
    Changes,
    TensorDifference,
    came_and_went,
    most_first,
    settings_changed,
    shape_changed,
)
from gradviz.core.graphs.matching import Pairs, matching_in_pieces
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Step
from gradviz.core.language.saying import tr
from gradviz.engine.inspection.answers import Inspected, Parts, answers
from gradviz.engine.inspection.kept_recording import KeptRecording, as_recorded
from gradviz.engine.recording.recording import Recording
from gradviz.engine.tensors.summary import summarize
from gradviz.protocol.questions import CompareWithKept, ComparisonAdvanced, RecordingsCompared

T = TypeVar("T")

#: So many elements are subtracted at a time: no copy of a whole large tensor is made.
_CHUNK = 1 << 20
#: A slice of the comparison has so many tensors; other work runs between two of them.
_SLICE = 64
_PATIENCE_S = 0.25


@answers(CompareWithKept)
def compared(_: CompareWithKept, inspected: Inspected) -> Parts:
    """Return the differences between the kept recording and the one that is asked about.

    The progress of a comparison that takes longer than `_PATIENCE_S` is reported in between.

    Raises:
        RecordingError: no recording is kept.
    """
    if inspected.kept is None:
        raise RecordingError(tr("No recording is kept to compare with."), tr("Keep one first."))
    return compared_in_pieces(inspected.kept, inspected.recording)


def compared_in_pieces(kept: KeptRecording, recording: Recording) -> Parts:
    """Yield the progress of the comparison, or None where other work may run."""
    pairs = yield from matching_in_pieces(kept.told.graph, recording.graph)
    layers = _Layers(kept, recording, pairs)
    told = time.perf_counter()
    for _ in layers.work():
        if time.perf_counter() - told < _PATIENCE_S:
            yield None
            continue
        told = time.perf_counter()
        yield ComparisonAdvanced(done=layers.done, total=len(pairs))
    return RecordingsCompared(layers.changes())


class _Part(NamedTuple):
    """One tensor of a node in both recordings; `listed` if its difference is shown, not counted."""

    title: str
    listed: bool
    old: torch.Tensor | None
    new: torch.Tensor | None
    old_summary: TensorSummary | None
    new_summary: TensorSummary | None


class _Layers:
    """The comparison as far as it has come."""

    def __init__(self, kept: KeptRecording, recording: Recording, pairs: Pairs) -> None:
        self._before, self._after = kept.told.graph, recording.graph
        self._kept, self._recording = kept, recording
        self._pairs = pairs
        #: How many pairs of nodes have been compared.
        self.done = 0
        self._old_steps = {step.node: step for step in kept.told.trace.steps}
        self._new_steps = {step.node: step for step in recording.trace.steps}
        self._found: list[TensorDifference] = []
        self._nodes: set[str] = set()
        self._compared = self._other = self._unknown = 0

    def work(self) -> Iterator[None]:
        """Compare all pairs of nodes, and yield where other work may run."""
        done = 0
        for before, after in self._pairs.items():
            for change in settings_changed(self._before.node[before], self._after.node[after]):
                self._found.append(change)
                self._nodes.add(after)
            for part in self._parts(before, after):
                yield from self._compare(before, after, part)
                done += 1
                if done % _SLICE == 0:
                    yield None
            self.done += 1

    def changes(self) -> Changes:
        """Return the changes that were found."""
        came, went = came_and_went(self._before, self._after, self._pairs)
        return Changes(
            came=came,
            went=went,
            changed=tuple(most_first(self._found)[:MOST_LISTED]),
            changed_nodes=frozenset(self._nodes),
            count=len(self._found),
            compared=self._compared,
            other_kinds=self._other,
            unknown=self._unknown,
        )

    def _parts(self, before: str, after: str) -> Iterator[_Part]:
        old, new = self._kept.tensors, self._recording.tensors
        old_node, new_node = self._before.node[before], self._after.node[after]
        yield _Part(
            tr("value"),
            True,
            old.values.get(before),
            new.values.get(after),
            old_node.value,
            new_node.value,
        )
        if new_node.kind == "leaf":
            yield _Part(
                tr("gradient"),
                True,
                old.gradients.get(before),
                new.gradients.get(after),
                self._kept.told.trace.leaf_grads.get(before),
                self._recording.trace.leaf_grads.get(after),
            )
            return
        yield from self._passed(before, after)
        old_saved = {each.name: each.tensor for each in old_node.saved}
        for each in new_node.saved:
            if each.tensor is not None or old_saved.get(each.name) is not None:
                yield _Part(
                    tr("saved {name}", name=each.name),
                    False,
                    old.saved.get(before, {}).get(each.name),
                    new.saved.get(after, {}).get(each.name),
                    old_saved.get(each.name),
                    each.tensor,
                )

    def _passed(self, before: str, after: str) -> Iterator[_Part]:
        """Yield the upstream gradients of an operation, which are listed, and those it sent on."""
        old, new = self._kept.tensors, self._recording.tensors
        sides = (
            (tr("gradient"), True, old.grad_outputs, new.grad_outputs),
            (tr("gradient sent on"), False, old.grad_inputs, new.grad_inputs),
        )
        for title, listed, had_all, has_all in sides:
            had_told = self._told(self._old_steps.get(before), listed)
            has_told = self._told(self._new_steps.get(after), listed)
            had, has = had_all.get(before, ()), has_all.get(after, ())
            count = max(len(had_told), len(has_told))
            for index in range(count):
                yield _Part(
                    title
                    if count == 1
                    else tr("{gradient}, output {index}", gradient=title, index=index),
                    listed,
                    _at(had, index),
                    _at(has, index),
                    _at(had_told, index),
                    _at(has_told, index),
                )

    @staticmethod
    def _told(step: Step | None, arrived: bool) -> tuple[TensorSummary | None, ...]:
        if step is None:
            return ()
        return step.grad_outputs if arrived else step.grad_inputs

    def _compare(self, before: str, after: str, part: _Part) -> Iterator[None]:
        old, new = part.old_summary, part.new_summary
        if old is None and new is None:
            return
        if old is None or new is None:
            told = tr("there was none") if old is None else tr("there is none any more")
            self._add(part, before, after, None, told)
            return
        shape = shape_changed(after, before, part.title, old, new)
        if shape is not None:
            self._add(part, before, after, None, shape.told)
            return
        if (old.dtype, old.device) != (new.dtype, new.device):
            told = tr(
                "{old_dtype} on {old_device} → {new_dtype} on {new_device}",
                old_dtype=old.dtype,
                old_device=old.device,
                new_dtype=new.dtype,
                new_device=new.device,
            )
            self._add(part, before, after, _of_values(old, new), told)
            return
        there = self._there(part)
        if there is None:
            self._by_summaries(before, after, part)
            return
        self._compared += 1
        # Where the statistics differ the bits do, which needs no reading.
        if old.norm != new.norm or not _same_bits(*there):
            difference = (yield from _difference(*there)) if part.listed else None
            self._add(part, before, after, difference)

    def _there(self, part: _Part) -> tuple[torch.Tensor, torch.Tensor] | None:
        """Return both tensors; None where one is gone, or has changed since it was recorded."""
        if part.old is None or part.new is None or part.new.device.type == "meta":
            # A tensor on the meta device takes the place of one too large to be recorded.
            return None
        if not as_recorded(part.new, part.new_summary):
            return None
        return part.old, part.new.detach()

    def _by_summaries(self, before: str, after: str, part: _Part) -> None:
        """Compare the summaries of tensors that are gone: those of small ones have every value."""
        old, new = part.old_summary, part.new_summary
        if old is None or new is None:
            return
        if old.values is not None and new.values is not None:
            self._compared += 1
            if repr(old.values) != repr(new.values):
                self._add(part, before, after, _of_values(old, new))
        elif repr(old) != repr(new):
            self._add(part, before, after, None, tr("only statistics are left of one"))
        else:
            self._unknown += 1

    def _add(
        self, part: _Part, before: str, after: str, difference: float | None, told: str = ""
    ) -> None:
        self._nodes.add(after)
        if not part.listed:
            self._other += 1
            return
        self._found.append(
            TensorDifference(
                node=after,
                before=before,
                title=part.title,
                old=part.old_summary,
                new=part.new_summary,
                difference=difference,
                told=told,
            )
        )


def _at(items: Sequence[T | None], index: int) -> T | None:
    return items[index] if index < len(items) else None


def _of_values(old: TensorSummary, new: TensorSummary) -> float | None:
    """Return the difference of tensors whose every value is known; None for others."""
    if old.values is None or new.values is None:
        return None
    apart = [b - a for a, b in zip(old.values, new.values, strict=True)]
    return _finite(apart[0] if len(apart) == 1 else math.hypot(*apart))


def _same_bits(old: torch.Tensor, new: torch.Tensor) -> bool:
    """Tell whether every bit is the same: 0.0 is not −0.0, and one NaN is like another."""
    if old is new:
        return True
    if old.layout != torch.strided or old.is_nested:
        return repr(summarize(old)) == repr(summarize(new)) and bool(torch.equal(old, new))
    one, other = (_bytes(each) for each in (old, new))
    return bool(torch.equal(one, other))


def _bytes(tensor: torch.Tensor) -> torch.Tensor:
    plain = tensor.resolve_conj().resolve_neg().contiguous()
    return plain.reshape(-1).view(torch.uint8)


def _difference(old: torch.Tensor, new: torch.Tensor) -> Generator[None, None, float | None]:
    """Return new minus old of a number, else its norm, in double precision; None if not finite."""
    if old.layout != torch.strided:
        old, new = old.to_dense(), new.to_dense()
    if old.dtype in (torch.float32, torch.float64) and old.is_cpu and 1 < old.numel() <= _CHUNK:
        apart = np.subtract(_plain(new).numpy(), _plain(old).numpy(), dtype=np.float64)
        return _finite(float(np.linalg.norm(apart.reshape(-1))))
    wide = torch.complex128 if old.is_complex() else torch.float64
    old, new = old.reshape(-1), new.reshape(-1)
    if old.numel() == 1 and not old.is_complex():
        return _finite(new.double().item() - old.double().item())
    norm = 0.0
    for start in range(0, old.numel(), _CHUNK):
        pair = (each[start : start + _CHUNK].cpu().to(wide) for each in (old, new))
        one, other = pair
        norm = math.hypot(norm, float(torch.linalg.vector_norm(other - one)))
        if old.numel() > _CHUNK:
            yield None
    return _finite(norm)


def _plain(tensor: torch.Tensor) -> torch.Tensor:
    """Return `tensor` as NumPy reads it: a view that only negates is carried out."""
    return tensor.resolve_neg() if tensor.is_neg() else tensor


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
