"""The tensors of an ONNX file: their types and shapes, and summaries of those that are small."""

import math
from collections.abc import Iterable
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from gradviz.core.graphs.tensors import SHOWN_VALUES, TensorSummary
from gradviz.core.language.saying import tr

#: The values of a larger one are not counted.
MOST_COUNTED: Final = 1_000_000
#: The shapes of others may follow from the values of one so large, and not from a larger one.
MOST_SHAPING: Final = 1_000
#: What torch, NumPy and every reader call otherwise.
_NAMES: Final = {"float": "float32", "double": "float64"}
_DATA: Final = (
    "raw_data",
    "float_data",
    "int32_data",
    "int64_data",
    "double_data",
    "uint64_data",
    "string_data",
)

#: A size is a name where it may change from call to call, and "?" where it is not known.
NamedSizes = tuple[int | str, ...]


class ValueType(msgspec.Struct, frozen=True):
    """The type of a value: its dtype, and its shape, None where that is not known."""

    dtype: str = ""
    sizes: NamedSizes | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the shape where each size is a number, else ()."""
        found = tuple(size for size in self.sizes or () if isinstance(size, int))
        return found if len(found) == len(self.sizes or ()) else ()

    @property
    def is_fixed(self) -> bool:
        """Tell whether each size is known as a number."""
        return self.sizes is not None and all(isinstance(size, int) for size in self.sizes)


def dtype_name(number: int) -> str:
    """Return the name of a type of elements, `float32`."""
    from onnx import TensorProto

    try:
        name = str(TensorProto.DataType.Name(number)).lower()
    except ValueError:
        return tr("type {number}", number=number)
    return _NAMES.get(name, name)


def value_type(declared: Any) -> ValueType:
    """Return the type that a `TypeProto` tells."""
    kind = declared.WhichOneof("value")
    if kind not in ("tensor_type", "sparse_tensor_type"):
        return ValueType((kind or "").removesuffix("_type"))
    tensor = getattr(declared, kind)
    sizes = tuple(map(_size, tensor.shape.dim)) if tensor.HasField("shape") else None
    return ValueType(dtype_name(tensor.elem_type) if tensor.elem_type else "", sizes)


def _size(dimension: Any) -> int | str:
    if dimension.HasField("dim_value") and dimension.dim_value >= 0:
        return int(dimension.dim_value)
    return str(dimension.dim_param) or "?"


def type_of(tensor: Any) -> ValueType:
    """Return the type of a stored tensor; raises ValueError for a shape that there is not."""
    if any(size < 0 for size in tensor.dims):
        raise ValueError(tr("the tensor {name} has a negative size", name=tensor.name))
    return ValueType(dtype_name(tensor.data_type), tuple(map(int, tensor.dims)))


def summary(tensor: Any) -> TensorSummary:
    """Return the summary of a stored tensor; of a large one its type and shape alone.

    Raises:
        ValueError: its values are not those of its type and shape.
    """
    found = type_of(tensor)
    bare = TensorSummary(shape=found.shape, dtype=found.dtype, device="")
    if math.prod(found.shape) > MOST_COUNTED or found.dtype == "string":
        return bare
    values = _values(tensor)
    return bare if np.iscomplexobj(values) else _counted(bare, values.astype(np.float64))


def _values(tensor: Any) -> npt.NDArray[Any]:
    from onnx.numpy_helper import to_array

    try:
        return np.asarray(to_array(tensor))
    except Exception as error:
        # The library leaves each fault to the function that stumbles over it.
        message = tr("the values of {name} are not those of its type and shape", name=tensor.name)
        raise ValueError(message) from error


def _counted(bare: TensorSummary, values: npt.NDArray[np.float64]) -> TensorSummary:
    if not values.size:
        return msgspec.structs.replace(bare, values=())
    with np.errstate(all="ignore"):
        return msgspec.structs.replace(
            bare,
            minimum=float(values.min()),
            maximum=float(values.max()),
            mean=float(values.mean()),
            norm=float(np.sqrt((values * values).sum())),
            finite=bool(np.isfinite(values).all()),
            values=tuple(values.ravel().tolist()) if values.size <= SHOWN_VALUES else None,
        )


def without_values(tensors: Iterable[Any]) -> None:
    """Take away the values of those tensors from which no shape can follow."""
    for tensor in tensors:
        if math.prod(tensor.dims) > MOST_SHAPING:
            for field in _DATA:
                tensor.ClearField(field)
