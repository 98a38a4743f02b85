"""Zeros and non-finite numbers, counted: the health of a pass needs them beside its norms."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import torch

from gradviz.core.findings.health import Counts
from gradviz.core.findings.non_finite import first_non_finite
from gradviz.engine.inspection.answers import Inspected, answers
from gradviz.engine.inspection.sources import made_by
from gradviz.engine.inspection.timing import timed
from gradviz.engine.recording.recording import Recording, Tensors
from gradviz.engine.torch_internals.tensor_memory import has_values
from gradviz.protocol.questions import CountElements, ElementsCounted, PassTimed, TimePass


class _Found(NamedTuple):
    """The counts of elements, zeros and non-finite numbers in one or several tensors."""

    elements: int = 0
    zeros: int = 0
    nan: int = 0
    infinite: int = 0


@answers(TimePass)
def pass_timed(_: TimePass, inspected: Inspected) -> PassTimed:
    """Time a pass of the model with the weights of this moment."""
    recording = inspected.recording
    return PassTimed(timed(inspected.replay, recording.graph, recording.trace.at_step))


@answers(CountElements)
def elements_counted(_: CountElements, inspected: Inspected) -> ElementsCounted:
    """Count the elements of the recording, and find the line of the first non-finite number.

    The line needs the pass once more: it is empty where that cannot be run again.
    """
    recording, replay = inspected.recording, inspected.replayed_by
    origin = first_non_finite(recording.graph, recording.trace)
    return ElementsCounted(
        counts=counted(recording),
        line=made_by(replay, recording, origin.node) if origin and replay else "",
    )


def counted(recording: Recording) -> tuple[Counts, ...]:
    """Return the counts in the gradient and the value of each node that has a tensor."""
    counter = _Counter()
    return tuple(_counts(recording, counter))


def _counts(recording: Recording, counter: "_Counter") -> Iterator[Counts]:
    tensors = recording.tensors
    for node in recording.graph.nodes:
        value = tensors.values.get(node.id)
        gradients = _gradients(tensors, node.id)
        if value is None and not gradients:
            continue
        gradient = counter.together(gradients)
        forward = counter.together(() if value is None else (value,))
        yield Counts(
            node=node.id,
            elements=gradient.elements,
            zeros=gradient.zeros,
            nan=gradient.nan,
            infinite=gradient.infinite,
            value_nan=forward.nan,
            value_infinite=forward.infinite,
        )


def _gradients(tensors: Tensors, node: str) -> tuple[torch.Tensor, ...]:
    """Return a leaf's sum, or the gradients that an operation sent on, or else those it got."""
    if node in tensors.gradients:
        return (tensors.gradients[node],)
    for gradients in (tensors.grad_inputs.get(node, ()), tensors.grad_outputs.get(node, ())):
        found = tuple(each for each in gradients if each is not None)
        if found:
            return found
    return ()


class _Counter:
    """Counts a tensor once, however often it is met: addition passes on the very same one."""

    def __init__(self) -> None:
        self._known: dict[int, _Found] = {}

    def together(self, tensors: Iterable[torch.Tensor]) -> _Found:
        """Return the counts of all of `tensors` together."""
        parts = [self._of(tensor) for tensor in tensors]
        return parts[0] if len(parts) == 1 else _Found(*map(sum, zip(*parts, strict=True)))

    def _of(self, tensor: torch.Tensor) -> _Found:
        known = self._known.get(id(tensor))
        if known is None:
            known = self._known[id(tensor)] = _found(tensor.detach())
        return known


def _found(tensor: torch.Tensor) -> _Found:
    if not has_values(tensor) or not tensor.numel():
        return _Found()
    elements = tensor.numel()
    if tensor.dtype is torch.float32 and tensor.device.type == "cpu" and _is_plain(tensor):
        # NumPy is several times as fast for the many small ones.
        array = tensor.numpy()
        zeros = elements - int(np.count_nonzero(array))
        if np.isfinite(array).all():
            return _Found(elements, zeros)
        return _Found(elements, zeros, int(np.isnan(array).sum()), int(np.isinf(array).sum()))
    stored = _stored(tensor)
    return _Found(
        elements,
        elements - int(torch.count_nonzero(stored)),
        int(torch.isnan(stored).sum()),
        int(torch.isinf(stored).sum()),
    )


def _is_plain(tensor: torch.Tensor) -> bool:
    return tensor.layout is torch.strided and not tensor.is_nested and not tensor.is_neg()


def _stored(tensor: torch.Tensor) -> torch.Tensor:
    """Return the elements that are stored, all others being zeros."""
    if tensor.is_nested:
        return torch.cat([each.reshape(-1) for each in tensor.unbind()])
    if tensor.layout is torch.sparse_coo:
        return tensor.coalesce().values()
    if tensor.layout is not torch.strided:
        return tensor.values()
    # Not every operation knows the types of 8 bits.
    return tensor.float() if tensor.is_floating_point() and tensor.itemsize == 1 else tensor
