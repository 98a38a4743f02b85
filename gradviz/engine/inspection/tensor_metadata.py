"""The metadata of a tensor, found without reading its values."""

from collections.abc import Iterator

import torch

from gradviz.core.findings.tensor_view import VALUES, Component, TensorMetadata
from gradviz.core.number_text import counted
from gradviz.engine.tensors.components import COMPRESSED, MOST_NESTED, NUMPY_KNOWS, shape_of
from gradviz.engine.tensors.summary import device_name, dtype_name


def metadata_of(tensor: torch.Tensor, components: dict[str, torch.Tensor]) -> TensorMetadata:
    """Return the metadata of `tensor`; `components` are its own."""
    return TensorMetadata(
        shape=shape_of(tensor),
        dtype=dtype_name(tensor.dtype),
        device=device_name(tensor.device),
        layout="nested" if tensor.is_nested else str(tensor.layout).removeprefix("torch."),
        bytes=sum(each.numel() * each.element_size() for each in components.values()),
        components=tuple(
            Component(name, tuple(each.shape), dtype_name(each.dtype))
            for name, each in components.items()
        ),
        notes=tuple(_notes(tensor, components)),
    )


def _notes(tensor: torch.Tensor, components: dict[str, torch.Tensor]) -> Iterator[str]:
    if tensor.device.type == "meta":
        yield "It is on the meta device: it has a shape and no data."
        return
    if not components and tensor.layout is not torch.strided:
        yield "Its layout can only be read by a copy, and it is too large for one."
    elif not components:
        yield "It holds nothing." if tensor.is_nested else "It is too large to be dequantized."
    if tensor.is_nested:
        yield from _nested_notes(tensor)
    elif tensor.layout is torch.sparse_coo or tensor.layout in COMPRESSED:
        yield from _sparse_notes(tensor, components[VALUES].numel())
    elif tensor.is_quantized:
        yield "Its values are shown dequantized."
    if tensor.is_complex():
        yield "Statistics are those of the magnitudes."
    elif not tensor.is_quantized and tensor.dtype not in NUMPY_KNOWS:
        yield f"NumPy has no {dtype_name(tensor.dtype)}: a copy has the same values in float32."


def _nested_notes(tensor: torch.Tensor) -> Iterator[str]:
    count = int(tensor.size(0))
    shown = f"; the first {counted(MOST_NESTED)} can be chosen" if count > MOST_NESTED else ""
    yield f"It is nested: {counted(count)} tensors, each with its own shape{shown}."


def _sparse_notes(tensor: torch.Tensor, stored: int) -> Iterator[str]:
    of = f"{counted(stored)} of {counted(tensor.numel())}"
    yield f"It is sparse: {of} elements are stored, all others are 0."
    if tensor.layout is torch.sparse_coo and not tensor.is_coalesced():
        yield "It is not coalesced: values with the same indices count together."
