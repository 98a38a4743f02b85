"""The metadata of a tensor, found without reading its values."""

from collections.abc import Iterator

import torch

from gradviz.core.findings.tensor_view import VALUES, Component, TensorMetadata
from gradviz.core.language.saying import tr, tr_n
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
        yield tr("It is on the meta device: it has a shape and no data.")
        return
    if not components and tensor.layout is not torch.strided:
        yield tr("Its layout can only be read by a copy, and it is too large for one.")
    elif not components:
        yield (
            tr("It holds nothing.")
            if tensor.is_nested
            else tr("It is too large to be dequantized.")
        )
    if tensor.is_nested:
        yield from _nested_notes(tensor)
    elif tensor.layout is torch.sparse_coo or tensor.layout in COMPRESSED:
        yield from _sparse_notes(tensor, components[VALUES].numel())
    elif tensor.is_quantized:
        yield tr("Its values are shown dequantized.")
    if tensor.is_complex():
        yield tr("Statistics are those of the magnitudes.")
    elif not tensor.is_quantized and tensor.dtype not in NUMPY_KNOWS:
        yield tr(
            "NumPy has no {dtype}: a copy has the same values in float32.",
            dtype=dtype_name(tensor.dtype),
        )


def _nested_notes(tensor: torch.Tensor) -> Iterator[str]:
    count = int(tensor.size(0))
    if count > MOST_NESTED:
        yield tr(
            "It is nested: {count} tensors, each with its own shape; the first {most} can be "
            "chosen.",
            count=counted(count),
            most=counted(MOST_NESTED),
        )
    else:
        yield tr_n(
            "It is nested: {shown} tensors, each with its own shape.",
            "It is nested: {shown} tensor, each with its own shape.",
            count,
            shown=counted(count),
        )


def _sparse_notes(tensor: torch.Tensor, stored: int) -> Iterator[str]:
    yield tr_n(
        "It is sparse: {stored} of {all} elements are stored, all others are 0.",
        "It is sparse: {stored} of {all} elements is stored, all others are 0.",
        stored,
        stored=counted(stored),
        all=counted(tensor.numel()),
    )
    if tensor.layout is torch.sparse_coo and not tensor.is_coalesced():
        yield tr("It is not coalesced: values with the same indices count together.")
