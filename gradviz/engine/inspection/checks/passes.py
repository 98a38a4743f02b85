"""Passes through the present model, for its checks; afterwards everything is as it was."""

import math
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, NamedTuple

import torch
from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import GradientEdge
from torch.nn.attention import SDPBackend, sdpa_kernel

from gradviz.core.errors import RecordingError, words_of
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.language.saying import tr
from gradviz.engine.inspection.checks.copies import LeafCopies, is_dense
from gradviz.engine.inspection.checks.high_precision import (
    WIDER,
    Call,
    HighPrecisionPass,
    Perturbation,
    Slot,
)
from gradviz.engine.inspection.checks.shared_memory import shared_memory
from gradviz.engine.recording.capture import GradNode, Walk, is_leaf
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.replay import Replay
from gradviz.engine.torch_internals.grad_nodes import results_of, sequence_number
from gradviz.engine.torch_internals.onednn import without_onednn

Wide = tuple[torch.Tensor | None, ...]


class Places(NamedTuple):
    """Where the values of one node are among the operations of a pass.

    Attributes:
        results: Its outputs, as far as they are found.
        arguments: For each slot the arguments by which the value enters, none where unknown.
    """

    results: Mapping[int, Slot]
    arguments: Mapping[int, tuple[Slot, ...]]


