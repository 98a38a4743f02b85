"""A pass in double precision beside the pass itself: each tensor has a copy of more digits.

The model runs as it always does, in its own precision and with its own chance, and every operation
is done once more on the copies. So nothing of the model has to be converted or copied, random
numbers are the same, and a choice in the code (`if`) falls as it fell in the pass. A change
is made to a copy alone: it moves the output as the model's function moves, and touches nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import torch

from gradviz.engine.torch_internals.dispatch import LISTENS, DispatchListener, changes_arguments
from gradviz.engine.torch_internals.grad_nodes import newest_sequence_number

#: The precision of the copies, by the precision of the tensors.
WIDER: Mapping[torch.dtype, torch.dtype] = {
    torch.float16: torch.float64,
    torch.bfloat16: torch.float64,
    torch.float32: torch.float64,
    torch.float64: torch.float64,
    torch.complex64: torch.complex128,
    torch.complex128: torch.complex128,
}
#: Copies of fewer digits: they show the effect of rounding on a pass in double precision.
NARROWER: Mapping[torch.dtype, torch.dtype] = {
    torch.float64: torch.float32,
    torch.complex128: torch.complex64,
}

#: Address, dtype, shape and strides of a tensor; two tensors with one key have the same elements.
_Key = tuple[Any, ...]


class Slot(NamedTuple):
    """A tensor among the arguments of one operation, or among its results.

    `call` counts the operations of the pass, `place` the flattened arguments or results.
    """

    call: int
    place: int


class Perturbation(NamedTuple):
    """Amounts to add to copies: to leaves, to results, and to arguments of single operations."""

    leaves: Sequence[tuple[torch.Tensor, torch.Tensor]] = ()
    results: Mapping[Slot, torch.Tensor] = {}
    arguments: Mapping[Slot, torch.Tensor] = {}


class Call(NamedTuple):
    """One operation of a pass.

    Attributes:
        sequence: The number of the newest node of the graph when it ran.
        arguments: For each flattened argument that is a tensor: its place, and where its gradient
            goes, a node and which of its outputs, or a leaf.
        results: The flattened results that are tensors, by their places.
    """

    name: str
    sequence: int
    arguments: tuple[tuple[int, Any, int], ...]
    results: tuple[tuple[int, torch.Tensor], ...]


class HighPrecisionPass(DispatchListener):
    """Used as a context around a pass; it holds every tensor of the pass while it lives.

    Attributes:
        calls: The operations of the pass, if they are to be listed.
        count: How many there were.
        failure: Why the copies are not those of the pass; empty while they are.
    """

    def __init__(
        self,
        change: Perturbation | None = None,
        *,
        listing: bool = False,
        widths: Mapping[torch.dtype, torch.dtype] = WIDER,
    ) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self.failure = "" if LISTENS else "this version of PyTorch does not show its operations"
        self._perturbation = change or Perturbation()
        self._widths = widths
        self._listing = listing
        self.count = 0
        self._known: dict[_Key, torch.Tensor] = {}
        self._kept: list[Any] = []
        self._seen: dict[tuple[str, Slot], torch.Tensor] = {}
        self._watched: set[tuple[str, Slot]] = set()
        self._touched = {
            slot.call for slot in (*self._perturbation.results, *self._perturbation.arguments)
        }
        for leaf, wide in self._perturbation.leaves:
            self._remember(leaf, wide)

    def watch(self, results: Iterable[Slot] = (), arguments: Iterable[Slot] = ()) -> None:
        """Keep the copies of these results and arguments, for `result` and `argument`."""
        self._watched.update(("result", slot) for slot in results)
        self._watched.update(("argument", slot) for slot in arguments)

    def result(self, slot: Slot) -> torch.Tensor | None:
        """Return the copy of a watched result as it was when it was made."""
        return self._seen.get(("result", slot))

    def argument(self, slot: Slot) -> torch.Tensor | None:
        """Return the copy of a watched argument as it was when it was used."""
        return self._seen.get(("argument", slot))

    def of(self, tensor: torch.Tensor) -> torch.Tensor:
        """Return the high-precision copy of a tensor of any shape; of a new one, its own values."""
        known = self._known.get(_key(tensor))
        if known is None:
            known = tensor.detach().to(self._widths.get(tensor.dtype, tensor.dtype), copy=True)
            self._remember(tensor, known)
        return known

    def __torch_dispatch__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run `func`, and once more on the copies."""
        index, self.count = self.count, self.count + 1
        kwargs = kwargs or {}
        given = [*_flat(args), *_flat(kwargs.values())]
        arguments = _aims(given) if self._listing else ()
        result = self._doubled(func, args, kwargs, given, index)
        # PyTorch runs one operation more or less where nobody else holds a result.
        self._kept.append(result)
        if self._listing:
            tensors = ((place, each) for place, each in enumerate(_results(result)))
            self.calls.append(
                Call(
                    name=str(func),
                    sequence=newest_sequence_number(),
                    arguments=arguments,
                    results=tuple(item for item in tensors if isinstance(item[1], torch.Tensor)),
                )
            )
        return result

    def _doubled(
        self,
        func: Any,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        given: list[Any],
        index: int,
    ) -> Any:
        if self.failure or not any(self._is_wide(each) for each in given):
            return func(*args, **kwargs)
        mutable = changes_arguments(func)
        wide = [
            self._argument(each, Slot(index, place), mutable=mutable)
            for place, each in enumerate(given)
        ]
        result = func(*args, **kwargs)
        results = _results(result)
        if torch.Tag.nondeterministic_seeded in func.tags:
            wide_results = self._drawn(func, given, wide, results)
        else:
            wide_results = self._again(func, *_rebuilt(args, kwargs, wide))
        for place, (each, precise) in enumerate(zip(results, wide_results, strict=False)):
            if self._is_wide(each) and isinstance(precise, torch.Tensor):
                self._take(each, precise, Slot(index, place), mutable=mutable)
        return result

    def _take(
        self, result: torch.Tensor, precise: torch.Tensor, slot: Slot, *, mutable: bool
    ) -> None:
        if slot.call in self._touched and slot in self._perturbation.results:
            added = self._perturbation.results[slot]
            precise = precise.add_(added) if mutable else precise + added
        if ("result", slot) in self._watched:
            self._seen["result", slot] = precise.clone()
        self._remember(result, precise)

    def _argument(self, given: Any, slot: Slot, *, mutable: bool) -> Any:
        if self._is_wide(given):
            precise = self.of(given)
            if ("argument", slot) in self._watched:
                self._seen["argument", slot] = precise.clone()
            if slot.call in self._touched and slot in self._perturbation.arguments:
                added = self._perturbation.arguments[slot]
                return precise.add_(added) if mutable else precise + added
            return precise
        if isinstance(given, torch.Tensor) and mutable:
            # It is changed in place once already.
            return given.clone()
        return self._widths.get(given, given) if isinstance(given, torch.dtype) else given

    def _again(self, func: Any, args: list[Any], kwargs: Mapping[str, Any]) -> list[Any]:
        try:
            return _results(func(*args, **kwargs))
        except (RuntimeError, NotImplementedError, TypeError) as error:
            reason = str(error).strip().splitlines()[0][:160]
            self.failure = f"{func} does not run in double precision ({reason})"
            return []

    def _drawn(self, func: Any, given: list[Any], wide: list[Any], results: list[Any]) -> list[Any]:
        """Give the copies the random numbers that the tensors got."""
        if changes_arguments(func):
            for each, precise in zip(given, wide, strict=True):
                if self._is_wide(each):
                    precise.copy_(each)
            return []
        if func is torch.ops.aten.native_dropout.default:
            kept = 1.0 - given[1] if given[2] and given[1] < 1 else 1.0
            return [wide[0] * results[1] / kept]
        if not str(func).startswith(_DRAWN_ALONE):
            self.failure = f"{func} draws at random within"
        return []

    def _is_wide(self, each: Any) -> bool:
        return (
            isinstance(each, torch.Tensor)
            and each.dtype in self._widths
            and each.layout == torch.strided
        )

    def _remember(self, tensor: torch.Tensor, precise: torch.Tensor) -> None:
        self._known[_key(tensor)] = precise
        # Memory that is free again would become another tensor's, with the same key.
        self._kept.append(tensor)


