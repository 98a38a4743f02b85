"""A pass of its own with clocks around every operation: how long each node takes.

The pass that is recorded has no clocks: they would slow it, and it them.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch

from gradviz.core.findings.health import NodeTime, Times
from gradviz.core.graphs.graph import Graph
from gradviz.core.language.saying import sentences, tr, tr_n
from gradviz.engine.interruption import end_if_unwanted
from gradviz.engine.recording.capture import GradNode, Walk, is_leaf
from gradviz.engine.recording.listeners import Listener
from gradviz.engine.recording.recorder import own_gradients
from gradviz.engine.runs.replay import Replay

#: The pass is repeated for so long at most, and so often: the shortest times are those that
#: nothing else disturbed.
_LONGEST_S, _MOST_PASSES = 0.25, 7
_US = 1e6


def timed(replay: Replay, graph: Graph, at_step: int) -> Times:
    """Run the present model forwards and backwards with clocks, and leave it as it was.

    Where there is nothing to time, the note says why.
    """
    if replay.by_hand is not None:
        return Times(note=tr("The backward pass is written by hand: PyTorch has no node to time."))
    if graph.order > 1:
        return Times(
            note=tr("The nodes of a forward pass are timed, and this graph is of a gradient.")
        )
    clock = _clock(replay.x.device)
    shortest: dict[str, tuple[float | None, float | None]] = {}
    started, passes = time.perf_counter(), 0
    with replay.undisturbed(at_step):
        while not passes or (passes < _MOST_PASSES and time.perf_counter() - started < _LONGEST_S):
            found = _pass(replay, graph, clock)
            if found is None:
                return Times(note=tr("The model builds another graph now than the one shown."))
            for node, times in found.items():
                known = shortest.get(node, times)
                shortest[node] = (_least(known[0], times[0]), _least(known[1], times[1]))
            passes += 1
    return Times(
        nodes=tuple(
            NodeTime(node=node, forward_us=forward, backward_us=backward)
            for node, (forward, backward) in shortest.items()
        ),
        note=_note(passes, replay.x.device, _overhead_us(clock)),
    )


def _note(passes: int, device: torch.device, overhead_us: float) -> str:
    if device.type == "cpu":
        how = tr_n(
            "Time by the clock in the shortest of {count} timed passes of this model and data, "
            "with the weights of this moment.",
            "Time by the clock in {count} timed pass of this model and data, with the "
            "weights of this moment.",
            passes,
        )
    else:
        how = tr_n(
            "Time by the clock in the shortest of {count} timed passes of this model and data, "
            "with the weights of this moment, waiting for {device} at every node.",
            "Time by the clock in {count} timed pass of this model and data, with the "
            "weights of this moment, waiting for {device} at every node.",
            passes,
            device=device.type,
        )
    return sentences(
        [
            how,
            tr("Forward: the call of torch that made the node."),
            tr(
                "Backward: from hook to hook, about {overhead:.1f} µs of which is the hooks' own.",
                overhead=overhead_us,
            ),
        ]
    )


def _pass(
    replay: Replay, graph: Graph, clock: Callable[[], float]
) -> dict[str, tuple[float | None, float | None]] | None:
    """Return each node's microseconds forwards and backwards; None if the graph is another."""
    forwards = _Forwards(clock)
    with forwards:
        output = replay.output()
    walk = Walk(output, replay.leaves)
    if [_name(node) for node in walk.nodes] != [node.name for node in graph.nodes]:
        return None
    with own_gradients(walk.leaves):
        backwards = _backwards(walk, output, clock)
    taken = forwards.by_node()
    return {walk.ids[node]: (_us(taken.get(node)), _us(backwards.get(node))) for node in walk.nodes}


def _backwards(
    walk: Walk, output: torch.Tensor, clock: Callable[[], float]
) -> dict[GradNode, float]:
    """Run the backward pass and return the seconds between the hooks of each node."""
    began: dict[GradNode, float] = {}
    taken: dict[GradNode, float] = {}
    with _hooks(walk.nodes, clock, began, taken):
        start = None if output.numel() == 1 else torch.ones_like(output)
        output.backward(start)  # type: ignore[no-untyped-call]
    return taken


@contextmanager
def _hooks(
    nodes: Iterable[GradNode],
    clock: Callable[[], float],
    began: dict[GradNode, float],
    taken: dict[GradNode, float],
) -> Iterator[None]:
    hooks = []
    for node in nodes:
        end_if_unwanted()

        def start(_: Any, node: GradNode = node) -> None:
            end_if_unwanted()
            began[node] = clock()

        def end(*_: Any, node: GradNode = node) -> None:
            taken[node] = clock() - began[node]

        hooks += [node.register_prehook(start), node.register_hook(end)]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


class _Forwards(Listener):
    """Times every call of torch, and gives its time to the node that made the result.

    Calls inside a custom Function have no nodes of their own: their time is the Function's.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self._clock = clock
        self._calls: list[tuple[torch.Tensor, float]] = []
        self._inside = 0.0

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run `func` and note how long it took."""
        end_if_unwanted()
        started = self._clock()
        result = func(*args, **(kwargs or {}))
        taken = self._clock() - started
        if torch.is_grad_enabled():
            self._inside = 0.0
        else:
            taken = self._inside = self._inside + taken
        first = result[0] if isinstance(result, tuple) and result else result
        if isinstance(first, torch.Tensor):
            self._calls.append((first, taken))
        return result

    def by_node(self) -> dict[GradNode, float]:
        """Return the seconds of the call that made each node."""
        found: dict[GradNode, float] = {}
        for tensor, taken in self._calls:
            node = tensor.grad_fn
            # A later call may hand the same tensor on, such as a name or a detour.
            if node is not None and (node not in found or taken > found[node]):
                found[node] = taken
        return found


def _clock(device: torch.device) -> Callable[[], float]:
    """Return a clock that waits until `device` has done all its work."""
    if device.type == "cpu":
        return time.perf_counter

    def waiting() -> float:
        torch.accelerator.synchronize(device)
        return time.perf_counter()

    return waiting


def _overhead_us(clock: Callable[[], float]) -> float:
    """Return the time of the hooks themselves, by a node that hands its gradient on as it is."""
    x = torch.zeros((), requires_grad=True)
    found = []
    for _ in range(20):
        output = x + 1
        walk = Walk(output, {})
        with own_gradients(walk.leaves):
            found.append(_backwards(walk, output, clock)[walk.root])
    return min(found) * _US


def _name(node: GradNode) -> str:
    return "AccumulateGrad" if is_leaf(node) else node.name().rpartition("::")[2]


def _us(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * _US


def _least(one: float | None, other: float | None) -> float | None:
    known = [each for each in (one, other) if each is not None]
    return min(known) if known else None
