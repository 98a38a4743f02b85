"""Tensors of any device, type and size reduced to summaries."""

import math
import struct
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import repeat

import msgspec
import numpy as np
import numpy.typing as npt
import torch

from gradviz.core.graphs.tensors import SHOWN_VALUES, TensorSummary
from gradviz.engine.tensors.components import shape_of, stored_values
from gradviz.engine.torch_internals.tensor_memory import has_values, version_of

#: Larger tensors are not worth a further copy: most of their time is the reading.
_LARGEST_JOINED = 1 << 16
#: So many are joined at a time: what they are is still in the processor's cache then.
_MOST_JOINED = 512


def summarize(tensor: torch.Tensor) -> TensorSummary:
    """Return the summary of `tensor` (any shape), computed in float64.

    The mean of values that are not finite may be undefined, and is None then. Of complex
    tensors the magnitudes are described, and of tensors without data only the shape.
    """
    tensor = tensor.detach()
    if not has_values(tensor):
        return _described(tensor, values=() if tensor.numel() == 0 else None)
    if tensor.is_nested or tensor.is_quantized or tensor.layout is not torch.strided:
        return _of_stored_values(tensor)
    if tensor.numel() == 0:
        return _described(tensor, values=())
    if tensor.numel() == 1 and not tensor.is_complex():
        return _of_one_value(tensor, float(tensor.item()))
    return _of_many_values(tensor)


class Summaries:
    """Summarizes a tensor once, however often it is met, as long as this object lives.

    A gradient that addition passes on is the very same tensor at several nodes.

    Attributes:
        versions: How often each tensor that was taken had been changed in place, by its id.
    """

    def __init__(self) -> None:
        self.versions: dict[int, int] = {}
        self._taken: dict[int, TensorSummary] = {}
        # The tensors are kept, so that the id of none is given to another one.
        self._kept: list[torch.Tensor] = []
        self._known: dict[tuple[int, int], tuple[torch.Tensor, TensorSummary]] = {}

    def take(self, tensors: Iterable[torch.Tensor | None]) -> None:
        """Summarize many at once, which costs far less than one after the other.

        From here on they count as they are now.
        """
        different = {id(each): each for each in tensors if each is not None}
        self._kept += different.values()
        alike: defaultdict[torch.Size, list[torch.Tensor]] = defaultdict(list)
        with torch.no_grad():
            for key, tensor in different.items():
                self.versions[key] = version_of(tensor)
                if _joins(tensor):
                    members = alike[tensor.shape]
                    members.append(tensor)
                    if len(members) == _MOST_JOINED:
                        self._join(members)
                        members.clear()
            for members in alike.values():
                if members:
                    self._join(members)

    def _join(self, tensors: list[torch.Tensor]) -> None:
        self._taken.update(zip(map(id, tensors), _of_alike(tensors), strict=False))

    def of(self, tensor: torch.Tensor) -> TensorSummary:
        """Return the summary of `tensor` as it is now, also if it is changed in place later.

        A tensor that was taken counts as it was then.
        """
        taken = self._taken.get(id(tensor))
        if taken is not None:
            return taken
        key = (id(tensor), version_of(tensor))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = (tensor, summarize(tensor))
        return known[1]

    def of_each(self, tensors: tuple[torch.Tensor | None, ...]) -> tuple[TensorSummary | None, ...]:
        """Return the summaries of gradients, with None where PyTorch passed none."""
        taken = self._taken
        return tuple(
            [
                None if tensor is None else taken.get(id(tensor)) or self.of(tensor)
                for tensor in tensors
            ]
        )


@cache
def dtype_name(dtype: torch.dtype) -> str:
    """Return `float32` for `torch.float32`."""
    return str(dtype).removeprefix("torch.")


@cache
def device_name(device: torch.device) -> str:
    """Return `cuda:0` for that device; written out anew it would cost as much as a sum."""
    return str(device)


def _described(
    tensor: torch.Tensor,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    mean: float | None = None,
    norm: float | None = None,
    finite: bool = True,
    values: tuple[float, ...] | None = None,
) -> TensorSummary:
    return TensorSummary(
        shape=tuple(tensor.shape),
        dtype=dtype_name(tensor.dtype),
        device=device_name(tensor.device),
        minimum=minimum,
        maximum=maximum,
        mean=mean,
        norm=norm,
        finite=finite,
        values=values,
    )


def _of_one_value(tensor: torch.Tensor, value: float) -> TensorSummary:
    shown = None if math.isnan(value) else value
    return _described(
        tensor,
        minimum=shown,
        maximum=shown,
        mean=shown,
        norm=None if shown is None else abs(shown),
        finite=math.isfinite(value),
        values=(value,),
    )


def _of_many_values(tensor: torch.Tensor) -> TensorSummary:
    array = _as_float64(tensor)
    with np.errstate(over="ignore", invalid="ignore"):
        square = float(np.dot(array, array))
    if not math.isfinite(square):
        return _of_extreme_values(tensor, array)
    return _described(
        tensor,
        minimum=float(array.min()),
        maximum=float(array.max()),
        mean=float(array.sum()) / array.size,
        norm=math.sqrt(square),
        values=_shown_values(tensor, array),
    )


