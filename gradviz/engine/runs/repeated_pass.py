"""The local derivatives of a recorded pass, asked of the same pass run once more."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

import torch
from torch.autograd.function import BackwardCFunction

from gradviz.core.graphs.graph import Node, SavedTensor
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.language.saying import marked, tr
from gradviz.engine.recording.capture import GradNode, Walk
from gradviz.engine.recording.recording import Gradients, Recording
from gradviz.engine.recording.saved_tensors import Saved, kept_by
from gradviz.engine.runs.replay import Replay
from gradviz.engine.tensors.equality import are_equal
from gradviz.engine.tensors.summary import summarize
from gradviz.engine.torch_internals.grad_nodes import results_of

_BY_HAND: Final = marked(
    "There are no local derivatives here: the backward pass is written by hand, and PyTorch's is "
    "another one."
)
_OTHER_GRAPH: Final = marked(
    "There are no local derivatives here: another forward pass built another graph."
)
_OTHER_WEIGHTS: Final = marked(
    "There are no local derivatives here: the weights have changed since the pass was recorded."
)
_OTHER_NUMBERS: Final = marked(
    "There are no local derivatives here: another forward pass gave other numbers, as it does "
    "where chance has a part, such as in dropout."
)
_RUNNING: Final = frozenset({"running_mean", "running_var"})
_WORKSPACES: Final = {
    "MkldnnRnnLayer": frozenset({"result3"}),
    "CudnnRnn": frozenset({"result4"}),
}
_NOT_ASKED: Final = marked(
    "There are no local derivatives here: PyTorch's node takes no gradient of ones."
)


class NodeReplay(NamedTuple):
    """The answer of a node: itself, its result for ones, and why there is none."""

    live: GradNode | None
    locals_: Gradients = ()
    note: str = ""


@contextmanager
def repeated_pass(replay: Replay, recording: Recording) -> Iterator["RepeatedPass"]:
    """Run the forward pass of `recording` once more; its nodes can be asked within the context.

    The model is as it was afterwards, which changes the saved tensors of some nodes, such as
    running means.
    """
    if replay.by_hand is not None:
        yield RepeatedPass(recording, None, _BY_HAND)
        return
    with replay.repeated(recording.trace.at_step) as output:
        yield RepeatedPass(recording, Walk(output, replay.leaves), _difference(output, recording))


class RepeatedPass:
    """The forward pass of a recording, run once more, whose nodes are run on ones.

    Its nodes count only as far as their saved tensors are those of the recorded ones.
    """

    def __init__(self, recording: Recording, walk: Walk | None, reason: str) -> None:
        """Take the nodes of `walk`; with a `reason`, in English, none of them tells anything."""
        self._recording = recording
        self._live = {walk.ids[node]: node for node in walk.nodes} if walk is not None else {}
        self._reason = reason

    def ask(self, node: Node) -> NodeReplay:
        """Return the result for ones of PyTorch's node in place of a recorded one."""
        if node.kind == "leaf":
            return NodeReplay(None)
        live, reason = self._node(node), self._difference(node)
        if reason:
            return NodeReplay(live, note=tr(reason))
        locals_ = _locals(live)
        known = any(each is not None for each in locals_)
        return NodeReplay(live, locals_, "" if known else tr(_NOT_ASKED))

    def _node(self, node: Node) -> GradNode | None:
        """Return PyTorch's node in place of a recorded one; None where there is another one."""
        live = self._live.get(node.id)
        return live if live is not None and live.name().rpartition("::")[2] == node.name else None

    def _difference(self, node: Node) -> str:
        """Return why the result of `node` for ones says nothing of then; empty where it does."""
        live = self._node(node)
        if self._reason or live is None:
            return self._reason or _OTHER_GRAPH
        kept = kept_by(live)
        if [each.name for each in kept] != [each.name for each in node.saved]:
            return _OTHER_GRAPH
        unused = _unused(node)
        same = all(
            self._is_same(node.id, now, then)
            for now, then in zip(kept, node.saved, strict=True)
            if now.name not in unused
        )
        return "" if same else _OTHER_NUMBERS

    def _is_same(self, node_id: str, now: Saved, then: SavedTensor) -> bool:
        """Tell whether the node kept the same tensor as the recorded one when it ran."""
        if now.tensor is None or then.tensor is None:
            return now.tensor is None and then.tensor is None and now.setting == then.setting
        tensors = self._recording.tensors
        place = TensorPlace(node_id, "saved", name=now.name)
        if tensors.changed(place):
            return False
        kept = None if tensors.let_go(place) else tensors.at(place)
        if kept is None or kept is now.tensor:
            # A weight whose data was replaced is the very same tensor, of another value.
            return _is_alike(summarize(now.tensor), then.tensor)
        return _are_equal(now.tensor, kept)


def _unused(node: Node) -> frozenset[str]:
    """Return the names of saved tensors on which the node's backward does not depend.

    Running means, in training; and room to work in, of which parts were never written.
    """
    trains = any((saved.name, saved.setting) == ("training", "True") for saved in node.saved)
    if trains and node.op.endswith("BatchNorm"):
        return _RUNNING
    return _WORKSPACES.get(node.op, frozenset())


def _are_equal(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Tell whether two tensors are the same, or say the same where PyTorch compares none."""
    try:
        return are_equal(one, other)
    except (NotImplementedError, RuntimeError):
        return _is_alike(summarize(one), summarize(other))


def _is_alike(one: TensorSummary, other: TensorSummary) -> bool:
    """Tell whether two summaries say the same; as text, where NaN equals itself."""
    return repr(one) == repr(other)


def _difference(output: torch.Tensor, recording: Recording) -> str:
    """Return why the pass gave other numbers than the recorded one; empty where it did not."""
    graph = recording.graph
    leaves = (TensorPlace(leaf.id, "value") for leaf in graph.nodes if leaf.kind == "leaf")
    if any(recording.tensors.changed(leaf) for leaf in leaves):
        return _OTHER_WEIGHTS
    value = graph.node[graph.output].value
    same = value is None or _is_alike(summarize(output), value)
    return "" if same else _OTHER_NUMBERS


def _locals(node: GradNode | None) -> Gradients:
    """Return the node's result for ones; empty where it cannot be asked."""
    results = () if node is None else results_of(node)
    if node is None or not results:
        return ()
    own = isinstance(node, BackwardCFunction)
    try:
        ones = [
            torch.ones(tuple(result.shape), dtype=result.dtype, device=result.device)
            for result in results
        ]
        with torch.no_grad():
            made = (node.apply if own else node)(*ones)
    except Exception as error:
        # Some nodes want gradients of another kind than ones; the rule goes without. What a
        # backward of the user's own raises may be anything.
        if own or isinstance(error, RuntimeError | TypeError | ValueError):
            return ()
        raise
    return made if isinstance(made, tuple) else (made,)
