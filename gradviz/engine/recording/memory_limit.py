"""A recording within its memory: of the largest tensors only the summaries are kept.

They are asked for all the same: the pass is run again, and gives the same bits.
"""

from collections.abc import Callable, Iterator
from typing import Final

import msgspec
import torch

from gradviz.core.errors import RecordingError
from gradviz.core.graphs.places import Part, TensorPlace
from gradviz.core.language.saying import tr
from gradviz.engine.recording.recording import Gradients, Recording, Tensors
from gradviz.engine.tensors.components import components_of
from gradviz.engine.torch_internals.tensor_memory import storage_id

BYTES_IN_MB: Final = 1_000_000

Again = Callable[[], Recording]
_encoded = msgspec.msgpack.encode


def limited(recording: Recording, megabytes: int, again: Again) -> tuple[TensorPlace, ...]:
    """Let go of the largest tensors until the others fit; return where they were.

    Memory that several tensors share is counted once, and that of the leaves not at all: it is
    the model's. `again` runs the same pass again, for when one of them is asked for.
    """
    tensors, limit = recording.tensors, megabytes * BYTES_IN_MB
    if _at_most(tensors) <= limit:
        return ()
    shares = _shares(tensors, _of_leaves(recording))
    total = sum(size for size, _ in shares.values())
    dropped: list[TensorPlace] = []
    for size, places in sorted(shares.values(), key=lambda share: -share[0]):
        if total <= limit:
            break
        total -= size
        dropped.extend(places)
    if dropped:
        _let_go(tensors, set(dropped))
        tensors.fetch = _Fetch(recording, frozenset(dropped), again)
    return tuple(dict.fromkeys(dropped))


class _Fetch:
    """Finds a tensor that was let go; the one that was asked for last is kept."""

    def __init__(self, recording: Recording, places: frozenset[TensorPlace], again: Again) -> None:
        # Not the recording itself, which would hold on to its own past.
        self._pass = _fingerprint(recording)
        self._places = places
        self._again = again
        self._last: tuple[TensorPlace, torch.Tensor] | None = None

    def __call__(self, place: TensorPlace) -> torch.Tensor | None:
        """Return the tensor at `place`, None if it was not let go.

        Raises:
            RecordingError: the pass cannot be repeated, because the model is another by now.
        """
        if place not in self._places:
            return None
        if self._last is None or self._last[0] != place:
            self._last = None
            repeated = self._again()
            if _fingerprint(repeated) != self._pass:
                raise RecordingError(
                    tr(
                        "This tensor was too large to be kept, and the model has changed since, "
                        "so that its pass cannot be run again."
                    ),
                    tr("Pause the training, or allow a recording more memory."),
                )
            self._last = place, repeated.tensors.at(place)
        return self._last[1]


def places_of(tensors: Tensors) -> Iterator[tuple[TensorPlace, torch.Tensor]]:
    """Yield every tensor with its place; those of an optimizer are none of the recording's."""
    for node, value in tensors.values.items():
        yield TensorPlace(node, "value"), value
    for node, kept in tensors.saved.items():
        for name, tensor in kept.items():
            yield TensorPlace(node, "saved", name=name), tensor
    yield from _of_gradients("grad_output", tensors.grad_outputs)
    yield from _of_gradients("grad_input", tensors.grad_inputs)
    for node, gradient in tensors.gradients.items():
        yield TensorPlace(node, "gradient"), gradient


def _of_gradients(
    part: Part, gradients: dict[str, Gradients]
) -> Iterator[tuple[TensorPlace, torch.Tensor]]:
    for node, each in gradients.items():
        for index, gradient in enumerate(each):
            if gradient is not None:
                yield TensorPlace(node, part, index), gradient


def _at_most(tensors: Tensors) -> int:
    """Return a bound on the memory that is found fast; nearly every recording is below it."""
    total = 0
    for each in (tensors.values, tensors.gradients, *tensors.saved.values()):
        for tensor in each.values():
            total += tensor.numel() * tensor.itemsize
    for gradients in (*tensors.grad_outputs.values(), *tensors.grad_inputs.values()):
        for gradient in gradients:
            if gradient is not None:
                total += gradient.numel() * gradient.itemsize
    return total


def _shares(tensors: Tensors, not_counted: set[int]) -> dict[int, tuple[int, list[TensorPlace]]]:
    """Return for each piece of memory its size and the places of the tensors that use it."""
    shares: dict[int, tuple[int, list[TensorPlace]]] = {}
    for place, tensor in places_of(tensors):
        for storage, size in _storages_of(tensor):
            if storage not in not_counted:
                shares.setdefault(storage, (size, []))[1].append(place)
    return shares


def _of_leaves(recording: Recording) -> set[int]:
    leaves = (node.id for node in recording.graph.nodes if node.kind == "leaf")
    values = (recording.tensors.values.get(leaf) for leaf in leaves)
    return {storage for each in values if each is not None for storage, _ in _storages_of(each)}


def _storages_of(tensor: torch.Tensor) -> Iterator[tuple[int, int]]:
    for component in components_of(tensor).values():
        storage = component.untyped_storage()
        if storage.nbytes():
            yield storage_id(component), storage.nbytes()


def _let_go(tensors: Tensors, places: set[TensorPlace]) -> None:
    """Put tensors without data into the places of those that are let go."""

    def stand_in(place: TensorPlace, tensor: torch.Tensor) -> torch.Tensor:
        return _without_data(tensor) if place in places else tensor

    def of_each(part: Part, gradients: dict[str, Gradients]) -> dict[str, Gradients]:
        return {
            node: tuple(
                each if each is None else stand_in(TensorPlace(node, part, index), each)
                for index, each in enumerate(each_of)
            )
            for node, each_of in gradients.items()
        }

    tensors.values = {
        node: stand_in(TensorPlace(node, "value"), each) for node, each in tensors.values.items()
    }
    tensors.saved = {
        node: {
            name: stand_in(TensorPlace(node, "saved", name=name), each)
            for name, each in kept.items()
        }
        for node, kept in tensors.saved.items()
    }
    tensors.grad_outputs = of_each("grad_output", tensors.grad_outputs)
    tensors.grad_inputs = of_each("grad_input", tensors.grad_inputs)
    tensors.gradients = {
        node: stand_in(TensorPlace(node, "gradient"), each)
        for node, each in tensors.gradients.items()
    }


def _without_data(tensor: torch.Tensor) -> torch.Tensor:
    shape = (0,) if tensor.is_nested else tensor.shape
    return torch.empty(shape, dtype=tensor.dtype, device="meta")


def _fingerprint(recording: Recording) -> bytes:
    """Return all that was said of a pass: equal for equal passes, also where it is not finite.

    Notes are left out, which may be in another language by now.
    """
    trace = recording.trace
    nodes = [
        msgspec.structs.replace(node, note="") if node.note else node
        for node in recording.graph.nodes
    ]
    return _encoded((nodes, trace.steps, trace.leaf_grads, trace.at_step))