def _joins(tensor: torch.Tensor) -> bool:
    """Tell whether `tensor` can be put into one array with others of its shape."""
    return (
        tensor.dtype is torch.float32
        and tensor.is_cpu
        and tensor.layout is torch.strided
        and not tensor.is_nested
        and has_values(tensor)
    )


def _of_alike(tensors: list[torch.Tensor]) -> list[TensorSummary]:
    """Summarize tensors that join, all of one shape; none where each is better read by itself."""
    shape = tensors[0].shape
    size, plain = shape.numel(), tuple(shape)
    if size == 1:
        return [_of_number(tensor, plain) for tensor in tensors]
    return _of_rows(tensors, plain, size) if 0 < size <= _LARGEST_JOINED else []


def _of_number(tensor: torch.Tensor, shape: tuple[int, ...]) -> TensorSummary:
    """Summarize a tensor that joins, of one element."""
    value = tensor.item()
    if not math.isfinite(value):
        return _of_one_value(tensor, value)
    return TensorSummary(
        shape=shape,
        dtype="float32",
        device="cpu",
        minimum=value,
        maximum=value,
        mean=value,
        norm=abs(value),
        values=(value,),
    )


def _of_rows(tensors: list[torch.Tensor], shape: tuple[int, ...], size: int) -> list[TensorSummary]:
    """Summarize tensors that join, of `size` elements each, as each would be alone."""
    joined: npt.NDArray[np.float32] = torch.cat(tensors).numpy().reshape(-1, size)
    arrays = joined.astype(np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        sums, squares = np.add.reduce(arrays, 1).tolist(), np.vecdot(arrays, arrays).tolist()
        # Which is smallest does not depend on the precision.
        minima = np.minimum.reduce(joined, 1).tolist()
        maxima = np.maximum.reduce(joined, 1).tolist()
    few = size <= SHOWN_VALUES
    shown = struct.iter_unpack(f"{size}d", arrays.data) if few else repeat(None, len(tensors))
    return [
        TensorSummary(
            shape=shape,
            dtype="float32",
            device="cpu",
            minimum=minimum,
            maximum=maximum,
            mean=total / size,
            norm=math.sqrt(square),
            values=values,
        )
        if math.isfinite(square)
        else _of_extreme_values(tensors[place], arrays[place])
        for place, (values, total, square, minimum, maximum) in enumerate(
            zip(shown, sums, squares, minima, maxima, strict=True)
        )
    ]


def _of_extreme_values(tensor: torch.Tensor, array: npt.NDArray[np.float64]) -> TensorSummary:
    """Summarize values that are not finite, or too large for their squares to be."""
    with np.errstate(all="ignore"):
        largest = float(np.abs(array).max())
        finite = math.isfinite(largest)
        scaled = array / largest if finite else array
        norm = largest * float(np.linalg.norm(scaled)) if finite else largest
        mean = float(scaled.mean()) * (largest if finite else 1.0)
        minimum, maximum = float(array.min()), float(array.max())
    return _described(
        tensor,
        minimum=_unless_nan(minimum),
        maximum=_unless_nan(maximum),
        mean=_unless_nan(mean),
        norm=_unless_nan(norm),
        finite=finite,
        values=_shown_values(tensor, array),
    )


def _of_stored_values(tensor: torch.Tensor) -> TensorSummary:
    """Summarize a nested, quantized or sparse tensor, without a large dense copy of it."""
    count, device = tensor.numel(), tensor.device
    stored = tensor.new_empty(0) if device.type == "meta" else stored_values(tensor)
    size = stored.numel()
    summary = _of_many_values(stored if size else torch.zeros(1))
    if device.type == "meta" or not count:
        summary = TensorSummary(
            shape=(), dtype="", device=device_name(device), values=None if count else ()
        )
    elif size < count and summary.finite:
        # All that is not stored is zero.
        summary = msgspec.structs.replace(
            summary,
            minimum=min(0.0, summary.minimum or 0.0),
            maximum=max(0.0, summary.maximum or 0.0),
            mean=None if summary.mean is None else summary.mean * size / count,
        )
    return msgspec.structs.replace(
        summary,
        shape=shape_of(tensor),
        dtype=dtype_name(tensor.dtype),
        values=summary.values if size == count or not count else None,
    )


def _as_float64(tensor: torch.Tensor) -> npt.NDArray[np.float64]:
    if not (
        tensor.dtype is torch.float32
        and tensor.device.type == "cpu"
        and tensor.layout is torch.strided
        and not tensor.is_neg()
    ):
        tensor = _plain(tensor)
    array: npt.NDArray[np.float64] = tensor.numpy().astype(np.float64).reshape(-1)
    return array


def _plain(tensor: torch.Tensor) -> torch.Tensor:
    """Return `tensor` in a form that NumPy reads: dense, real, in float64, on the CPU."""
    if tensor.layout != torch.strided:
        tensor = tensor.to_dense()
    if tensor.is_complex():
        tensor = tensor.abs()
    # First to the CPU: not every accelerator has float64.
    return tensor.cpu().to(torch.float64).resolve_neg()


def _shown_values(tensor: torch.Tensor, array: npt.NDArray[np.float64]) -> tuple[float, ...] | None:
    if array.size > SHOWN_VALUES or tensor.is_complex():
        return None
    return tuple(array.tolist())


def _unless_nan(value: float) -> float | None:
    return None if math.isnan(value) else value
