"""A step of the recorded pass in plain words, made of nothing but the recorded numbers.

No sentence claims more than these numbers show: one about growth needs a gradient of one
element, and a factor is named only where it gives the recorded result to the last digit.
"""

import math
from collections.abc import Iterator

from gradviz.core.findings.spoken_numbers import said
from gradviz.core.findings.zero_gradients import is_zero, why_zero
from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.trace import Contribution, Step, Trace
from gradviz.core.number_text import counted

#: So many contributions to a sum are told one by one.
_TOLD = 6
_LOSS = "the loss"


def explain(graph: Graph, trace: Trace, position: int) -> tuple[str, ...]:
    """Return sentences about backward step `position`, counted from 0."""
    step = trace.steps[position]
    node = graph.node[step.node]
    if node.kind == "leaf":
        return tuple(_about_leaf(graph, trace, position, node))
    return tuple(_about_operation(graph, step, node, first=position == 0))


def explain_forward(graph: Graph, node_id: str) -> tuple[str, ...]:
    """Return sentences about the forward step that gave the value of `node_id`."""
    node = graph.node[node_id]
    if node.kind == "leaf":
        value = f" Its value is {_tensor(node.value)}." if node.value is not None else ""
        return (f"The pass begins with {node.op}.{value}",)
    sources = [_name(graph.node[edge.source]) for edge in graph.edges_into[node_id]]
    taken = f" took {_listed(sources)} and" if sources else ""
    if node.value is None:
        return (f"{_name(node)}{taken} gave a value that is not kept.",)
    return (f"{_name(node)}{taken} gave {_tensor(node.value)}.",)


def _about_leaf(graph: Graph, trace: Trace, position: int, leaf: Node) -> Iterator[str]:
    total = _only(trace.steps[position].grad_outputs)
    parts = [
        (contribution, graph.node[_edge(graph, contribution).target])
        for step in trace.steps[: position + 1]
        for contribution in step.contributions
        if contribution.leaf == leaf.id
    ]
    if total is None:
        yield f"No gradient reached {leaf.op}."
        return
    executions = trace.executions_of(leaf.id)
    if len(executions) > 1:
        # A sum that is not whole yet says nothing of growth.
        yield from _about_execution(graph, trace, executions.index(position), leaf)
        return
    yield f"{_growth(graph, total, leaf.op)}{_because(parts)}"
    if len(parts) > 1 and total.scalar is not None and math.isfinite(total.scalar):
        yield f"They are added up where they arrive: together {said(total.scalar)}."


def _about_execution(graph: Graph, trace: Trace, number: int, leaf: Node) -> Iterator[str]:
    """Yield the gradient of a leaf's execution `number`, from 0 on; at the last also the sum."""
    executions = trace.executions_of(leaf.id)
    count = len(executions)
    arrived = _only(trace.steps[executions[number]].grad_outputs)
    yield f"This is turn {number + 1} of {count} of {leaf.op}: {_tensor(arrived)} arrives."
    whole = trace.leaf_grads.get(leaf.id)
    if number == count - 1 and whole is not None:
        yield f"Together they are {_tensor(whole)}. {_growth(graph, whole, leaf.op)}."


def _because(parts: list[tuple[Contribution, Node]]) -> str:
    if not parts:
        return "."
    if len(parts) > _TOLD:
        return f", because {len(parts)} contributions have arrived, one for each use."
    arrived = [f"{_tensor(part.gradient)} from {_name(sender)}" for part, sender in parts]
    verb = "has" if len(parts) == 1 else "have"
    return f", because {_listed(arrived)} {verb} arrived."


def _about_operation(graph: Graph, step: Step, node: Node, *, first: bool) -> Iterator[str]:
    upstream = _only(step.grad_outputs)
    if first and upstream is not None and upstream.scalar == 1.0:
        output = _output(graph)
        yield f"Backward begins with 1, the derivative of {output} with respect to itself."
    elif upstream is not None:
        yield f"{_growth(graph, upstream, f'the result of {_name(node)}')}."
    elif len(step.grad_outputs) > 1:
        yield f"{_name(node)} got the gradients of its {len(step.grad_outputs)} results."
    else:
        yield f"No gradient reached {_name(node)}."
    sources = {edge.slot: edge for edge in graph.edges_into[node.id]}
    for slot, gradient in enumerate(step.grad_inputs):
        if slot in sources:
            yield _sent(graph, step, gradient, sources[slot])


