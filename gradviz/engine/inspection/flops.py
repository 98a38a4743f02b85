"""The floating-point operations of each group, counted in a forward pass of its own."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import torch
from torch.utils.flop_counter import flop_registry

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.language.saying import marked, tr
from gradviz.engine.inspection.answers import Inspected, answers
from gradviz.engine.recording.capture import GradNode, Walk, is_leaf
from gradviz.engine.recording.listeners import Listener
from gradviz.engine.torch_internals.dispatch import (
    LISTENS,
    DispatchListener,
    name_of,
    takes_functions,
)
from gradviz.protocol.questions import CountFlops, FlopsCounted

_OF_GRADIENT: Final = marked(
    "Operations are counted of a forward pass, and this graph is the graph of a gradient."
)
_WITHIN: Final = marked(
    "The forward pass takes gradients itself, and which group their operations belong to is not "
    "known."
)
_HIDDEN: Final = marked(
    "PyTorch does not show the operations within {function}, so they cannot be counted."
)
#: While operations are heard, PyTorch reshapes by another one of these.
_VIEWS: Final = dict.fromkeys(("ReshapeAliasBackward0", "UnsafeViewBackward0"), "ViewBackward0")
#: Calls that run a backward pass, whose operations are those of many nodes.
_BACKWARDS: Final = (torch.autograd.grad, torch.autograd.backward, torch.Tensor.backward)


@answers(CountFlops)
def flops_counted(_: CountFlops, inspected: Inspected) -> FlopsCounted:
    """Count the operations of the forward pass of the recording."""
    replay, recording = inspected.replay, inspected.recording
    if replay.by_hand is not None:
        return FlopsCounted(note=tr("The backward pass is written by hand: it has no groups."))
    if recording.graph.order > 1:
        return FlopsCounted(note=tr(_OF_GRADIENT))
    if not LISTENS:
        return FlopsCounted(note=tr("This version of PyTorch does not tell its operations."))
    counted = _Counted()
    with replay.undisturbed(recording.trace.at_step):
        with counted.flops, counted:
            output = replay.output()
        if counted.flops.hidden:
            return FlopsCounted(note=tr(_HIDDEN, function=counted.flops.hidden))
        walk = Walk(output, replay.leaves)
    graph = recording.graph
    names = [_name(node) for node in walk.nodes]
    if names != [_VIEWS.get(node.name, node.name) for node in graph.nodes]:
        return FlopsCounted(note=tr("The model builds another graph now than the one shown."))
    if counted.backwards:
        return FlopsCounted(note=tr(_WITHIN))
    return FlopsCounted(groups=_by_groups(graph, walk, counted.by_node()))


class _Flops(DispatchListener):
    """Counts operations by PyTorch's own formulas.

    `FlopCounterMode` itself imports PyTorch's compiler, which takes seconds.
    """

    def __init__(self) -> None:
        super().__init__()
        self.total = 0
        #: An operation whose own operations are not heard.
        self.hidden = ""

    def __torch_dispatch__(
        self,
        func: Any,
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run `func`, and count its operations where there is a formula."""
        result = self.call(func, args, kwargs or {})
        if takes_functions(func):
            self.hidden = name_of(func)
        formula = flop_registry.get(getattr(func, "overloadpacket", None))
        if formula is not None:
            self.total += int(formula(*args, **(kwargs or {}), out_val=result))
        return result


class _Counted(Listener):
    """Gives the operations of every call of torch to the node that made its result."""

    def __init__(self) -> None:
        super().__init__()
        self.flops = _Flops()
        self._calls: list[tuple[torch.Tensor, int]] = []
        #: The operations of backward passes within the forward pass.
        self.backwards = 0

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run `func` and note how many operations it took."""
        before = self.flops.total
        result = func(*args, **(kwargs or {}))
        taken = self.flops.total - before
        if func in _BACKWARDS:
            self.backwards += taken
            return result
        first = result[0] if isinstance(result, tuple | list) and result else result
        if taken and isinstance(first, torch.Tensor):
            self._calls.append((first, taken))
        return result

    def by_node(self) -> dict[GradNode, int]:
        """Return the operations of the calls that made each node."""
        found: dict[GradNode, int] = {}
        for tensor, taken in self._calls:
            if tensor.grad_fn is not None:
                found[tensor.grad_fn] = found.get(tensor.grad_fn, 0) + taken
        return found


def _by_groups(graph: Graph, walk: Walk, counted: Mapping[GradNode, int]) -> tuple[int, ...]:
    found = [0] * len(graph.groups)
    for node, group in zip(walk.nodes, graph.grouping.group_of, strict=True):
        if group != NO_GROUP:
            found[group] += counted.get(node, 0)
    for place in range(len(found) - 1, -1, -1):
        parent = graph.groups[place].parent
        if parent != NO_GROUP:
            found[parent] += found[place]
    return tuple(found)


def _name(node: GradNode) -> str:
    name = "AccumulateGrad" if is_leaf(node) else str(node.name()).rpartition("::")[2]
    return _VIEWS.get(name, name)
