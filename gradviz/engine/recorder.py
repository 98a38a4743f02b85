"""One real backward pass, recorded with a hook on every node in the order of execution."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

import torch

from gradviz.core.graph import Graph
from gradviz.core.trace import Contribution, Step, Trace
from gradviz.engine.capture import GradNode, Walk, graph_of, is_leaf
from gradviz.engine.summary import Summaries
from gradviz.engine.tape import Tape

Gradients = tuple[torch.Tensor | None, ...]


def record(
    output: torch.Tensor,
    names: Mapping[str, torch.Tensor] | None = None,
    tape: Tape | None = None,
    at_step: int = 0,
) -> tuple[Graph, Trace]:
    """Run `output.backward()`, and return the graph and what flowed through it.

    The gradients of the leaves are as before afterwards, and no hook is left. An output of
    several elements is started with a gradient of ones. PyTorch releases what the graph had
    saved, so the output cannot be recorded again.

    Raises:
        ModelError: nothing that requires a gradient reaches the output.
    """
    walk = Walk(output, names or {})
    summaries = Summaries()
    graph = graph_of(walk, tape or Tape(), summaries)
    recording = _Recording(walk, summaries)
    with _own_gradients(walk.leaves), recording.listening():
        # A start that is passed costs PyTorch an import of almost a second, the first time.
        start = None if output.numel() == 1 else torch.ones_like(output)
        output.backward(start)  # type: ignore[no-untyped-call]
        leaf_grads = {
            walk.ids[leaf]: summaries.of(leaf.variable.grad)
            for leaf in walk.leaves
            if leaf.variable.grad is not None
        }
    return graph, Trace(steps=tuple(recording.steps), leaf_grads=leaf_grads, at_step=at_step)


@contextmanager
def _own_gradients(leaves: list[GradNode]) -> Iterator[None]:
    """Give the leaves no gradient while recording, and theirs back afterwards."""
    before = [leaf.variable.grad for leaf in leaves]
    for leaf in leaves:
        leaf.variable.grad = None
    try:
        yield
    finally:
        for leaf, gradient in zip(leaves, before, strict=True):
            leaf.variable.grad = gradient


class _Recording:
    """Collects the steps, and sums at each leaf as the engine does: in order of arrival."""

    def __init__(self, walk: Walk, summaries: Summaries) -> None:
        self.steps: list[Step] = []
        self._walk = walk
        self._summaries = summaries
        self._totals: dict[GradNode, torch.Tensor] = {}

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Have a hook on every node within the context."""
        hooks = [node.register_hook(partial(self._ran, node)) for node in self._walk.nodes]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()

    def _ran(self, node: GradNode, grad_inputs: Gradients, grad_outputs: Gradients) -> None:
        self.steps.append(
            Step(
                node=self._walk.ids[node],
                grad_outputs=self._summaries.of_each(grad_outputs),
                grad_inputs=self._summaries.of_each(grad_inputs),
                contributions=tuple(self._contributions(node, grad_inputs)),
            )
        )

    def _contributions(self, node: GradNode, grad_inputs: Gradients) -> Iterator[Contribution]:
        for slot, (source, _) in enumerate(node.next_functions):
            gradient = grad_inputs[slot] if slot < len(grad_inputs) else None
            if source is None or gradient is None or not is_leaf(source):
                continue
            before = self._totals.get(source)
            total = self._totals[source] = gradient if before is None else before + gradient
            yield Contribution(
                leaf=self._walk.ids[source],
                edge=self._walk.edge_id(node, slot),
                gradient=self._summaries.of(gradient),
                total=self._summaries.of(total),
            )