def _sent(graph: Graph, step: Step, sent: TensorSummary | None, edge: Edge) -> str:
    receiver = _name(graph.node[edge.source])
    if sent is None:
        return f"It sent nothing to {receiver}: PyTorch has None there, which counts as 0."
    if sent.hidden:
        return f"The gradient that it sends to {receiver} is to be predicted: ?"
    if not sent.finite:
        return f"To {receiver} it sent {_tensor(sent)}, which is not finite."
    if is_zero(sent):
        reason = why_zero(graph, step, edge)
        because = f", because {reason}" if reason else ""
        return f"To {receiver} it sent {_zero(sent)}: nothing passes along this way{because}."
    return f"To {receiver} it sent {_tensor(sent)}{_factor(_only(step.grad_outputs), sent)}."


def _factor(upstream: TensorSummary | None, sent: TensorSummary) -> str:
    """Return the factor from the upstream gradient to the sent one, where it is exact; or ''."""
    got = upstream.scalar if upstream is not None else None
    gave = sent.scalar
    if got is None or gave is None or not got or not math.isfinite(got):
        return ""
    if gave == got:
        return ", just what it got"
    factor = gave / got
    if not math.isfinite(factor) or factor * got != gave:
        return ""
    return f", which is {said(got)} times {said(factor)}"


def _growth(graph: Graph, gradient: TensorSummary, what: str) -> str:
    """Return how the output answers to a small change of the tensor named, without a full stop."""
    output = _output(graph)
    if gradient.hidden:
        return f"How much {output} answers to a small change of {what} is to be predicted"
    if not gradient.finite:
        return f"The gradient of {output} with respect to {what} is not finite"
    value = gradient.scalar
    if graph.hooked and (value is not None or is_zero(gradient)):
        # A gradient that a hook changed need not tell how the output grows.
        told = _zero(gradient) if value is None else said(value)
        return (
            f"As the hooks in this graph leave it, the gradient of {output} with respect to "
            f"{what} is {told}"
        )
    if value is not None:
        if value == 0:
            return f"To first order, a small change of {what} leaves {output} as it is"
        much = "just as much" if abs(value) == 1 else f"{said(abs(value))} times as much"
        way = "" if value > 0 else ", in the opposite direction"
        return f"For a small change of {what}, {output} changes {much}{way}"
    if is_zero(gradient):
        return (
            f"To first order, a small change of {what} leaves {output} as it is: "
            f"all {counted(gradient.size)} elements of its gradient are 0"
        )
    return (
        f"For each of the {counted(gradient.size)} elements of {what} there is a gradient of "
        f"{output}, {_range(gradient)}"
    )


def _range(gradient: TensorSummary) -> str:
    if gradient.minimum is None or gradient.maximum is None:
        return f"of the shape {shape_text(gradient.shape)}"
    return f"from {said(gradient.minimum)} to {said(gradient.maximum)}"


def _tensor(tensor: TensorSummary | None) -> str:
    if tensor is None:
        return "nothing"
    if tensor.hidden:
        return "?"
    if tensor.scalar is not None:
        return said(tensor.scalar)
    norm = "" if tensor.norm is None else f" with norm {said(tensor.norm)}"
    return f"a tensor of shape {shape_text(tensor.shape)}{norm}"


def _zero(tensor: TensorSummary) -> str:
    return "0" if tensor.scalar is not None else f"zeros of shape {shape_text(tensor.shape)}"


def _only(gradients: tuple[TensorSummary | None, ...]) -> TensorSummary | None:
    return gradients[0] if len(gradients) == 1 else None


def _edge(graph: Graph, contribution: Contribution) -> Edge:
    edges = (edge for edge in graph.edges_out_of[contribution.leaf])
    return next(edge for edge in edges if edge.id == contribution.edge)


def _output(graph: Graph) -> str:
    """Return the words for the output that backward starts from: `the loss`, or `y`."""
    if graph.order > 1:
        return "the gradient along the direction"
    node = graph.node[graph.output]
    loss = "loss" in (node.label.lower(), node.op.lower())
    name = graph.result or (_LOSS if loss else "y")
    # Backward begins with ones where there are several elements: it is their sum that grows.
    return name if math.prod(node.shape) == 1 else f"the sum of {name}"


def _name(node: Node) -> str:
    return node.op if node.kind == "leaf" or not node.label else f"{node.op} {node.label}"


def _listed(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
