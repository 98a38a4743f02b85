"""The copies of more or fewer digits that stand beside the tensors of a pass."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import torch

from gradviz.engine.torch_internals.sparse_parts import stored_parts
from gradviz.engine.torch_internals.tensor_memory import version_of

#: Copies of more elements are not kept from pass to pass.
_KEPT_ELEMENTS: Final = 250_000_000

#: Memory, address, dtype, shape and strides; two tensors with one key have the same elements.
_Key = tuple[Any, ...]


def is_dense(tensor: torch.Tensor) -> bool:
    """Tell whether a tensor has an element at each index: it is neither sparse nor nested."""
    return tensor.layout == torch.strided and not tensor.is_nested


class Copies:
    """The copies of one pass; it holds every tensor of the pass while it lives."""

    def __init__(self, widths: Mapping[torch.dtype, torch.dtype]) -> None:
        """Begin without a copy; `widths` has the precision of each copy."""
        self._widths = widths
        self._copies: dict[_Key, torch.Tensor] = {}
        self._dependent: set[int] = set()
        self._computed: set[int] = set()
        self._still: set[int] = set()
        self._sparse: set[int] = set()
        self._kept: list[torch.Tensor] = []

    def has(self, value: Any) -> bool:
        """Tell whether a value is a tensor that has a copy."""
        return isinstance(value, torch.Tensor) and value.dtype in self._widths and is_dense(value)

    def lacks(self, value: Any) -> bool:
        """Tell whether a value is a tensor that would need a copy, and has none."""
        return (
            isinstance(value, torch.Tensor) and value.dtype in self._widths and not self.has(value)
        )

    def of(self, tensor: torch.Tensor) -> torch.Tensor:
        """Return the copy of a tensor of any shape; of a new one, its own values."""
        known = self._copies.get(_key(tensor))
        if known is None:
            known = self._own(tensor)
            self.put(tensor, known)
        return known

    def is_unheard(self, tensor: torch.Tensor) -> bool:
        """Tell whether autograd has a tensor as computed, and no operation heard has made it."""
        return tensor.grad_fn is not None and _key(tensor) not in self._copies

    def of_sparse(self, tensor: torch.Tensor) -> torch.Tensor:
        """Return a copy of a sparse tensor that is a constant."""
        self._sparse.add(_storage(tensor))
        self._kept.append(tensor)
        return self._own(tensor)

    def is_sparse_constant(self, tensor: torch.Tensor) -> bool:
        """Tell whether a sparse tensor has been a constant before."""
        return not tensor.requires_grad and _storage(tensor) in self._sparse

    def moves(self, tensor: torch.Tensor) -> bool:
        """Tell whether the copy of a tensor may move with a leaf."""
        return tensor.requires_grad or _storage(tensor) in self._dependent

    def is_rewrapped(self, tensor: torch.Tensor) -> bool:
        """Tell whether a leaf has the memory of a computed value: the graph begins anew there."""
        return tensor.is_leaf and tensor.requires_grad and _storage(tensor) in self._computed

    def put(self, tensor: torch.Tensor, precise: torch.Tensor) -> None:
        """Let `precise` be the copy of a tensor."""
        self._copies[_key(tensor)] = precise
        # Memory that is free again would become another tensor's, with the same key.
        self._kept.append(tensor)

    def note_computed(self, values: Iterable[Any]) -> None:
        """Note that an operation has made these results in memory of their own."""
        self._computed.update(_storage(value) for value in values if self.has(value))

    def note_dependent(self, values: Iterable[Any]) -> None:
        """Note that these results move with what they were made of."""
        self._dependent.update(_storage(value) for value in values if self.has(value))

    def note_still(self, values: Iterable[Any]) -> None:
        """Note that these results were made of constants alone."""
        self._still.update(_storage(value) for value in values if self.has(value))

    def contradicts(self, tensor: torch.Tensor) -> bool:
        """Tell whether a result that was made of constants alone has a gradient all the same.

        A TorchScript function detaches its arguments, and gives its results their gradient later.
        """
        return tensor.grad_fn is not None and _storage(tensor) in self._still

    def changed(self, values: Iterable[Any]) -> None:
        """Forget that tensors were made of constants alone, which were changed in place."""
        self._still.difference_update(_storage(value) for value in values if self.has(value))

    def _own(self, tensor: torch.Tensor) -> torch.Tensor:
        return tensor.detach().to(self._widths.get(tensor.dtype, tensor.dtype), copy=True)


class LeafCopies:
    """The copies of the leaves that many passes use, as long as no pass changes them in place."""

    def __init__(self, widths: Mapping[torch.dtype, torch.dtype]) -> None:
        """Begin without a copy; `widths` has the precision of each copy."""
        self._widths = widths
        self._copies: dict[int, tuple[torch.Tensor, torch.Tensor, int]] = {}
        self._elements = 0

    def of(self, leaf: torch.Tensor) -> torch.Tensor:
        """Return the copy of a leaf; it is not to be changed."""
        if id(leaf) in self._copies:
            return self._copies[id(leaf)][1]
        copy = leaf.detach().to(self._widths.get(leaf.dtype, leaf.dtype), copy=True)
        if self._elements + leaf.numel() <= _KEPT_ELEMENTS:
            self._elements += leaf.numel()
            self._copies[id(leaf)] = (leaf, copy, version_of(copy))
        return copy

    def forget_changed(self) -> None:
        """Forget the copies that a pass has changed in place."""
        for name, (leaf, copy, version) in list(self._copies.items()):
            if version_of(copy) != version:
                self._elements -= leaf.numel()
                del self._copies[name]


def _key(tensor: torch.Tensor) -> _Key:
    layout = tensor.stride() if tensor.layout == torch.strided else tensor.layout
    elements = _elements(tensor)
    return _storage(elements), elements.data_ptr(), tensor.dtype, tuple(tensor.shape), layout


def _storage(tensor: torch.Tensor) -> int:
    return _elements(tensor).untyped_storage().data_ptr()


def _elements(tensor: torch.Tensor) -> torch.Tensor:
    """Return the tensor of the elements, those alone that a sparse tensor has."""
    if tensor.layout == torch.strided:
        return tensor
    return stored_parts(tensor)[0] if tensor.layout == torch.sparse_coo else tensor.values()
