"""What the health of a pass needs beside its norms: zeros and non-finite numbers, counted."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import torch

from gradviz.core.findings.health import Counts, first_non_finite
from gradviz.engine.inspection.sources import made_by
from gradviz.engine.inspection.timing import timed
from gradviz.engine.recording.recording import Recording, Tensors
from gradviz.engine.runs.run import Run
from gradviz.protocol.commands import AskHealth
from gradviz.protocol.events import HealthMeasured


class _Found(NamedTuple):
    """What one tensor, or several together, consist of."""

    elements: int = 0
    zeros: int = 0
    nan: int = 0
    infinite: int = 0


def measured(question: AskHealth, run: Run, recording: Recording) -> HealthMeasured:
    """Return what `question` asks for; a timed pass runs the model of this moment."""
    if question.times:
        times = timed(run, recording.graph, recording.trace.at_step)
        return HealthMeasured(run=question.run, recording=question.recording, times=times)
    origin = first_non_finite(recording.graph, recording.trace)
    return HealthMeasured(
        run=question.run,
        recording=question.recording,
        counts=counted(recording),
        line="" if origin is None else made_by(run, recording, origin.node),
    )


def counted(recording: Recording) -> tuple[Counts, ...]:
    """Return for each node that has a tensor what its gradient and its value consist of."""
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
            value_elements=forward.elements,
            value_zeros=forward.zeros,
            value_nan=forward.nan,
            value_infinite=forward.infinite,
        )


def _gradients(tensors: Tensors, node: str) -> tuple[torch.Tensor, ...]:
    """Return a leaf's sum, or what an operation sent on, or else what it got."""
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
        """Return what all of `tensors` consist of."""
        parts = [self._of(tensor) for tensor in tensors]
        return parts[0] if len(parts) == 1 else _Found(*map(sum, zip(*parts, strict=True)))

    def _of(self, tensor: torch.Tensor) -> _Found:
        known = self._known.get(id(tensor))
        if known is None:
            known = self._known[id(tensor)] = _found(tensor.detach())
        return known


def _found(tensor: torch.Tensor) -> _Found:
    if tensor.device.type == "meta" or not tensor.numel():
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
