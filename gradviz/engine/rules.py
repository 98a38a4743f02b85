"""The rule of a node: PyTorch's formula, one to read, and what it makes of the numbers."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

import torch
from torch.autograd.function import BackwardCFunction

from gradviz.core.errors import RecordingError
from gradviz.core.formulas import formula_of
from gradviz.core.graph import Edge, Graph, Node
from gradviz.core.places import TensorPlace
from gradviz.core.rule import Rule, RuleLine, SourceText
from gradviz.core.tensors import TensorSummary
from gradviz.core.trace import Step
from gradviz.engine.capture import GradNode, Walk
from gradviz.engine.derivatives import Derivative, derivatives
from gradviz.engine.recording import Gradients, Recording
from gradviz.engine.run import Run
from gradviz.engine.summary import summarize
from gradviz.protocol.commands import AskRule
from gradviz.protocol.events import RuleFound


def ruled(question: AskRule, run: Run, recording: Recording) -> RuleFound:
    """Answer a question about the rule of one node.

    Raises:
        RecordingError: there is no such node in the recording.
    """
    rule = rule_of(question.node, run, recording)
    return RuleFound(run=question.run, recording=question.recording, node=question.node, rule=rule)


def rule_of(node_id: str, run: Run, recording: Recording) -> Rule:
    """Return the rule of a node, with the numbers of the recording.

    The forward pass runs once more for it, and leaves the model as it was.

    Raises:
        RecordingError: there is no such node in the recording.
    """
    node = recording.graph.node.get(node_id)
    if node is None:
        raise RecordingError("There is no such node in this pass.", "Choose one of the graph.")
    step = next((step for step in recording.trace.steps if step.node == node_id), None)
    live, same = (None, False) if recording.graph.note else _live(node_id, run, recording)
    entry = derivatives().get(node.name)
    function = live if isinstance(live, BackwardCFunction) else None
    backward = None if function is None else _backward_of(function)
    return Rule(
        schema=entry.schema if entry else "",
        upstream=step.grad_outputs if step else (),
        lines=tuple(_lines(node, recording.graph, step, entry, live if same else None)),
        backward=backward,
        saved=_saved_names(backward.text) if backward else (),
    )


def _live(node_id: str, run: Run, recording: Recording) -> tuple[GradNode | None, bool]:
    """Return PyTorch's node in another forward pass, and whether that gave the same numbers."""
    with run.repeated(recording.trace.at_step) as output:
        walk = Walk(output, run.leaves)
    name = recording.graph.node[node_id].name
    found = next((node for node in walk.nodes if walk.ids[node] == node_id), None)
    if found is None or found.name().rpartition("::")[2] != name:
        return None, False
    return found, _is_same(output, recording)


def _is_same(output: torch.Tensor, recording: Recording) -> bool:
    """Tell whether the pass gave what was recorded: weights or chance may be others by now."""
    graph = recording.graph
    leaves = (TensorPlace(leaf.id, "value") for leaf in graph.nodes if leaf.kind == "leaf")
    if any(recording.tensors.changed(leaf) for leaf in leaves):
        return False
    value = graph.node[graph.output].value
    # As text, where NaN equals itself.
    return value is None or repr(summarize(output)) == repr(value)


def _lines(
    node: Node, graph: Graph, step: Step | None, entry: Derivative | None, live: GradNode | None
) -> Iterator[RuleLine]:
    readable = formula_of(node.op, node.name)
    locals_ = _locals(live)
    for edge in graph.edges_into[node.id]:
        name, formula = _input(edge, len(graph.edges_into[node.id]), entry)
        yield RuleLine(
            slot=edge.slot,
            input=name,
            receiver=edge.source,
            readable=readable.get(name, ""),
            formula=formula,
            summed=_is_summed(node, graph.node[edge.source], edge, step),
            local=_at(locals_, edge.slot),
            result=step.grad_inputs[edge.slot]
            if step and edge.slot < len(step.grad_inputs)
            else None,
        )


def _input(edge: Edge, edges: int, entry: Derivative | None) -> tuple[str, str]:
    """Return name and formula of the input at an edge; a list of tensors takes all the slots."""
    if entry is None:
        return "", ""
    if len(entry.formulas) == 1:
        return entry.formulas[0]
    return entry.formulas[edge.slot] if edge.slot < len(entry.formulas) else ("", "")


def _is_summed(node: Node, source: Node, edge: Edge, step: Step | None) -> bool:
    """Tell whether broadcasting repeated the input, so that its gradient is a sum."""
    upstream = step.grad_outputs[0] if step and len(step.grad_outputs) == 1 else None
    sent = step.grad_inputs[edge.slot] if step and edge.slot < len(step.grad_inputs) else None
    broadcasts = node.op in _BROADCASTING
    return broadcasts and upstream is not None and sent is not None and sent.size < upstream.size


#: Operators whose inputs take the shape of the result before anything is computed.
_BROADCASTING = frozenset(
    {"Add", "Sub", "Rsub", "Mul", "Div", "Pow", "Maximum", "Minimum", "Where", "Addcmul", "Lerp"}
)


def _locals(node: GradNode | None) -> Gradients:
    """Return what the node makes of ones; empty where it cannot be asked."""
    if node is None or not node._input_metadata:
        return ()
    ones = [
        torch.ones(tuple(result.shape), dtype=result.dtype, device=result.device)
        for result in node._input_metadata
    ]
    try:
        with torch.no_grad():
            made = (node.apply if isinstance(node, BackwardCFunction) else node)(*ones)
    except (RuntimeError, TypeError, ValueError):
        # Some nodes want gradients of another kind than ones; the rule goes without.
        return ()
    return made if isinstance(made, tuple) else (made,)


def _at(gradients: Gradients, slot: int) -> TensorSummary | None:
    gradient = gradients[slot] if slot < len(gradients) else None
    return None if gradient is None else summarize(gradient)


def _backward_of(node: BackwardCFunction) -> SourceText | None:
    """Return the source of a custom Function's backward, None where it is not to be had."""
    function: Any = getattr(type(node), "_forward_cls", None)
    try:
        lines, first = inspect.getsourcelines(function.backward)
        file = inspect.getsourcefile(function) or ""
    except (AttributeError, OSError, TypeError):
        return None
    return SourceText(file=file, first=first, text=textwrap.dedent("".join(lines)))


def _saved_names(source: str) -> tuple[str, ...]:
    """Return what the source of a backward calls its saved tensors; it is read, never run."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ()
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Assign) and _reads_saved(statement.value):
            (target,) = statement.targets[:1]
            if isinstance(target, ast.Tuple):
                return tuple(each.id for each in target.elts if isinstance(each, ast.Name))
    return ()


def _reads_saved(value: ast.expr) -> bool:
    return isinstance(value, ast.Attribute) and value.attr == "saved_tensors"
