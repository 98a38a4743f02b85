"""Tensors as they are shown: a summary of any size, the values of small ones."""

import math
from collections.abc import Iterable
from typing import TypeAlias, cast

import msgspec
import numpy as np
import numpy.typing as npt

#: An array of floating-point numbers, of any shape and precision.
Floats: TypeAlias = npt.NDArray[np.floating]
#: Up to this many elements a summary carries the values themselves.
SHOWN_VALUES = 16


class Array(msgspec.Struct, frozen=True):
    """A dense array as raw little-endian bytes in C order, with its NumPy dtype and shape."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes

    @classmethod
    def of(cls, array: npt.NDArray[np.generic]) -> "Array":
        """Copy `array` (any shape) into a message."""
        return cls(array.dtype.str, array.shape, np.ascontiguousarray(array).tobytes())

    def numpy(self) -> npt.NDArray[np.generic]:
        """Return a read-only view of the data in its shape."""
        return np.frombuffer(self.data, dtype=np.dtype(self.dtype)).reshape(self.shape)

    def floats(self) -> Floats:
        """Return the same view of an array of floating-point numbers."""
        return cast(Floats, self.numpy())


def floats_of(array: Array | None) -> Floats | None:
    """Return a view of an array of floating-point numbers, None of none."""
    return None if array is None else array.floats()


class TensorSummary(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One tensor: its metadata, and its statistics over all elements (None where undefined).

    `values` holds every element in C order when there are at most SHOWN_VALUES.
    """

    shape: tuple[int, ...]
    dtype: str
    device: str
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    norm: float | None = None
    finite: bool = True
    values: tuple[float, ...] | None = None
    #: Its numbers are left out, as they are to be predicted first.
    hidden: bool = False

    @property
    def size(self) -> int:
        """Return the number of elements."""
        return math.prod(self.shape)

    @property
    def scalar(self) -> float | None:
        """Return the value of a tensor of one element, else None."""
        return self.values[0] if self.values is not None and len(self.values) == 1 else None


def joint_norm(tensors: Iterable[TensorSummary | None]) -> float | None:
    """Return the norm of tensors together; None where there is none, or it is no number."""
    norms = [tensor.norm for tensor in tensors if tensor is not None and 0 not in tensor.shape]
    if not norms or None in norms:
        return None
    known = cast(list[float], norms)
    return known[0] if len(known) == 1 else math.hypot(*known)


def shape_text(shape: Iterable[int]) -> str:
    """Return a shape as PyTorch's users write it: `()`, `(2000,)`, `(64, 10)`."""
    return str(tuple(shape))


def sizes_text(sizes: Iterable[int | str]) -> str:
    """Return a shape with the names of those sizes that may change, `(s33, 8)`."""
    parts = [str(size) for size in sizes]
    return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