class HighPrecisionReplay:
    """A recorded pass that can be run again, with changes, in double precision.

    Attributes:
        gradients: The leaves' gradients in double precision, by the ids of the graph; none where
            there are no such passes.
        largest_gradient: The largest size among their finite elements.
        grad_outputs, grad_inputs: The gradients of each node, in double precision.
        output: The output of the pass, in double precision.
        moved_output: The output of the last repetition.
        failure: Why there are no such passes; empty where there are.
        pass_s: The time of a forward pass, in seconds.
        exact: Whether the pass took the very way of the recorded one.
        draws_anew: Whether the backward pass draws random numbers that are not the forward pass's.
    """

    def __init__(
        self,
        replay: Replay,
        recording: Recording,
        widths: Mapping[torch.dtype, torch.dtype] = WIDER,
    ) -> None:
        """Run the pass as it was recorded, and keep its gradients in double precision.

        Raises:
            RecordingError: the model gives another value now than when it was recorded.
        """
        self._replay = replay
        self._step = recording.trace.at_step
        self._widths = widths
        self._leaf_copies = LeafCopies(widths)
        self.exact = True
        self._constants: dict[Slot, torch.Tensor] | None = {}
        self._first(recording)
        if self._contradicted:
            self._constants = None
            self._first(recording)
        if self.failure:
            # Some operations that run in single precision alone have a form that runs in any.
            self.exact = False
            self._constants = None if self._constants is None else {}
            self._first(recording)

    def again(
        self, change: Perturbation, results: Iterable[Slot] = (), arguments: Iterable[Slot] = ()
    ) -> HighPrecisionPass:
        """Return the pass that is run again with `change`, watched at these slots."""
        moved = {id(leaf) for leaf, _ in change.leaves}
        still = [
            (leaf, self._leaf_copies.of(leaf))
            for leaf in self._leaves.values()
            if id(leaf) not in moved and leaf.layout == torch.strided
        ]
        precise = HighPrecisionPass(
            change._replace(leaves=[*still, *change.leaves]),
            widths=self._widths,
            constants=self._constants,
        )
        precise.watch(results, arguments)
        with self._replay.undisturbed(self._step), self._way(), precise:
            output = self._replay.output()
        if precise.count != self._count:
            raise RecordingError(
                tr("The model does not run the same way twice."),
                tr("Let chance follow torch's seed."),
            )
        self.moved_output = float(precise.of(output.detach()).sum())
        self._leaf_copies.forget_changed()
        return precise

    def places(self, node: str) -> Places:
        """Return where the values of a node are."""
        return self._places.get(node, Places({}, {}))

    def leaf(self, node: str) -> torch.Tensor | None:
        """Return the leaf itself."""
        return self._leaves.get(node)

    def leaf_copy(self, node: str) -> torch.Tensor:
        """Return a leaf's value in double precision; it is not to be changed.

        Raises:
            KeyError: there is no such leaf.
        """
        return self._leaf_copies.of(self._leaves[node])

    def shared_memory(self, node: str) -> str:
        """Say which other leaf has its elements in the same memory; empty where none has."""
        other = self._shared.get(node, "")
        if not other:
            return ""
        one, two = self._names[node], self._names[other]
        return tr(
            "{one} and {other} lie in the same memory: to move one moves both, but each has the "
            "gradient of its own use alone. To tie them, make both the same nn.Parameter.",
            one=one,
            other=two,
        )

    def _way(self) -> AbstractContextManager[Any]:
        return nullcontext() if self.exact else _any_precision()

    def _first(self, recording: Recording) -> None:
        precise = HighPrecisionPass(listing=True, widths=self._widths, constants=self._constants)
        hooked: dict[str, tuple[Any, Any]] = {}
        self._names = {node.id: node.op for node in recording.graph.nodes}
        self._leaves: dict[str, torch.Tensor] = {}
        self.gradients: dict[str, torch.Tensor] = {}
        self._shared: Mapping[str, str] = {}
        self.grad_outputs: dict[str, Wide] = {}
        self.grad_inputs: dict[str, Wide] = {}
        self._places: dict[str, Places] = {}
        try:
            with self._replay.undisturbed(self._step), self._way(), precise:
                began = time.perf_counter()
                output = self._replay.output()
                self.pass_s = time.perf_counter() - began
                self._count = precise.count
                precise.look_at(output)
                walk = Walk(output, self._replay.leaves)
                precise.begin_backward()
                gradients = _backward(walk, output, hooked)
        except Exception as error:  # noqa: BLE001 - anything, as PyTorch's operations are heard
            told = tr("with its operations heard, {told}", told=told_by(error))
            self._fail(precise.failure or told)
            return
        self.draws_anew = precise.random_numbers.anew
        self.failure, self._contradicted = precise.failure, precise.contradicted
        self.output = float(precise.of(output.detach()).sum())
        recorded = {id(leaf): node for node, leaf in recording.tensors.values.items()}
        # A leaf that forward makes anew is another tensor in each pass, and cannot be moved.
        self._leaves = {
            recorded[id(leaf.variable)]: leaf.variable
            for leaf in walk.leaves
            if id(leaf.variable) in recorded
        }
        self.gradients = {
            recorded[id(leaf.variable)]: precise.of(gradient)
            for leaf, gradient in zip(walk.leaves, gradients, strict=True)
            if not self.failure
            and gradient is not None
            and is_dense(gradient)
            and id(leaf.variable) in recorded
        }
        self.largest_gradient = largest_of(self.gradients.values())
        self._shared = shared_memory(self._leaves)
        self.moved_output = self.output
        same = _names(walk) == [_usual(node.name) for node in recording.graph.nodes]
        if not same:
            return
        for node, (sent, got) in hooked.items():
            self.grad_inputs[node] = _wide(precise, sent)
            self.grad_outputs[node] = _wide(precise, got)
        self._places = _places_of(walk, precise.calls[: self._count])

    def _fail(self, reason: str) -> None:
        """Have no pass in double precision, though the pass itself runs."""
        self.failure = reason
        self.draws_anew = self._contradicted = False
        self.output = self.moved_output = self.largest_gradient = self.pass_s = 0.0
        self._leaves, self.gradients, self._shared = {}, {}, {}


def told_by(error: BaseException) -> str:
    """Return `PyTorch says “…”`, with the first sentence of an error or of its cause."""
    said = words_of(error.__cause__ or error).partition(". ")[0][:160]
    return tr("PyTorch says “{words}”", words=said)


