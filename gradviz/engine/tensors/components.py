"""The components of any tensor, read in small pieces: never copied as a whole, nor made dense."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import torch

from gradviz.core.findings.tensor_view import VALUES
from gradviz.engine.torch_internals.sparse_parts import stored_parts
from gradviz.engine.torch_internals.tensor_memory import has_values

#: So many elements are worked on at a time.
CHUNK = 1 << 20
#: A nested tensor shows so many of its tensors.
MOST_NESTED = 1000
#: Tensors that PyTorch can neither slice nor read otherwise are copied up to this many elements.
_LARGEST_COPY = 1 << 24

#: The methods that return the indices of a compressed sparse layout.
COMPRESSED = {
    torch.sparse_csr: ("crow_indices", "col_indices"),
    torch.sparse_csc: ("ccol_indices", "row_indices"),
    torch.sparse_bsr: ("crow_indices", "col_indices"),
    torch.sparse_bsc: ("ccol_indices", "row_indices"),
}
#: Types that NumPy has too.
NUMPY_KNOWS = frozenset(
    {
        *(torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64),
        *(torch.uint16, torch.uint32, torch.uint64, torch.float16, torch.float32, torch.float64),
        *(torch.complex64, torch.complex128),
    }
)


def components_of(tensor: torch.Tensor) -> dict[str, torch.Tensor]:
    """Return the dense tensors that `tensor` consists of, by name; none where it has no data.

    They are views: the values of a sparse tensor are those that it stores.
    """
    tensor = tensor.detach()
    if not has_values(tensor):
        return {}
    if tensor.is_nested:
        return {str(place): each for place, each in _nested(tensor)}
    if tensor.layout is torch.sparse_coo:
        values, indices = stored_parts(tensor)
        return {VALUES: values, "indices": indices}
    if tensor.layout in COMPRESSED:
        names = COMPRESSED[tensor.layout]
        return {VALUES: tensor.values(), **{name: getattr(tensor, name)() for name in names}}
    if tensor.layout is not torch.strided:
        return {VALUES: tensor.to_dense()} if tensor.numel() <= _LARGEST_COPY else {}
    if _sliced_by_copy(tensor):
        return {VALUES: tensor.dequantize()} if tensor.numel() <= _LARGEST_COPY else {}
    return {VALUES: tensor}


def stored_values(tensor: torch.Tensor) -> torch.Tensor:
    """Return the elements of a nested, quantized or sparse tensor as a dense one.

    Of a large sparse tensor these are the elements that it stores, each index once.
    """
    if tensor.is_nested:
        parts = [each.detach().reshape(-1) for each in tensor.unbind()]
        return torch.cat(parts) if parts else torch.empty(0, dtype=tensor.dtype)
    if tensor.is_quantized:
        return tensor.dequantize()
    sparse = tensor.layout is torch.sparse_coo or tensor.layout in COMPRESSED
    if not sparse or tensor.numel() <= CHUNK:
        return tensor.to_dense()
    return (tensor.coalesce() if tensor.layout is torch.sparse_coo else tensor).values()


def shape_of(tensor: torch.Tensor) -> tuple[int, ...]:
    """Return the shape, with -1 for a dimension of a nested tensor that has no one size."""
    if not tensor.is_nested:
        return tuple(tensor.shape)
    shapes = {tuple(each.shape) for each in tensor.unbind()}
    if not shapes:
        return (0,)
    inner = (sizes.pop() if len(sizes := set(each)) == 1 else -1 for each in zip(*shapes))  # noqa: B905
    return (int(tensor.size(0)), *inner)


def flat(tensor: torch.Tensor, start: int, stop: int) -> Iterator[torch.Tensor]:
    """Yield the elements from `start` to `stop` in C order, in one-dimensional pieces.

    Elements that lie in one piece in memory are a view; else only those asked for are copied.
    """
    stop = min(stop, tensor.numel())
    if start >= stop:
        return
    if tensor.dim() == 0:
        yield tensor.reshape(1)
    elif tensor.dim() == 1:
        yield tensor[start:stop]
    elif tensor.is_contiguous():
        yield tensor.view(-1)[start:stop]
    else:
        yield from _rows(tensor, start, stop)


def chunks(tensor: torch.Tensor, size: int = CHUNK) -> Iterator[npt.NDArray[np.generic]]:
    """Yield all elements as NumPy's, in C order, at most `size` at a time."""
    for start in range(0, tensor.numel(), size):
        yield elements(tensor, start, start + size)


def elements(tensor: torch.Tensor, start: int, stop: int) -> npt.NDArray[np.generic]:
    """Return the elements from `start` to `stop` in C order; shape (n,)."""
    pieces = [as_numpy(each).reshape(-1) for each in flat(tensor, start, stop)]
    if len(pieces) == 1:
        return pieces[0]
    return np.concatenate(pieces) if pieces else np.empty(0, numpy_dtype(tensor))


def as_numpy(tensor: torch.Tensor) -> npt.NDArray[np.generic]:
    """Return a tensor, cut small, as NumPy has it: exactly, in a wider type where it has none."""
    tensor = tensor.detach()
    if tensor.is_quantized:
        tensor = tensor.dequantize()
    if tensor.dtype not in NUMPY_KNOWS:
        wider = torch.complex64 if tensor.is_complex() else torch.float32
        tensor = tensor.cpu().to(wider)
    return np.asarray(tensor.cpu().resolve_conj().resolve_neg().numpy())


def numpy_dtype(tensor: torch.Tensor) -> np.dtype[np.generic]:
    """Return the dtype that `as_numpy` gives."""
    if tensor.is_quantized:
        return np.dtype(np.float32)
    return as_numpy(torch.empty(0, dtype=tensor.dtype)).dtype


def real(array: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
    """Return `array` in float64, a complex one by its magnitudes."""
    if np.iscomplexobj(array):
        with np.errstate(over="ignore", invalid="ignore"):
            array = np.abs(array)
    return array.astype(np.float64, copy=False)


def _rows(tensor: torch.Tensor, start: int, stop: int) -> Iterator[torch.Tensor]:
    """Yield a range that begins and ends within a row, and has whole rows between."""
    row = tensor[0].numel()
    first, last = start // row, (stop - 1) // row
    if first == last:
        yield from flat(tensor[first], start - first * row, stop - first * row)
        return
    if start % row:
        yield from flat(tensor[first], start % row, row)
        first += 1
    whole = stop // row
    if whole > first:
        yield tensor[first:whole].reshape(-1)
    if stop % row:
        yield from flat(tensor[whole], 0, stop % row)


def _nested(tensor: torch.Tensor) -> Iterator[tuple[int, torch.Tensor]]:
    for place, each in enumerate(tensor.unbind()):
        if place == MOST_NESTED:
            return
        yield place, each


def _sliced_by_copy(tensor: torch.Tensor) -> bool:
    """Tell whether PyTorch cannot make views: of values with a scale for each channel."""
    return tensor.is_quantized and tensor.qscheme() not in (
        torch.per_tensor_affine,
        torch.per_tensor_symmetric,
    )
