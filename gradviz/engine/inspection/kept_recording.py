"""A recording kept for comparison, with copies of the tensors that training changes in place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from gradviz.core.choices.orders import place_text
from gradviz.core.findings.changes import Kept
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.language.saying import listed, tr
from gradviz.core.number_text import counted
from gradviz.engine.recording.memory_limit import BYTES_IN_MB
from gradviz.engine.recording.recording import Gradients, Recording, Tensors
from gradviz.engine.tensors.summary import summarize
from gradviz.engine.torch_internals.tensor_memory import counts_changes, storage_id, version_of

if TYPE_CHECKING:
    from gradviz.engine.runs.run import Run


@dataclass(frozen=True)
class KeptRecording:
    """A kept pass as the window gets it, and its tensors."""

    told: Kept
    tensors: Tensors


def keep(recording: Recording, title: str, megabytes: int) -> KeptRecording:
    """Return `recording`, under a title, so that no training and no other model changes it.

    Of tensors that would take more than `megabytes` in all, the summaries stay.
    """
    copies, tensors = _Copies(recording, megabytes * BYTES_IN_MB), recording.tensors
    nodes = recording.graph.node
    told_saved = {
        node.id: {each.name: each.tensor for each in node.saved} for node in recording.graph.nodes
    }
    kept = Tensors(
        values=copies.of_each(
            tensors.values, {node: nodes[node].value for node in tensors.values if node in nodes}
        ),
        saved={
            node: copies.of_each(saved, told_saved.get(node, {}))
            for node, saved in tensors.saved.items()
        },
        grad_outputs=dict(copies.gradients(tensors.grad_outputs)),
        grad_inputs=dict(copies.gradients(tensors.grad_inputs)),
        gradients=copies.of_each(tensors.gradients, recording.trace.leaf_grads),
    )
    told = Kept(
        title=title,
        graph=recording.graph,
        trace=recording.trace,
        left_out=copies.left_out,
    )
    return KeptRecording(told, kept)


def as_recorded(tensor: torch.Tensor, summary: TensorSummary | None) -> bool:
    """Tell whether a tensor has the same values as when `summary` was made of it.

    A tensor that was never changed in place has. One that was may be changed at every step, as
    parameters and running means are.
    """
    if not _changed_in_place(tensor):
        return True
    # As texts, because NaN equals nothing, not even itself.
    return repr(summarize(tensor)) == repr(summary)


def _changed_in_place(tensor: torch.Tensor) -> bool:
    """Tell whether anything may have changed the memory of `tensor` since it was made."""
    if not counts_changes(tensor) or version_of(tensor) > 0:
        return True
    # Changes by NumPy count no version: those of parameters of one number in models by hand.
    return tensor.grad_fn is None and (tensor.requires_grad or tensor.numel() == 1)


def title_of(recording: Recording, run: "Run") -> str:
    """Return a title of a few words: the model, the step or x, the seed and the order."""
    where = tr("step {step}", step=counted(recording.trace.at_step))
    if run.point:
        where = place_text(run.point)
    seed = tr("seed {seed}", seed=run.settings.seed)
    order = [tr("order {order}", order=recording.graph.order)] if recording.graph.order > 1 else []
    return listed([run.settings.source, where, seed, *order])


class _Copies:
    """Copies tensors that may be changed in place, and keeps the others themselves."""

    def __init__(self, recording: Recording, limit: int) -> None:
        self.left_out = 0
        self._limit = limit
        values = recording.tensors.values
        leaves = (node.id for node in recording.graph.nodes if node.kind == "leaf")
        self._changing = {storage_id(values[leaf]) for leaf in leaves if leaf in values}
        self._made: dict[int, torch.Tensor | None] = {}
        #: The tensors that were taken stay alive here, so that no address is given anew meanwhile.
        self._taken: list[torch.Tensor] = []
        self._counted: set[int] = set()
        self._bytes = 0

    def of_each(
        self, tensors: Mapping[str, torch.Tensor], told: Mapping[str, TensorSummary | None]
    ) -> dict[str, torch.Tensor]:
        """Return the copies of those that can be kept, and are as they were `told`."""
        found = {name: self._copy(tensor, told.get(name)) for name, tensor in tensors.items()}
        return {name: copy for name, copy in found.items() if copy is not None}

    def gradients(self, by_node: Mapping[str, Gradients]) -> Iterator[tuple[str, Gradients]]:
        """Yield the gradients of each node; nothing changes these in place."""
        for node, gradients in by_node.items():
            yield node, tuple(None if each is None else self._take(each) for each in gradients)

    def _copy(self, tensor: torch.Tensor, told: TensorSummary | None) -> torch.Tensor | None:
        if id(tensor) not in self._made and not as_recorded(tensor, told):
            self._taken.append(tensor)
            self._made[id(tensor)] = None
            self.left_out += 1
        return self._take(tensor)

    def _take(self, tensor: torch.Tensor) -> torch.Tensor | None:
        if id(tensor) not in self._made:
            self._taken.append(tensor)
            copy = self._made[id(tensor)] = self._within_limit(tensor)
            self.left_out += copy is None
        return self._made[id(tensor)]

    def _within_limit(self, tensor: torch.Tensor) -> torch.Tensor | None:
        if tensor.device.type == "meta":
            # It takes the place of a tensor too large to be recorded.
            return None
        storage = storage_id(tensor)
        changing = storage in self._changing or _changed_in_place(tensor)
        size = tensor.numel() * tensor.element_size()
        if changing or storage not in self._counted:
            if self._bytes + size > self._limit:
                return None
            self._bytes += size
            self._counted.add(storage)
        return tensor.detach().clone() if changing else tensor.detach()
