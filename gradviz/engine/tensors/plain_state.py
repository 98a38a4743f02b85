"""The state of a training as plain data: numbers, texts and tensors, and nothing that could run.

Tensors are taken out and numbered; in their place is their number with dtype and shape. All else
becomes what JSON knows.
"""

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from safetensors import SafetensorError
from safetensors.numpy import load, save

from gradviz.core.errors import DataError
from gradviz.core.language.saying import tr

#: The key that marks what JSON has no word for, and that of its content.
_KIND, _CONTENT = "kind", "content"
#: The dtypes that a tensor may have, by name.
_DTYPES: Final[Mapping[str, torch.dtype]] = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        torch.float64,
        torch.float32,
        torch.float16,
        torch.bfloat16,
        torch.complex64,
        torch.complex128,
        torch.int64,
        torch.int32,
        torch.int16,
        torch.int8,
        torch.uint8,
        torch.bool,
    )
}
#: Deeper than any state is nested.
_DEEPEST: Final = 64


class UnstorableError(Exception):
    """A value is no plain data."""


class Packer:
    """Makes plain data of values, and keeps their tensors as rows of bytes."""

    def __init__(self) -> None:
        self._arrays: dict[str, npt.NDArray[np.uint8]] = {}

    def pack(self, value: Any) -> Any:
        """Return `value` without its tensors; raises UnstorableError for what is no plain data."""
        if value is None or isinstance(value, bool | int | str):
            return value
        if isinstance(value, float):
            return value if math.isfinite(value) else _marked("float", repr(value))
        if isinstance(value, torch.Tensor):
            return self._tensor(value)
        if isinstance(value, Mapping):
            kind = "counter" if isinstance(value, Counter) else "mapping"
            pairs = [[self.pack(key), self.pack(each)] for key, each in value.items()]
            return _marked(kind, pairs)
        if isinstance(value, list):
            return [self.pack(each) for each in value]
        if isinstance(value, tuple):
            return _marked("tuple", [self.pack(each) for each in value])
        raise UnstorableError(type(value).__name__)

    def tensors(self) -> bytes:
        """Return the tensors as safetensors' bytes."""
        return save(self._arrays)

    def _tensor(self, tensor: torch.Tensor) -> Any:
        name = str(tensor.dtype).removeprefix("torch.")
        if name not in _DTYPES or tensor.layout != torch.strided or tensor.is_meta:
            raise UnstorableError(tr("a tensor of the type {type}", type=name))
        flat = tensor.detach().cpu().contiguous().reshape(-1)
        if flat.stride() != (1,):
            # One element that was expanded is contiguous, and still no row of bytes.
            flat = flat.clone(memory_format=torch.contiguous_format)
        number = str(len(self._arrays))
        # As bytes every dtype can be kept, those too that NumPy does not know.
        self._arrays[number] = flat.view(torch.uint8).numpy() if flat.numel() else _NOTHING
        return _marked("tensor", [number, name, list(tensor.shape), tensor.device.type != "cpu"])


_NOTHING: Final[npt.NDArray[np.uint8]] = np.zeros(0, dtype=np.uint8)


class Unpacker:
    """Makes values of plain data again, with tensors of its own.

    Those that were on the device of the model are put on `device`, the others on the CPU.
    """

    def __init__(self, tensors: bytes, device: torch.device) -> None:
        """Read safetensors' bytes; raises DataError where they are none."""
        self._device = device
        try:
            self._arrays = load(tensors)
        except (SafetensorError, ValueError, KeyError, TypeError, MemoryError) as error:
            raise damaged() from error

    def unpack(self, packed: Any, depth: int = 0) -> Any:
        """Return the value that was packed; raises DataError where there was none."""
        if depth > _DEEPEST:
            raise damaged()
        if packed is None or isinstance(packed, bool | int | float | str):
            return packed
        if isinstance(packed, list):
            return [self.unpack(each, depth + 1) for each in packed]
        if not isinstance(packed, dict) or packed.keys() != {_KIND, _CONTENT}:
            raise damaged()
        try:
            return self._marked(packed[_KIND], packed[_CONTENT], depth + 1)
        except (ValueError, TypeError, KeyError, RuntimeError) as error:
            raise damaged() from error

    def _marked(self, kind: str, content: Any, depth: int) -> Any:
        match kind:
            case "float":
                return float(content)
            case "tuple":
                return tuple(self.unpack(each, depth) for each in content)
            case "mapping" | "counter":
                pairs = {self.unpack(k, depth): self.unpack(v, depth) for k, v in content}
                return Counter(pairs) if kind == "counter" else pairs
            case "tensor":
                number, name, shape, there = content
                # A copy, as the numbers read are not to be written to.
                row = torch.from_numpy(self._arrays[number].copy())
                tensor = row.view(_DTYPES[name]).reshape(shape)
                return tensor.to(self._device) if there else tensor
        raise damaged()


def _marked(kind: str, content: Any) -> dict[str, Any]:
    return {_KIND: kind, _CONTENT: content}


def damaged() -> DataError:
    """Return the error for a state that does not hold together."""
    return DataError(
        tr("The training of the session is damaged, so that it begins anew."),
        tr("Open an earlier copy of the session, if there is one."),
    )
