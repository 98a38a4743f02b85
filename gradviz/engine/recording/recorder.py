"""One real backward pass, recorded with a hook on every node in the order of execution."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial

import torch

from gradviz.core.collector_pause import without_collecting
from gradviz.core.graphs.trace import Contribution, Step, Trace
from gradviz.engine.recording.backward import run_backward
from gradviz.engine.recording.capture import Forward, GradNode, Walk, edge_id, graph_of
from gradviz.engine.recording.forward_order import forward_order
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.node_notes import any_change, note_executions
from gradviz.engine.recording.recording import Gradients, Recording, Tensors
from gradviz.engine.tensors.summary import Summaries
from gradviz.engine.torch_internals.tensor_memory import version_of


@without_collecting()
def record(
    output: torch.Tensor,
    names: Mapping[str, torch.Tensor] | None = None,
    recorder: ForwardRecorder | None = None,
    at_step: int = 0,
) -> Recording:
    """Run `output.backward()`, and return the graph with its values and gradients.

    The gradients of the leaves are as before afterwards, and no hook is left. An output of
    several elements is started with a gradient of ones. PyTorch releases the saved tensors, so
    the output cannot be recorded again.

    Raises:
        ModelError: nothing that requires a gradient reaches the output, or the pass raised.
    """
    walk = Walk(output, names or {})
    # PyTorch itself raises an error for a complex number as the output.
    start = None if output.is_complex() else torch.ones_like(output)
    run = partial(run_backward, output, start)
    return record_walk(walk, run, names or {}, recorder or ForwardRecorder(), at_step)


@without_collecting()
def record_walk(
    walk: Walk,
    run: Callable[[], None],
    names: Mapping[str, torch.Tensor],
    recorder: ForwardRecorder,
    at_step: int = 0,
) -> Recording:
    """Record as `record` does the backward pass through the nodes of `walk` that `run` runs."""
    forward = Forward(walk, recorder)
    passed = _Passed(walk, keeping=any_change(walk.leaf_names, recorder, forward.notes))
    with _gradients_kept([*_leaves_named(names), *forward.leaves()]), passed.listening():
        run()
        gradients = {
            walk.ids[leaf]: gradient
            for leaf in walk.leaves
            if (gradient := forward.values[leaf].grad) is not None
        }
    return _recording(walk, forward, passed, gradients, at_step)


@without_collecting()
def record_running(
    walk: Walk, run: Callable[[], None], recorder: ForwardRecorder, at_step: int = 0
) -> Recording:
    """Record the backward pass through the nodes of `walk` that `run` runs for its own ends.

    It accumulates into the gradients of the leaves as it would unheard; the recorded gradient of a
    leaf is what it has added. What `run` raises is raised, and nothing is recorded.
    """
    forward = Forward(walk, recorder)
    # What is accumulated may be taken over as the `.grad` of a leaf, and changed later.
    passed = _Passed(walk, keeping=True)
    with passed.listening():
        run()
    return _recording(walk, forward, passed, passed.added(), at_step)


def _recording(
    walk: Walk,
    forward: Forward,
    passed: "_Passed",
    gradients: Mapping[str, torch.Tensor],
    at_step: int,
) -> Recording:
    """Return a pass that has run as data, with its tensors."""
    note_executions(forward.notes, passed.calls)
    # Only now, all at once: within the pass each summary would hold up the next node.
    summaries = Summaries()
    summaries.take([*forward.tensors(), *passed.tensors(), *gradients.values()])
    trace = Trace(
        steps=passed.steps(summaries),
        leaf_grads={leaf: summaries.of(gradient) for leaf, gradient in gradients.items()},
        at_step=at_step,
        forward=forward_order(walk),
    )
    tensors = Tensors(
        values=forward.values_by_id(),
        saved=forward.saved_by_id(),
        grad_outputs={walk.ids[node]: got for node, _, got in passed.calls},
        grad_inputs={walk.ids[node]: sent for node, sent, _ in passed.calls},
        gradients=dict(gradients),
        versions=summaries.versions,
    )
    arrived = {node: got[0] for node, _, got in passed.calls if got}
    graph = graph_of(walk, forward, summaries, arrived)
    return Recording(graph, trace, tensors, forward.compiled)


def own_gradients(leaves: list[GradNode]) -> AbstractContextManager[None]:
    """Give the leaves no gradient while recording, and theirs back afterwards."""
    return _gradients_kept([leaf.variable for leaf in leaves])


def _leaves_named(names: Mapping[str, torch.Tensor]) -> list[torch.Tensor]:
    """Return the leaves with a name, also those that no walk sees, as within a checkpoint."""
    return [tensor for tensor in names.values() if tensor.requires_grad and tensor.is_leaf]


@contextmanager
def _gradients_kept(leaves: list[torch.Tensor]) -> Iterator[None]:
    before = [leaf.grad for leaf in leaves]
    for leaf in leaves:
        leaf.grad = None
    try:
        yield
    finally:
        for leaf, gradient in zip(leaves, before, strict=True):
            leaf.grad = gradient


class _Passed:
    """The gradients of the nodes, in the order in which these were executed.

    Attributes:
        calls: For each execution the node, the gradients that it sent on, and those that it got.
    """

    def __init__(self, walk: Walk, *, keeping: bool = False) -> None:
        """Listen at the nodes of `walk`; `keeping` copies gradients, which hooks may change."""
        self._keeping = keeping
        self._arrived: dict[GradNode, Gradients] = {}
        self._kept: dict[tuple[int, int], tuple[torch.Tensor, torch.Tensor]] = {}
        self.calls: list[tuple[GradNode, Gradients, Gradients]] = []
        self._walk = walk
        #: By execution what it sent to leaves: the slot, the gradient, and the sum after it.
        self._sums: dict[int, list[tuple[int, torch.Tensor, torch.Tensor]]] = {}

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Have a hook on every node within the context."""
        ran = self._ran_changing if self._keeping else self._ran
        hooks = [node.register_hook(partial(ran, node)) for node in self._walk.nodes]
        if self._keeping:
            # The leaf's own hook on its sum runs before those on its node, and may change it.
            leaves = self._walk.leaves
            hooks += [leaf.register_prehook(partial(self._arrive, leaf)) for leaf in leaves]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()
        self._sum_up()

    def added(self) -> dict[str, torch.Tensor]:
        """Return what was accumulated in each leaf, by its id; the sum where that was in turns."""
        found: dict[str, torch.Tensor] = {}
        leaves, ids = self._walk.leaf_names, self._walk.ids
        for node, _, got in self.calls:
            if node in leaves and got and got[0] is not None:
                before = found.get(ids[node])
                found[ids[node]] = got[0] if before is None else before + got[0]
        return found

    def tensors(self) -> list[torch.Tensor | None]:
        """Return every gradient that passed, and every sum on its way."""
        found: list[torch.Tensor | None] = [
            total for sums in self._sums.values() for *_, total in sums
        ]
        for _, sent, got in self.calls:
            found += sent
            found += got
        return found

    def steps(self, summaries: Summaries) -> tuple[Step, ...]:
        """Return each execution as data."""
        ids, of_each, sums = self._walk.ids, summaries.of_each, self._sums
        return tuple(
            [
                Step(
                    node=ids[node],
                    grad_outputs=of_each(got),
                    grad_inputs=of_each(sent),
                    contributions=self._contributions(execution, summaries)
                    if execution in sums
                    else (),
                )
                for execution, (node, sent, got) in enumerate(self.calls)
            ]
        )

    def _ran(self, node: GradNode, sent: Gradients, got: Gradients) -> None:
        self.calls.append((node, sent, got))

    def _ran_changing(self, node: GradNode, sent: Gradients, got: Gradients) -> None:
        sent, got = self._copies(sent), self._arrived.pop(node, ()) or self._copies(got)
        self.calls.append((node, sent, got))

    def _arrive(self, leaf: GradNode, got: Gradients) -> None:
        self._arrived[leaf] = self._copies(got)

    def _copies(self, gradients: Gradients) -> Gradients:
        """Return gradients that no hook reaches; the very same one is copied once."""
        return tuple(None if each is None else self._copy(each) for each in gradients)

    def _copy(self, gradient: torch.Tensor) -> torch.Tensor:
        key = (id(gradient), version_of(gradient))
        if key not in self._kept:
            self._kept[key] = (gradient, gradient.detach().clone())
        return self._kept[key][1]

    def _sum_up(self) -> None:
        """Sum at each leaf as PyTorch's engine does: in the order of arrival."""
        feeds, leaves = self._walk.feeds, self._walk.leaf_names
        sums: dict[GradNode, torch.Tensor] = {}
        for execution, (node, sent, _) in enumerate(self.calls):
            for slot, (source, _) in enumerate(feeds[node]):
                if source not in leaves or slot >= len(sent) or (gradient := sent[slot]) is None:
                    continue
                before = sums.get(source)
                total = sums[source] = gradient if before is None else before + gradient
                self._sums.setdefault(execution, []).append((slot, gradient, total))

    def _contributions(self, execution: int, summaries: Summaries) -> tuple[Contribution, ...]:
        node, ids = self.calls[execution][0], self._walk.ids
        feeds, target = self._walk.feeds[node], ids[node]
        return tuple(
            [
                Contribution(
                    leaf=ids[feeds[slot][0]],
                    edge=edge_id(target, slot),
                    gradient=summaries.of(gradient),
                    total=summaries.of(total),
                )
                for slot, gradient, total in self._sums[execution]
            ]
        )
