"""The leaves that an output is computed from, with gradient or without: followed at each operation.

This sees the operations that C++ calls within one function of Python too, but not their lines.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import torch
from torch.utils.weak import WeakTensorKeyDictionary

from gradviz.core.findings.missing import CodePlace
from gradviz.engine.gradient_flow.code_lines import running_line
from gradviz.engine.gradient_flow.gradient_breaks import (
    OVERWRITING,
    Leaves,
    tensors_in,
)
from gradviz.engine.torch_internals.dispatch import (
    DispatchListener,
    name_of,
    written_arguments,
)
from gradviz.engine.torch_internals.tensor_memory import covers_storage, storage_id

_SHAPE_ALONE = ("_like", "new_empty", "new_full", "new_ones", "new_zeros", "new_empty_strided")


class Dependence(DispatchListener):
    """Used as a context around a forward pass; a tensor has one bit for each leaf behind it.

    Attributes:
        first: For the bit of each leaf that was used the line that did so first, if it is known.
    """

    def __init__(self, leaves: Leaves) -> None:
        super().__init__()
        self._leaves = leaves
        self.first: dict[int, CodePlace | None] = {}
        self._behind: WeakTensorKeyDictionary = WeakTensorKeyDictionary()
        # Memory that was changed in place, kept so that no other takes its identity.
        self._memory: dict[int, tuple[Any, int]] = {}

    def __torch_dispatch__(
        self,
        func: Any,
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run `func`; its results depend on the leaves of all its arguments."""
        named = kwargs or {}
        result = self.call(func, args, named)
        name = name_of(func)
        taken = args[1:] if name in OVERWRITING else args
        bits = 0 if name.endswith(_SHAPE_ALONE) else self.of(*tensors_in((taken, named)))
        for tensor in tensors_in((taken, named)) if bits else ():
            bit = self._leaves.bit(tensor)
            if bit and bit not in self.first:
                self.first[bit] = running_line()
        for tensor in tensors_in(result) if bits else ():
            self._behind[tensor] = bits
        if bits or self._memory or name in OVERWRITING:
            for tensor in changed_in_place(func, args, named):
                self._change(tensor, bits)
        return result

    def _change(self, tensor: torch.Tensor, bits: int) -> None:
        """Note the leaves behind the new content of the memory of `tensor`."""
        self._behind[tensor] = bits
        storage = storage_id(tensor)
        memory, before = self._memory.get(storage, (None, 0))
        if bits or memory is not None:
            kept = 0 if covers_storage(tensor) else before
            self._memory[storage] = (tensor.untyped_storage(), bits | kept)

    def of(self, *tensors: torch.Tensor) -> int:
        """Return the leaves on which one of `tensors` depends."""
        bits = 0
        for tensor in tensors:
            bits |= self._leaves.bit(tensor) | self._own(tensor)
            if self._memory:
                bits |= self._memory.get(storage_id(tensor), (None, 0))[1]
        return bits

    def _own(self, tensor: torch.Tensor) -> int:
        return int(self._behind[tensor]) if tensor in self._behind else 0


def changed_in_place(
    func: Callable[..., Any], args: tuple[Any, ...], named: Mapping[str, Any]
) -> Iterator[torch.Tensor]:
    """Yield the arguments that an operation changes in place, as far as it tells."""
    for argument in written_arguments(func):
        by_name = argument.by_name_alone or argument.place >= len(args)
        yield from tensors_in(named.get(argument.name) if by_name else (args[argument.place]))