class GradRefusedError(Exception):
    """torch.autograd.grad takes no gradients of a pass whose backward runs, and says why."""


def same_pass(replay: Replay, recording: Recording, nodes: Mapping[str, int]) -> dict[str, Wide]:
    """Return torch.autograd.grad's gradients of leaves, and upstream gradients of other nodes.

    `nodes` has for each node the number of its upstream gradients.

    Raises:
        RecordingError: the model gives another value now than when it was recorded.
        GradRefusedError: PyTorch takes the gradients of this pass by backward() alone.
    """
    with replay.undisturbed(recording.trace.at_step):
        output = replay.output()
        walk = Walk(output, replay.leaves)
        _check_same(output, walk, recording)
        by_id = {walk.ids[node]: node for node in walk.nodes}
        wanted: list[Any] = []
        owners: list[str] = []
        for node, count in nodes.items():
            grad_fn = by_id[node]
            leaf = is_leaf(grad_fn)
            wanted += [grad_fn.variable] if leaf else _edges(grad_fn, count)
            owners += [node] * (1 if leaf else count)
        start = None if output.numel() == 1 else torch.ones_like(output)
        try:
            found = torch.autograd.grad(output, wanted, start, allow_unused=True)
        except RuntimeError as error:
            raise GradRefusedError(told_by(error)) from error
    gradients: dict[str, list[torch.Tensor | None]] = {node: [] for node in nodes}
    for owner, gradient in zip(owners, found, strict=True):
        gradients[owner].append(gradient)
    return {node: tuple(each) for node, each in gradients.items()}


def _edges(grad_fn: GradNode, count: int) -> list[GradientEdge]:
    return [GradientEdge(grad_fn, output) for output in range(count)]


def _check_same(output: torch.Tensor, walk: Walk, recording: Recording) -> None:
    graph = recording.graph
    place = TensorPlace(graph.output, "value")
    value = recording.tensors.at(place) if graph.output in recording.tensors.values else None
    moved = value is not None and not same_bits(value.detach(), output.detach())
    if moved or _names(walk) != [_usual(node.name) for node in graph.nodes]:
        raise RecordingError(
            tr("The model does not give now what it gave in this pass."),
            tr(
                "Do one step, or build the model anew: the newest pass can be checked where the "
                "weights are still its own, and where chance follows the seed."
            ),
        )


def _names(walk: Walk) -> list[str]:
    """Return PyTorch's names of the nodes, as a graph has them."""
    return [_usual(node.name().rpartition("::")[2]) for node in walk.nodes]


def _usual(name: str) -> str:
    """Return the name of a node that PyTorch makes where nobody looks at its operations."""
    return name.replace("ReshapeAlias", "View")


@contextmanager
def _any_precision() -> Iterator[None]:
    """Let PyTorch take the forms of its operations that run in any precision."""
    with without_onednn(), sdpa_kernel(SDPBackend.MATH):
        yield


def largest_of(tensors: Iterable[torch.Tensor]) -> float:
    """Return the largest size among the finite elements of all tensors; 0 without any."""
    return max((_largest(each) for each in tensors if each.numel()), default=0.0)


def _largest(tensor: torch.Tensor) -> float:
    largest = float(torch.linalg.vector_norm(tensor, math.inf))
    if math.isfinite(largest):
        return largest
    return float(torch.linalg.vector_norm(tensor.nan_to_num(0.0, 0.0, 0.0), math.inf))


