"""A pass in double precision beside the pass itself: each tensor has a copy of more digits.

The model runs as it always does, in its own precision and with its own chance, and every operation
is done once more on the copies. So nothing of the model has to be converted or copied, random
numbers are the same, and a choice in the code (`if`) falls as it fell in the pass. A change
is made to a copy alone: it moves the output as the model's function moves, and touches nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import torch

from gradviz.core.errors import words_of
from gradviz.core.language.saying import marked, tr
from gradviz.engine.inspection.checks.copies import Copies
from gradviz.engine.inspection.checks.operations import (
    draws,
    flat,
    rebuilt,
    results_of,
    sharing_arguments,
)
from gradviz.engine.inspection.checks.random_numbers import RandomNumbers
from gradviz.engine.torch_internals.dispatch import (
    LISTENS,
    DispatchListener,
    changes_arguments,
    name_of,
    shares_memory,
    takes_functions,
)
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
        random_numbers: Those of the pass, if its operations are to be listed.
        contradicted: Whether a tensor has a gradient that was made of constants alone.
    """

    def __init__(
        self,
        change: Perturbation | None = None,
        *,
        listing: bool = False,
        widths: Mapping[torch.dtype, torch.dtype] = WIDER,
        constants: dict[Slot, torch.Tensor] | None = None,
    ) -> None:
        """Prepare a pass.

        Args:
            change: The amounts to add to copies.
            listing: Whether to list the operations of the pass.
            widths: The precision of the copies.
            constants: The values computed from leaves that autograd takes for constants, where
                they are used: to be filled while the pass is listed, and else to be used. Without,
                every value moves.
        """
        super().__init__()
        self.calls: list[Call] = []
        self.failure = "" if LISTENS else tr("this version of PyTorch does not show its operations")
        self.random_numbers = RandomNumbers()
        self._perturbation = change or Perturbation()
        self._widths = widths
        self._listing = listing
        self.count = 0
        self.contradicted = False
        self._constants = constants
        self._backward = False
        self._within = False
        self._copies = Copies(widths)
        self._kept: list[Any] = []
        self._seen: dict[tuple[str, Slot], torch.Tensor] = {}
        self._watched: set[tuple[str, Slot]] = set()
        self._touched = {
            slot.call for slot in (*self._perturbation.results, *self._perturbation.arguments)
        }
        for leaf, wide in self._perturbation.leaves:
            self._copies.put(leaf, wide)

    def begin_backward(self) -> None:
        """Take what follows for the backward pass, where nothing becomes a constant."""
        self._backward = True
        self.random_numbers.begin_backward()

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
        return self._copies.of(tensor)

    def __torch_dispatch__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run `func`, and once more on the copies."""
        if any(hasattr(kind, "__tensor_flatten__") for kind in types):
            return self._made_of_others(func, args, kwargs or {})
        index, self.count = self.count, self.count + 1
        kwargs = kwargs or {}
        given = [*flat(args), *flat(kwargs.values())]
        arguments = _aims(given) if self._listing else ()
        if self._listing and draws(func, args, kwargs):
            self.random_numbers.note(given)
        result = self._doubled(func, args, kwargs, given, index)
        # PyTorch runs one operation more or less where nobody else holds a result.
        self._kept.append(result)
        if self._listing:
            tensors = ((place, each) for place, each in enumerate(results_of(result)))
            self.calls.append(
                Call(
                    name=str(func),
                    sequence=newest_sequence_number(),
                    arguments=arguments,
                    results=tuple(item for item in tensors if isinstance(item[1], torch.Tensor)),
                )
            )
        return result

    def look_at(self, tensor: torch.Tensor) -> None:
        """Note where a tensor is no constant, though it was made of constants alone."""
        self.contradicted = self.contradicted or self._copies.contradicts(tensor)

    def _made_of_others(self, func: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Run `func` on a tensor made of others, such as a jagged one, through those others.

        PyTorch follows their gradients above them, so none of them shows that it has one.
        """
        if self._within:
            return NotImplemented
        self._within = True
        try:
            with self:
                return func(*args, **kwargs)
        finally:
            self._within = False

    def _doubled(
        self,
        func: Any,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        given: list[Any],
        index: int,
    ) -> Any:
        if takes_functions(func) and not self.failure:
            self.failure = tr(
                "{operation} runs operations within that are not seen", operation=name_of(func)
            )
        if self._moves_nothing(func, given):
            result = self.call(func, args, kwargs)
            self._look_for_loss(func, given, results_of(result))
            self._keep_sparse(given, results_of(result))
            return result
        sharing = sharing_arguments(func, args, kwargs)
        mutable = changes_arguments(func)
        wide = [
            self._argument(each, Slot(index, place), mutable=mutable)
            if (constant := self._constant(each, Slot(index, place), sharing)) is None
            else constant
            for place, each in enumerate(given)
        ]
        result = func(*args, **kwargs)
        results = results_of(result)
        self._look_for_loss(func, given, results)
        if draws(func, args, kwargs):
            wide_results = self._drawn(func, given, wide, results)
        else:
            wide_results = self._again(func, *rebuilt(args, kwargs, wide))
        for place, (each, precise) in enumerate(zip(results, wide_results, strict=False)):
            if self._copies.has(each) and isinstance(precise, torch.Tensor):
                self._take(each, precise, Slot(index, place), func)
        self._note(func, given, sharing, results)
        return result

    def _note(self, func: Any, given: list[Any], sharing: list[Any], results: list[Any]) -> None:
        """Note of the results of an operation whether they may move with a leaf."""
        tensors = [each for each in given if self._copies.has(each)]
        moving = [each for each in tensors if not self._is_constant(each)]
        if shares_memory(func):
            self._copies.changed(sharing if changes_arguments(func) else ())
        else:
            self._copies.note_computed(results)
        if any(self._copies.moves(each) for each in moving):
            self._copies.note_dependent([*results, *sharing])
        elif self._becomes_constant and not shares_memory(func):
            self._copies.note_still(results)

    def _moves_nothing(self, func: Any, given: list[Any]) -> bool:
        return bool(self.failure) or not any(self._copies.has(each) for each in given)

    @property
    def _becomes_constant(self) -> bool:
        """Tell whether autograd takes for a constant now each tensor that requires no gradient.

        Where gradients are off, as in a custom Function, it is not told by its tensors; a model
        that turns them off itself uses its results afterwards.
        """
        return (
            self._constants is not None
            and torch.is_grad_enabled()
            and not self._backward
            and not self._within
        )

    def _is_constant(self, tensor: torch.Tensor) -> bool:
        if not self._becomes_constant:
            return False
        return not tensor.requires_grad or self._copies.is_rewrapped(tensor)

    def _take(self, result: torch.Tensor, precise: torch.Tensor, slot: Slot, func: Any) -> None:
        if slot.call in self._touched and slot in self._perturbation.results:
            added = self._perturbation.results[slot]
            precise = precise.add_(added) if changes_arguments(func) else precise + added
        if ("result", slot) in self._watched:
            self._seen["result", slot] = precise.clone()
        self._copies.put(result, precise)

    def _keep_sparse(self, given: list[Any], results: list[Any]) -> None:
        """Let a sparse tensor be a constant that is made of another one, as by transposing it."""
        if any(self._is_sparse_constant(each) for each in given):
            for each in results:
                if self._copies.lacks(each):
                    self._copies.of_sparse(each)

    def _is_sparse_constant(self, each: Any) -> bool:
        if not self._copies.lacks(each) or each.is_nested:
            return False
        return self._is_constant(each) or self._copies.is_sparse_constant(each)

    def _constant(self, given: Any, slot: Slot, sharing: list[Any]) -> torch.Tensor | None:
        """Return the copy of an argument that autograd takes for a constant and that would move."""
        if self._is_sparse_constant(given):
            return self._copies.of_sparse(given)
        if self._constants is None or not self._copies.has(given):
            return None
        if any(given is each for each in sharing):
            # The memory is shared with values that do move.
            return None
        if not self._is_constant(given) or not self._copies.moves(given):
            return None
        if self._listing:
            self._constants[slot] = self._copies.of(given).clone()
        return self._constants.get(slot)

    def _argument(self, given: Any, slot: Slot, *, mutable: bool) -> Any:
        if self._copies.has(given):
            self.look_at(given)
            if self._copies.is_unheard(given) and not self.failure:
                self.failure = tr(_UNHEARD)
            precise = self._copies.of(given)
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
            return results_of(func(*args, **kwargs))
        except (RuntimeError, NotImplementedError, TypeError) as error:
            self.failure = tr(
                "{operation} does not run in double precision ({error})",
                operation=str(func),
                error=words_of(error)[:160],
            )
            return []

    def _drawn(self, func: Any, given: list[Any], wide: list[Any], results: list[Any]) -> list[Any]:
        """Give the copies the random numbers that the tensors got."""
        if changes_arguments(func):
            for each, precise in zip(given, wide, strict=True):
                if self._copies.has(each):
                    precise.copy_(each)
            return []
        if func is torch.ops.aten.native_dropout.default:
            kept = 1.0 - given[1] if given[2] and given[1] < 1 else 1.0
            return [wide[0] * results[1] / kept]
        if not str(func).startswith(_DRAWN_ALONE):
            self.failure = tr("{operation} draws at random within", operation=str(func))
        return []

    def _look_for_loss(self, func: Any, given: list[Any], results: list[Any]) -> None:
        """Fail where an ordinary tensor is made of one that has no copy, so that no move follows.

        Such are nested and sparse tensors, and those of other subclasses.
        """
        lost = any(
            self._copies.lacks(each) and not self._is_sparse_constant(each) for each in given
        )
        if lost and not self.failure and any(self._copies.has(each) for each in results):
            self.failure = tr(
                "{operation} computes with a tensor that is nested, sparse or packed",
                operation=str(func),
            )


_UNHEARD = marked("a part of it runs where its operations are not heard, such as in another thread")


def warm_up() -> None:
    """Let PyTorch load the modules of such a pass beforehand, which takes a second."""
    with HighPrecisionPass(), torch.enable_grad():
        torch.ones(1, requires_grad=True).sum().backward()  # type: ignore[no-untyped-call]


#: These draw new values, and take from their argument no more than its shape.
_DRAWN_ALONE = ("aten.rand", "aten.bernoulli", "aten.multinomial")


def _aims(given: list[Any]) -> tuple[tuple[int, Any, int], ...]:
    """Return where the gradients of the arguments go that have one."""
    return tuple(
        (place, each.grad_fn if each.grad_fn is not None else id(each), each.output_nr)
        for place, each in enumerate(given)
        if isinstance(each, torch.Tensor) and each.requires_grad
    )
