"""The rule of a node: PyTorch's formula, one to read, and what it makes of the numbers."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import torch
from torch.autograd.function import BackwardCFunction

from gradviz.core.errors import RecordingError
from gradviz.core.formulas import formula_of
from gradviz.core.graph import Edge, Graph, Node, SavedTensor
from gradviz.core.places import TensorPlace
from gradviz.core.rule import Rule, RuleLine, broadcast_dims
from gradviz.core.tensors import TensorSummary
from gradviz.core.trace import Step
from gradviz.engine.capture import GradNode, Walk
from gradviz.engine.derivatives import Derivative, derivatives
from gradviz.engine.own_backward import own_backward, saved_names
from gradviz.engine.recording import Gradients, Recording
from gradviz.engine.run import Run
from gradviz.engine.saved import kept_by, listed
from gradviz.engine.summary import Summaries, summarize
from gradviz.protocol.commands import AskRule, AskRules
from gradviz.protocol.events import RuleFound, RulesFound


def ruled(question: AskRule, run: Run, recording: Recording) -> RuleFound:
    """Answer a question about the rule of one node.

    Raises:
        RecordingError: there is no such node in the recording.
    """
    rule = rule_of(question.node, run, recording)
    return RuleFound(run=question.run, recording=question.recording, node=question.node, rule=rule)


def all_ruled(question: AskRules, run: Run, recording: Recording) -> RulesFound:
    """Answer a question about the rules of all nodes."""
    rules = rules_of([node.id for node in recording.graph.nodes], run, recording)
    return RulesFound(run=question.run, recording=question.recording, rules=rules)


def rule_of(node_id: str, run: Run, recording: Recording) -> Rule:
    """Return the rule of a node, with the numbers of the recording; see `rules_of`.

    Raises:
        RecordingError: there is no such node in the recording.
    """
    return rules_of([node_id], run, recording)[node_id]


def rules_of(node_ids: Iterable[str], run: Run, recording: Recording) -> dict[str, Rule]:
    """Return the rules of nodes, with the numbers of the recording.

    The forward pass runs once more for them all, and leaves the model as it was.

    Raises:
        RecordingError: one of them is no node of the recording.
    """
    graph = recording.graph
    steps = {step.node: step for step in reversed(recording.trace.steps)}
    again = _Again(run, recording)
    found = {}
    for node_id in node_ids:
        node = graph.node.get(node_id)
        if node is None:
            raise RecordingError("There is no such node in this pass.", "Choose one of the graph.")
        found[node_id] = _rule(node, graph, steps.get(node_id), again)
    return found


def _rule(node: Node, graph: Graph, step: Step | None, again: "_Again") -> Rule:
    if node.kind == "leaf":
        return Rule(upstream=step.grad_outputs if step else ())
    live = again.node(node)
    entry = derivatives().get(node.name)
    backward = own_backward(live)
    reason = again.difference(node)
    locals_ = _locals(live) if not reason else ()
    return Rule(
        schema=entry.schema if entry else "",
        upstream=step.grad_outputs if step else (),
        lines=tuple(_lines(node, graph, step, entry, locals_)),
        backward=backward,
        saved=saved_names(backward.text) if backward else (),
        note=reason or ("" if any(each is not None for each in locals_) else _NOT_ASKED),
    )


class _Again:
    """The forward pass of a recording, run once more: what each node makes of ones is asked of it.

    Its nodes count only as far as they kept what the recorded ones had kept.
    """

    def __init__(self, run: Run, recording: Recording) -> None:
        self._recording = recording
        self._live: dict[str, GradNode] = {}
        self._reason = _BY_HAND
        if not recording.graph.note:
            with run.repeated(recording.trace.at_step) as output:
                walk = Walk(output, run.leaves)
            self._live = {walk.ids[node]: node for node in walk.nodes}
            self._reason = _difference(output, recording)

    def node(self, node: Node) -> GradNode | None:
        """Return PyTorch's node in place of a recorded one; None where there is another one."""
        live = self._live.get(node.id)
        return live if live is not None and live.name().rpartition("::")[2] == node.name else None

    def difference(self, node: Node) -> str:
        """Return why what `node` makes of ones now tells nothing of then; empty where it does."""
        live = self.node(node)
        if self._reason or live is None:
            return self._reason or _OTHER_GRAPH
        kept = kept_by(live)
        if [each.name for each in kept] != [each.name for each in node.saved]:
            return _OTHER_GRAPH
        for now, then in zip(listed(kept, Summaries()), node.saved, strict=True):
            # As text, where NaN equals itself.
            if repr(now) != repr(then) or not self._is_kept(node, now.name):
                return _OTHER_NUMBERS
        return ""

    def _is_kept(self, node: Node, name: str) -> bool:
        """Tell whether the tensor that `node` had saved is the one it was when it ran."""
        return not self._recording.tensors.changed(TensorPlace(node.id, "saved", name=name))


