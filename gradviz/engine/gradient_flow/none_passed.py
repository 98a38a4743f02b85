"""Where a recorded backward pass stopped on its way to a leaf: who passed None on, and the line."""

import dis
import inspect
from collections.abc import Iterator
from typing import Any

from torch.autograd.function import BackwardCFunction

from gradviz.core.findings.missing import CodePlace, MissingGradient
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import tr
from gradviz.engine.gradient_flow.break_reasons import where
from gradviz.engine.gradient_flow.code_lines import line_of
from gradviz.engine.recording.capture import Walk, forward_name
from gradviz.engine.torch_internals.grad_nodes import function_of

#: The node of an operation for which nobody has registered a backward.
_WITHOUT_BACKWARD = "WarnNotImplemented"


def none_passed(name: str, graph: Graph, trace: Trace, walk: Walk) -> Iterator[MissingGradient]:
    """Yield why the leaf `name`, which is in `graph`, got no gradient in `trace`.

    `walk` goes through the same graph, built again.
    """
    leaf = next((node.id for node in graph.nodes if (node.kind, node.op) == ("leaf", name)), None)
    if leaf is None:
        return
    nodes = {number: node for node, number in walk.ids.items()}
    for stopper in _stoppers(graph, trace, leaf):
        node, recorded = nodes.get(stopper), graph.node[stopper]
        known = node is not None and forward_name(node.name().rpartition("::")[2]) == recorded.op
        direct = any((edge.source, edge.target) == (leaf, stopper) for edge in graph.edges)
        what = name if direct else tr("what was computed from {name}", name=name)
        yield _told(name, what, recorded.op, node if known else None, own=recorded.kind)


def _stoppers(graph: Graph, trace: Trace, leaf: str) -> list[str]:
    """Return the nodes that got a gradient and passed none on towards `leaf`, forwards' order."""
    steps = {step.node: step for step in trace.steps}
    uses: dict[str, list[tuple[str, int]]] = {}
    for edge in graph.edges:
        uses.setdefault(edge.source, []).append((edge.target, edge.slot))
    found: set[str] = set()
    seen, waiting = {leaf}, [leaf]
    while waiting:
        for target, _ in uses.get(waiting.pop(), ()):
            step = steps.get(target)
            if step is not None and any(each is not None for each in step.grad_outputs):
                found.add(target)
            elif target not in seen:
                seen.add(target)
                waiting.append(target)
    order = {node: place for place, node in enumerate(trace.forward)}
    return sorted(found, key=lambda node: order.get(node, len(order)))


def _told(name: str, what: str, op: str, node: Any, *, own: str) -> MissingGradient:
    if op == _WITHOUT_BACKWARD:
        return MissingGradient(
            name=name,
            reason="function",
            sentence=tr(
                "PyTorch has no backward for an operation that takes {tensor}; its node is named "
                "{node}.",
                tensor=what,
                node=op,
            ),
            hint=tr(
                "Compute it with operations that have one: those of quantized layers have none."
            ),
        )
    if own != "function" and not isinstance(node, BackwardCFunction):
        return MissingGradient(
            name=name,
            reason="unknown",
            sentence=tr(
                "PyTorch's own backward of {node} passes no gradient on to {tensor}; why is not to "
                "be seen from outside.",
                node=op,
                tensor=what,
            ),
        )
    place = _return_line(function_of(node))
    told = {"function": op, "tensor": what}
    return MissingGradient(
        name=name,
        reason="function",
        sentence=tr("{function}.backward returns None for {tensor}.", **told)
        if place is None
        else tr(
            "In {line}, {function}.backward returns None for {tensor}.", **told, line=where(place)
        ),
        hint=tr("Return its gradient from {function}.backward.", function=op),
        place=place,
    )


def _return_line(function: Any) -> CodePlace | None:
    """Return the one line where the backward of a custom Function returns, else where it begins."""
    backward = getattr(function, "backward", None)
    code = getattr(inspect.unwrap(backward), "__code__", None) if callable(backward) else None
    if code is None:
        return None
    lines = {
        each.positions.lineno
        for each in dis.get_instructions(code)
        if each.opname.startswith("RETURN") and each.positions is not None
    }
    only = lines.pop() if len(lines) == 1 else None
    return line_of(code.co_filename, only or code.co_firstlineno)
