"""The copies of more or fewer digits that stand beside the tensors of a pass.

Where autograd takes a tensor for a constant, as after detach() or in torch.no_grad(), it has two:
one that moves with the values it was computed from, and one that stays as it is in the pass.
Finite differences are to differentiate what autograd does, so they use the one that stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import torch

#: Memory, address, dtype, shape and strides; two tensors with one key have the same elements.
_Key = tuple[Any, ...]


class Copies:
    """The copies of one pass; it holds every tensor of the pass while it lives."""

    def __init__(self, widths: Mapping[torch.dtype, torch.dtype]) -> None:
        """Begin without a copy; `widths` has the precision of each copy."""
        self._widths = widths
        self._moving: dict[_Key, torch.Tensor] = {}
        self._constant: dict[_Key, torch.Tensor] = {}
        self._in_storage: defaultdict[int, set[_Key]] = defaultdict(set)
        self._computed: set[int] = set()
        self._still: set[int] = set()
        self._kept: list[torch.Tensor] = []

    def has(self, value: Any) -> bool:
        """Tell whether a value is a tensor that has a copy which moves."""
        return (
            isinstance(value, torch.Tensor)
            and value.dtype in self._widths
            and value.layout == torch.strided
        )

    def lacks(self, value: Any) -> bool:
        """Tell whether a value is a tensor that would need a copy which moves, and has none."""
        return (
            isinstance(value, torch.Tensor) and value.dtype in self._widths and not self.has(value)
        )

    def of(self, tensor: torch.Tensor) -> torch.Tensor:
        """Return the copy that moves, of a tensor of any shape; of a new one, its own values."""
        known = self._moving.get(_key(tensor))
        if known is None:
            known = self._own(tensor)
            self.put(tensor, known)
        return known

    def constant(self, tensor: torch.Tensor) -> torch.Tensor:
        """Return the copy of a tensor that stays as the pass has it."""
        key = _key(tensor)
        known = self._constant.get(key)
        if known is None:
            known = self._own(tensor)
            self._constant[key] = known
            self._in_storage[key[0]].add(key)
            self._kept.append(tensor)
        return known

    def is_known_constant(self, tensor: torch.Tensor) -> bool:
        """Tell whether the pass has used a tensor as a constant already."""
        if tensor.requires_grad:
            return False
        if tensor.layout == torch.strided:
            return _key(tensor) in self._constant
        return _elements(tensor).untyped_storage().data_ptr() in self._in_storage

    def is_rewrapped(self, tensor: torch.Tensor) -> bool:
        """Tell whether a leaf has the memory of a computed value: the graph begins anew there."""
        return tensor.is_leaf and tensor.requires_grad and _storage(tensor) in self._computed

    def put(self, tensor: torch.Tensor, precise: torch.Tensor) -> None:
        """Let `precise` be the copy of a tensor that moves."""
        self._moving[_key(tensor)] = precise
        # Memory that is free again would become another tensor's, with the same key.
        self._kept.append(tensor)

    def put_computed(self, tensor: torch.Tensor, precise: torch.Tensor) -> None:
        """Let `precise` be the copy of a tensor that an operation has made in memory of its own."""
        self._computed.add(_storage(tensor))
        self.put(tensor, precise)

    def put_still(self, value: Any) -> None:
        """Note that a result was made of constants alone."""
        if self.has(value):
            self._still.add(_storage(value))

    def contradicts(self, tensor: torch.Tensor) -> bool:
        """Tell whether a result that was made of constants alone has a gradient all the same.

        A TorchScript function detaches its arguments, and gives its results their gradient later.
        """
        return tensor.grad_fn is not None and _storage(tensor) in self._still

    def changed(self, values: Iterable[Any]) -> None:
        """Forget the constants in the memory of tensors that were changed in place."""
        for value in values:
            if isinstance(value, torch.Tensor):
                self._still.discard(_storage(value))
                for key in self._in_storage.pop(_storage(value), ()):
                    del self._constant[key]

    def _own(self, tensor: torch.Tensor) -> torch.Tensor:
        return tensor.detach().to(self._widths.get(tensor.dtype, tensor.dtype), copy=True)


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
    return tensor._values() if tensor.layout == torch.sparse_coo else tensor.values()