def _difference(output: torch.Tensor, recording: Recording) -> str:
    """Return why the pass gave other numbers than the recorded one; empty where it did not."""
    graph = recording.graph
    leaves = (TensorPlace(leaf.id, "value") for leaf in graph.nodes if leaf.kind == "leaf")
    if any(recording.tensors.changed(leaf) for leaf in leaves):
        return _OTHER_WEIGHTS
    value = graph.node[graph.output].value
    # As text, where NaN equals itself.
    same = value is None or repr(summarize(output)) == repr(value)
    return "" if same else _OTHER_NUMBERS


_WORD: Final = re.compile(r"\w+")
_WITHOUT: Final = "There are no local derivatives here: "
_BY_HAND: Final = f"{_WITHOUT}the backward pass is written by hand, and PyTorch's is another one."
_OTHER_GRAPH: Final = f"{_WITHOUT}another forward pass built another graph."
_OTHER_WEIGHTS: Final = f"{_WITHOUT}the weights have changed since the pass was recorded."
_OTHER_NUMBERS: Final = (
    f"{_WITHOUT}another forward pass gave other numbers, as it does where chance has a part, "
    "such as in dropout."
)
_NOT_ASKED: Final = f"{_WITHOUT}PyTorch's node takes no gradient of ones."


def _lines(
    node: Node, graph: Graph, step: Step | None, entry: Derivative | None, locals_: Gradients
) -> Iterator[RuleLine]:
    readable = formula_of(node.op, node.name)
    edges = graph.edges_into[node.id]
    for edge in edges:
        name, formula = _input(edge, entry)
        local = _at(locals_, edge.slot)
        sent = step.grad_inputs if step else ()
        result = sent[edge.slot] if edge.slot < len(sent) else None
        yield RuleLine(
            slot=edge.slot,
            input=name,
            receiver=edge.source,
            readable=readable.get(name, ""),
            formula=formula,
            named=_named(readable.get(name, ""), node),
            summed_over=_summed_over(node, local, result),
            local=local,
            result=result,
        )


def _named(readable: str, node: Node) -> tuple[SavedTensor, ...]:
    """Return what `node` had kept, as far as a formula names it."""
    words = set(_WORD.findall(readable))
    return tuple(saved for saved in node.saved if saved.name in words)


def _input(edge: Edge, entry: Derivative | None) -> tuple[str, str]:
    """Return name and formula of the input at an edge; a list of tensors takes all the slots."""
    if entry is None:
        return "", ""
    if len(entry.formulas) == 1:
        return entry.formulas[0]
    return entry.formulas[edge.slot] if edge.slot < len(entry.formulas) else ("", "")


def _summed_over(
    node: Node, local: TensorSummary | None, result: TensorSummary | None
) -> tuple[int, ...]:
    """Return the dims over which PyTorch sums what the formula gives, to get the result.

    Its engine does so behind the node, for every input that was broadcast; where the node
    cannot be asked, this is known of the operators that do nothing but broadcast.
    """
    if result is None:
        return ()
    if local is not None:
        return broadcast_dims(local.shape, result.shape)
    return broadcast_dims(node.shape, result.shape) if node.op in _BROADCASTING else ()


#: Operators whose inputs take the shape of the result before anything is computed.
_BROADCASTING = frozenset(
    {"Add", "Sub", "Rsub", "Mul", "Div", "Pow", "Maximum", "Minimum", "Where", "Addcmul", "Lerp"}
)


def _locals(node: GradNode | None) -> Gradients:
    """Return what the node makes of ones; empty where it cannot be asked."""
    if node is None or not node._input_metadata:
        return ()
    own = isinstance(node, BackwardCFunction)
    try:
        ones = [
            torch.ones(tuple(result.shape), dtype=result.dtype, device=result.device)
            for result in node._input_metadata
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


def _at(gradients: Gradients, slot: int) -> TensorSummary | None:
    gradient = gradients[slot] if slot < len(gradients) else None
    return None if gradient is None else summarize(gradient)
