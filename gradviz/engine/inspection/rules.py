"""The rule of a node: PyTorch's formula, one to read, and its results with the recorded numbers."""

import re
import weakref
from collections.abc import Iterable, Iterator
from typing import Final

from gradviz.core.errors import RecordingError
from gradviz.core.findings.formulas import formula_of
from gradviz.core.findings.rule import Rule, RuleLine, broadcast_dims
from gradviz.core.graphs.graph import Edge, Graph, Node, SavedTensor
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Step
from gradviz.core.language.saying import tr
from gradviz.engine.inspection.answers import Inspected, answers
from gradviz.engine.inspection.derivatives import Derivative, bounds_are_open, derivatives
from gradviz.engine.interruption import end_if_unwanted
from gradviz.engine.recording.backward_source import own_backward, saved_names
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.repeated_pass import NodeReplay, repeated_pass
from gradviz.engine.runs.replay import Replay
from gradviz.engine.tensors.summary import Summaries
from gradviz.protocol.questions import FindRule, FindRules, RuleFound, RulesFound


@answers(FindRule)
def ruled(question: FindRule, inspected: Inspected) -> RuleFound:
    """Return the rule of one node.

    Raises:
        RecordingError: there is no such node in the recording.
    """
    rule = rule_of(question.node, inspected.replay, inspected.recording)
    return RuleFound(question.node, rule)


@answers(FindRules)
def all_ruled(_: FindRules, inspected: Inspected) -> RulesFound:
    """Return the rules of all nodes."""
    recording = inspected.recording
    return RulesFound(
        rules_of([node.id for node in recording.graph.nodes], inspected.replay, recording)
    )


def rule_of(node_id: str, replay: Replay, recording: Recording) -> Rule:
    """Return the rule of a node, with the numbers of the recording; see `rules_of`.

    Those of the steps around it are found with it, and kept: a walk asks for them next.

    Raises:
        RecordingError: there is no such node in the recording.
    """
    known = _known_of(recording)
    if node_id not in known:
        around = [each for each in _around(node_id, recording) if each not in known]
        known.update(rules_of([node_id, *around], replay, recording))
    return known[node_id]


def rules_of(node_ids: Iterable[str], replay: Replay, recording: Recording) -> dict[str, Rule]:
    """Return the rules of nodes, with the numbers of the recording.

    The forward pass runs once more for them all, and leaves the model as it was.

    Raises:
        RecordingError: one of them is no node of the recording.
    """
    graph = recording.graph
    ids = list(dict.fromkeys(node_ids))
    if not all(node_id in graph.node for node_id in ids):
        raise RecordingError(
            tr("There is no such node in this pass."), tr("Choose one of the graph.")
        )
    steps = {step.node: step for step in recording.trace.steps}
    found: dict[str, Rule] = {}
    with repeated_pass(replay, recording) as again:
        for start in range(0, len(ids), _AT_ONCE):
            nodes = [graph.node[node_id] for node_id in ids[start : start + _AT_ONCE]]
            end_if_unwanted()
            asked = {node.id: again.ask(node) for node in nodes}
            summaries = Summaries()
            summaries.take(each for answer in asked.values() for each in answer.locals_)
            for node in nodes:
                locals_ = summaries.of_each(asked[node.id].locals_)
                found[node.id] = _rule(node, graph, steps.get(node.id), asked[node.id], locals_)
    return found


#: So many nodes are asked before their answers are summarized: more would fill the memory.
_AT_ONCE: Final = 64
#: So many steps before and after the one that is asked for are answered with it.
_STEPS_AROUND: Final = 32
#: Of the newest recording that was asked about, the rules that are known.
_newest: list[tuple[weakref.ref[Recording], dict[str, Rule]]] = []


def _known_of(recording: Recording) -> dict[str, Rule]:
    """Return the rules known of a recording; they stay right, whatever becomes of the model."""
    for asked, known in _newest:
        if asked() is recording:
            return known
    _newest[:] = [(weakref.ref(recording), {})]
    return _newest[0][1]


def _around(node_id: str, recording: Recording) -> list[str]:
    """Return the nodes of the backward steps around that of a node."""
    steps = recording.trace.steps
    place = next((place for place, step in enumerate(steps) if step.node == node_id), 0)
    near = steps[max(0, place - _STEPS_AROUND) : place + _STEPS_AROUND]
    return [step.node for step in near]


def _rule(
    node: Node,
    graph: Graph,
    step: Step | None,
    answer: NodeReplay,
    locals_: tuple[TensorSummary | None, ...],
) -> Rule:
    if node.kind == "leaf":
        return Rule(upstream=step.grad_outputs if step else ())
    entry = derivatives().get(node.name)
    backward = own_backward(answer.live)
    return Rule(
        schema=entry.schema if entry else "",
        upstream=step.grad_outputs if step else (),
        lines=tuple(_lines(node, graph, step, entry, locals_)),
        backward=backward,
        saved=saved_names(backward.text) if backward else (),
        note=answer.note,
    )


_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


def _lines(
    node: Node,
    graph: Graph,
    step: Step | None,
    entry: Derivative | None,
    locals_: tuple[TensorSummary | None, ...],
) -> Iterator[RuleLine]:
    readable = formula_of(node.op, node.name, open_bounds=bounds_are_open())
    edges = graph.edges_into[node.id]
    for edge in edges:
        name, formula = _input(edge, entry)
        local = locals_[edge.slot] if edge.slot < len(locals_) else None
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
    """Return the saved tensors and settings of `node` that a formula names."""
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
    """Return the dims over which PyTorch sums the value of the formula, to get the result.

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