def same_bits(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Tell whether two tensors have the same elements, to the last bit; any nan equals any."""
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    one, other = one.to_dense(), other.to_dense()
    if one.is_complex():
        one, other = (torch.view_as_real(each.resolve_conj()) for each in (one, other))
    # Plus and minus zero are equal too, and a nan is not even equal to itself.
    bits = (one == other) & (torch.signbit(one) == torch.signbit(other))
    return bool((bits | (one.isnan() & other.isnan())).all())


def _backward(
    walk: Walk, output: torch.Tensor, hooked: dict[str, tuple[Any, Any]]
) -> tuple[torch.Tensor | None, ...]:
    """Return the gradients of the leaves, and put those each node sent and got into `hooked`."""

    def keep(node: str, sent: Any, got: Any) -> None:
        hooked[node] = (sent, got)

    hooks = [
        node.register_hook(lambda sent, got, name=walk.ids[node]: keep(name, sent, got))
        for node in walk.nodes
        if not is_leaf(node)
    ]
    start = None if output.numel() == 1 else torch.ones_like(output)
    leaves = [leaf.variable for leaf in walk.leaves]
    try:
        return torch.autograd.grad(output, leaves, start, allow_unused=True)
    finally:
        for hook in hooks:
            hook.remove()


def _wide(precise: HighPrecisionPass, gradients: Any) -> Wide:
    return tuple(
        precise.of(each) if isinstance(each, torch.Tensor) and is_dense(each) else None
        for each in gradients
    )


def _places_of(walk: Walk, calls: list[Call]) -> dict[str, Places]:
    """Return where the values of each node are among the operations of the pass.

    PyTorch numbers the nodes as it makes them, each right before its operation runs. A custom
    Function runs several: its value is the one that has it as its grad_fn in the end.
    """
    first: dict[int | None, int] = {}
    for index, call in enumerate(calls):
        first.setdefault(call.sequence - 1, index)
    owners: dict[tuple[Any, int], Slot] = {}
    for index, call in enumerate(calls):
        for place, result in call.results:
            if result.grad_fn is not None:
                owners[result.grad_fn, result.output_nr] = Slot(index, place)
    places: dict[str, Places] = {}
    for node in walk.nodes:
        start = None if is_leaf(node) else first.get(sequence_number(node))
        if start is None:
            continue
        if isinstance(node, BackwardCFunction):
            results, end = _results_of_function(node, owners)
        else:
            results, end = _results(node, calls[start], start), start
        arguments = _arguments(node, calls, start, end) if results else {}
        places[walk.ids[node]] = Places(results, arguments)
    return places


def _results(node: GradNode, call: Call, index: int) -> dict[int, Slot]:
    """Return the outputs of the node that one operation made, where their shapes agree."""
    made = zip(results_of(node), call.results, strict=False)
    return {
        output: Slot(index, place)
        for output, (known, (place, result)) in enumerate(made)
        if is_dense(result) and tuple(known.shape) == tuple(result.shape)
    }


def _results_of_function(
    node: GradNode, owners: Mapping[tuple[Any, int], Slot]
) -> tuple[dict[int, Slot], int]:
    """Return the one output of a custom Function, and the operation that made it."""
    slot = owners.get((node, 0))
    if slot is None or len(results_of(node)) != 1:
        return {}, 0
    return {0: slot}, slot.call


def _arguments(
    node: GradNode, calls: list[Call], start: int, end: int
) -> dict[int, tuple[Slot, ...]]:
    """Return for each slot of a node the arguments by which the value enters."""
    found: dict[int, tuple[Slot, ...]] = {}
    taken: dict[tuple[Any, int], int] = {}
    for slot, (source, output) in enumerate(node.next_functions):
        if source is None:
            continue
        aim = (id(source.variable), 0) if is_leaf(source) else (source, output)
        entered = tuple(
            Slot(index, place)
            for index in range(start, end + 1)
            for place, *to in calls[index].arguments
            if tuple(to) == aim
        )
        before = taken.get(aim, 0)
        taken[aim] = before + 1
        if start == end:
            found[slot] = entered[before : before + 1]
        elif not before:
            found[slot] = entered
    for slot, (source, output) in enumerate(node.next_functions):
        if source is not None and start != end:
            aim = (id(source.variable), 0) if is_leaf(source) else (source, output)
            if taken[aim] > 1:
                # The same tensor twice: which of its uses is which cannot be seen from outside.
                found[slot] = ()
    return found
