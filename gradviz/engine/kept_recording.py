"""A recording kept for comparison, with its own copies of what training changes in place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import torch

from gradviz.core.changes import Kept
from gradviz.core.tensors import TensorSummary
from gradviz.engine.recording import Gradients, Recording, Tensors
from gradviz.engine.run import Run
from gradviz.engine.summary import summarize

#: The tensors that are kept take at most so many bytes; of the largest others the numbers stay.
MEMORY_LIMIT = 512 << 20


@dataclass(frozen=True)
class KeptRecording:
    """The pass, its tensors, and what the window is told of it."""

    told: Kept
    tensors: Tensors


def keep(recording: Recording, run: Run) -> KeptRecording:
    """Return `recording` so that no training and no other model changes it."""
    copies = _Copies(recording)
    tensors = Tensors(
        values=copies.of_each(recording.tensors.values),
        saved={node: copies.of_each(kept) for node, kept in recording.tensors.saved.items()},
        grad_outputs=dict(copies.gradients(recording.tensors.grad_outputs)),
        grad_inputs=dict(copies.gradients(recording.tensors.grad_inputs)),
        gradients=copies.of_each(recording.tensors.gradients),
    )
    told = Kept(
        title=_title(recording, run),
        graph=recording.graph,
        trace=recording.trace,
        left_out=copies.left_out,
    )
    return KeptRecording(told, tensors)


def moved_storages(recording: Recording) -> set[int]:
    """Return the memory of leaves that are not as they were when they were recorded."""
    leaves = (node for node in recording.graph.nodes if node.kind == "leaf")
    moved = set()
    for leaf in leaves:
        value = recording.tensors.values.get(leaf.id)
        if value is not None and not _as_recorded(value, leaf.value):
            moved.add(storage_of(value))
    return moved


def storage_of(tensor: torch.Tensor) -> int:
    """Return where the tensor's memory begins; 0 for what has none of the usual kind."""
    try:
        return tensor.untyped_storage().data_ptr()
    except (RuntimeError, NotImplementedError):
        return 0


def _as_recorded(value: torch.Tensor, summary: TensorSummary | None) -> bool:
    # As texts, because what is not a number equals nothing, not even itself.
    return repr(summarize(value)) == repr(summary)


def _title(recording: Recording, run: Run) -> str:
    """Return what was recorded in a few words: the model, where, and with what seed."""
    order = f", order {recording.graph.order}" if recording.graph.order > 1 else ""
    where = f"step {recording.trace.at_step:,}"
    if run.mode == "point" and run.model.plotted:
        where = f"at x = {run.settings.at:g}"
    return f"{run.settings.source}, {where}, seed {run.settings.seed}{order}"


class _Copies:
    """Copies what lies in the memory of a leaf; everything else stays as it is by itself."""

    def __init__(self, recording: Recording) -> None:
        self.left_out = 0
        self._values = recording.tensors.values
        leaves = [node.id for node in recording.graph.nodes if node.kind == "leaf"]
        self._changing = {storage_of(self._values[leaf]) for leaf in leaves if leaf in self._values}
        self._moved = moved_storages(recording)
        self._made: dict[int, torch.Tensor | None] = {}
        #: What has been taken stays alive here, so that no address is given anew meanwhile.
        self._taken: list[torch.Tensor] = []
        self._counted: set[int] = set()
        self._bytes = 0

    def of_each(self, tensors: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        """Return the copies of those that can be kept."""
        found = {name: self._copy(tensor) for name, tensor in tensors.items()}
        return {name: copy for name, copy in found.items() if copy is not None}

    def gradients(self, by_node: Mapping[str, Gradients]) -> Iterator[tuple[str, Gradients]]:
        """Yield the gradients of each node."""
        for node, gradients in by_node.items():
            yield node, tuple(None if each is None else self._copy(each) for each in gradients)

    def _copy(self, tensor: torch.Tensor) -> torch.Tensor | None:
        if id(tensor) not in self._made:
            self._taken.append(tensor)
            copy = self._made[id(tensor)] = self._taken_as(tensor)
            self.left_out += copy is None
        return self._made[id(tensor)]

    def _taken_as(self, tensor: torch.Tensor) -> torch.Tensor | None:
        storage = storage_of(tensor)
        if storage in self._moved:
            return None
        changing = storage in self._changing
        size = tensor.numel() * tensor.element_size()
        if changing or storage not in self._counted:
            if self._bytes + size > MEMORY_LIMIT:
                return None
            self._bytes += size
            self._counted.add(storage)
        return tensor.detach().clone() if changing else tensor.detach()
