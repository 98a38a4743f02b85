"""The tensors of a recording as they are kept in a file, and taken up again from one."""

from collections.abc import Mapping
from typing import Any, Final

import torch

from gradviz.core.errors import DataError
from gradviz.core.language.saying import tr
from gradviz.engine.recording.memory_limit import BYTES_IN_MB
from gradviz.engine.recording.recording import Gradients, Recording, Tensors
from gradviz.engine.tensors.plain_state import Packer, Unpacker, UnstorableError
from gradviz.session_files.recordings import SavedPass, TensorPlaces

_CPU: Final = torch.device("cpu")


class TensorsTaken:
    """Takes the tensors of recordings for one file, each once, as long as they fit."""

    def __init__(self, megabytes: int) -> None:
        self._packer = Packer()
        self._left = megabytes * BYTES_IN_MB
        #: The number of each tensor by its memory; None for one that is left out.
        self._numbers: dict[tuple[object, ...], int | None] = {}
        self._packed: list[Any] = []
        self._left_out = 0
        #: They stay alive, so that no memory is given anew meanwhile.
        self._taken: list[torch.Tensor] = []

    def places_of(self, tensors: Tensors) -> TensorPlaces:
        """Take the tensors of a recording, gradients first, and return where they are."""
        self._packed, self._numbers, self._left_out = [], {}, 0
        gradients = self._by_name(tensors.gradients)
        values = self._by_name(tensors.values)
        grad_inputs = self._in_order(tensors.grad_inputs)
        grad_outputs = self._in_order(tensors.grad_outputs)
        saved = {node: self._by_name(each) for node, each in tensors.saved.items()}
        return TensorPlaces(
            tensors=self._packed,
            values=values,
            saved={node: each for node, each in saved.items() if each},
            grad_outputs=grad_outputs,
            grad_inputs=grad_inputs,
            gradients=gradients,
            left_out=self._left_out,
        )

    def content(self) -> bytes:
        """Return all that were taken as safetensors' bytes."""
        return self._packer.tensors()

    def _by_name(self, tensors: Mapping[str, torch.Tensor]) -> dict[str, int]:
        numbers = {name: self._number(tensor) for name, tensor in tensors.items()}
        return {name: number for name, number in numbers.items() if number is not None}

    def _in_order(self, gradients: Mapping[str, Gradients]) -> dict[str, tuple[int | None, ...]]:
        return {
            node: tuple(None if each is None else self._number(each) for each in row)
            for node, row in gradients.items()
        }

    def _number(self, tensor: torch.Tensor) -> int | None:
        key = _memory_of(tensor)
        if key not in self._numbers:
            self._taken.append(tensor)
            number = self._numbers[key] = self._take(tensor)
            self._left_out += number is None
        return self._numbers[key]

    def _take(self, tensor: torch.Tensor) -> int | None:
        size = 0 if tensor.is_nested else tensor.numel() * tensor.element_size()
        if size > self._left:
            return None
        try:
            self._packed.append(self._packer.pack(_plain(tensor)))
        except UnstorableError:
            return None
        self._left -= size
        return len(self._packed) - 1


def recording_of(saved: SavedPass, tensors: "TensorsRead") -> Recording:
    """Return the recording of a pass in a file; raises DataError where it is damaged."""
    places = saved.places
    found = [tensors.tensor(packed) for packed in places.tensors]
    try:
        kept = Tensors(
            values=_named(places.values, found),
            saved={node: _named(each, found) for node, each in places.saved.items()},
            grad_outputs=_rows(places.grad_outputs, found),
            grad_inputs=_rows(places.grad_inputs, found),
            gradients=_named(places.gradients, found),
        )
    except IndexError as error:
        raise damaged_recording() from error
    return Recording(saved.graph, saved.trace, kept)


class TensorsRead:
    """The tensors of a file, on the CPU, wherever they were recorded."""

    def __init__(self, content: bytes) -> None:
        """Read safetensors' bytes; raises DataError where they are none."""
        try:
            self._unpacker = Unpacker(content, _CPU)
        except DataError as error:
            raise damaged_recording() from error

    def tensor(self, packed: Any) -> torch.Tensor:
        """Return a tensor that was packed; raises DataError where there is none."""
        try:
            tensor = self._unpacker.unpack(packed)
        except DataError as error:
            raise damaged_recording() from error
        if not isinstance(tensor, torch.Tensor):
            raise damaged_recording()
        return tensor


def damaged_recording() -> DataError:
    """Return the error for tensors that do not hold together."""
    return DataError(tr("The recording is damaged."), tr("Save it anew, or open an earlier copy."))


def _plain(tensor: torch.Tensor) -> torch.Tensor:
    """Return a tensor of PyTorch's own class; raises UnstorableError for any other."""
    plain = type(tensor) in (torch.Tensor, torch.nn.Parameter)
    if not plain or tensor.is_nested or tensor.is_quantized or tensor.is_meta:
        raise UnstorableError(type(tensor).__name__)
    return tensor.detach().resolve_conj().resolve_neg()


def _memory_of(tensor: torch.Tensor) -> tuple[object, ...]:
    """Return a key that two tensors share only if they are the same elements in the same order."""
    if tensor.layout != torch.strided or tensor.is_nested or tensor.is_meta or not tensor.numel():
        return (id(tensor),)
    layout = tensor.dtype, tuple(tensor.shape), tensor.stride(), tensor.is_conj(), tensor.is_neg()
    return (str(tensor.device), tensor.data_ptr(), *layout)


def _named(numbers: Mapping[str, int], found: list[torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name: _at(found, number) for name, number in numbers.items()}


def _rows(
    rows: Mapping[str, tuple[int | None, ...]], found: list[torch.Tensor]
) -> dict[str, Gradients]:
    return {
        node: tuple(None if number is None else _at(found, number) for number in row)
        for node, row in rows.items()
    }


def _at(found: list[torch.Tensor], number: int) -> torch.Tensor:
    if number < 0:
        raise IndexError(number)
    return found[number]