def warm_up() -> None:
    """Let PyTorch load the modules of such a pass beforehand, which takes a second."""
    with HighPrecisionPass(), torch.enable_grad():
        torch.ones(1, requires_grad=True).sum().backward()  # type: ignore[no-untyped-call]


#: These draw new values, and take from their argument no more than its shape.
_DRAWN_ALONE = ("aten.rand", "aten.bernoulli", "aten.empty", "aten.multinomial")


def _flat(values: Iterable[Any]) -> list[Any]:
    """Return the values, those within lists too; PyTorch's own way takes half of a pass."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, list | tuple):
            found.extend(value)
        else:
            found.append(value)
    return found


def _rebuilt(
    args: tuple[Any, ...], kwargs: Mapping[str, Any], flat: list[Any]
) -> tuple[list[Any], dict[str, Any]]:
    """Return arguments of the same form, with the values of `flat`."""
    values = iter(flat)

    def like(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [next(values) for _ in value]
        return next(values)

    return [like(each) for each in args], {name: like(each) for name, each in kwargs.items()}


def _results(result: Any) -> list[Any]:
    return _flat(result) if isinstance(result, list | tuple) else [result]


def _key(tensor: torch.Tensor) -> _Key:
    return tensor.data_ptr(), tensor.dtype, tuple(tensor.shape), tensor.stride()


def _aims(given: list[Any]) -> tuple[tuple[int, Any, int], ...]:
    """Return where the gradients of the arguments go that have one."""
    return tuple(
        (place, each.grad_fn if each.grad_fn is not None else id(each), each.output_nr)
        for place, each in enumerate(given)
        if isinstance(each, torch.Tensor) and each.requires_grad
    )
