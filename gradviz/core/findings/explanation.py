"""A step of the recorded pass in plain words, made of nothing but the recorded numbers.

No sentence claims more than these numbers show: one about growth needs a gradient of one
element, and a factor is named only where it gives the recorded result to the last digit.
"""

import math
from collections.abc import Iterator, Mapping

from gradviz.core.findings.spoken_numbers import said
from gradviz.core.findings.zero_gradients import is_zero, why_zero
from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.trace import Contribution, Step, Trace
from gradviz.core.language.saying import listed, sentences, tr, tr_n
from gradviz.core.number_text import counted

#: So many contributions to a sum are told one by one.
_TOLD = 6


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
        begins = tr("The pass begins with {name}.", name=node.op)
        if node.value is None:
            return (begins,)
        return (sentences([begins, tr("Its value is {value}.", value=_tensor(node.value))]),)
    name = _name(node)
    sources = [_name(graph.node[edge.source]) for edge in graph.edges_into[node_id]]
    if not sources:
        if node.value is None:
            return (tr("{node} gave a value that is not kept.", node=name),)
        return (tr("{node} gave {value}.", node=name, value=_tensor(node.value)),)
    taken = _listed(sources)
    if node.value is None:
        return (
            tr(
                "{node} took {sources} and gave a value that is not kept.", node=name, sources=taken
            ),
        )
    return (
        tr(
            "{node} took {sources} and gave {value}.",
            node=name,
            sources=taken,
            value=_tensor(node.value),
        ),
    )


def _about_leaf(graph: Graph, trace: Trace, position: int, leaf: Node) -> Iterator[str]:
    total = _only(trace.steps[position].grad_outputs)
    parts = [
        (contribution, graph.node[_edge(graph, contribution).target])
        for step in trace.steps[: position + 1]
        for contribution in step.contributions
        if contribution.leaf == leaf.id
    ]
    if total is None:
        yield tr("No gradient reached {node}.", node=leaf.op)
        return
    executions = trace.executions_of(leaf.id)
    if len(executions) > 1:
        # A sum that is not whole yet says nothing of growth.
        yield from _about_execution(graph, trace, executions.index(position), leaf)
        return
    yield _because(_growth(graph, total, leaf.op), parts)
    if len(parts) > 1 and total.scalar is not None and math.isfinite(total.scalar):
        yield tr("They are added up where they arrive: together {sum}.", sum=said(total.scalar))


def _about_execution(graph: Graph, trace: Trace, number: int, leaf: Node) -> Iterator[str]:
    """Yield the gradient of a leaf's execution `number`, from 0 on; at the last also the sum."""
    executions = trace.executions_of(leaf.id)
    count = len(executions)
    arrived = _only(trace.steps[executions[number]].grad_outputs)
    yield tr(
        "This is turn {number} of {count} of {name}: {gradient} arrives.",
        number=number + 1,
        count=count,
        name=leaf.op,
        gradient=_tensor(arrived),
    )
    whole = trace.leaf_grads.get(leaf.id)
    if number == count - 1 and whole is not None:
        together = tr("Together they are {sum}.", sum=_tensor(whole))
        yield sentences([together, _sentence(_growth(graph, whole, leaf.op))])


def _because(clause: str, parts: list[tuple[Contribution, Node]]) -> str:
    """Return a clause as a sentence with its reason: the gradients that have arrived."""
    if not parts:
        return _sentence(clause)
    if len(parts) > _TOLD:
        return tr(
            "{clause}, because {count} contributions have arrived, one for each use.",
            clause=clause,
            count=len(parts),
        )
    arrived = [
        tr("{gradient} from {node}", gradient=_tensor(part.gradient), node=_name(sender))
        for part, sender in parts
    ]
    return tr_n(
        "{clause}, because {gradients} have arrived.",
        "{clause}, because {gradients} has arrived.",
        len(parts),
        clause=clause,
        gradients=_listed(arrived),
    )


def _sentence(clause: str) -> str:
    return tr("{clause}.", clause=clause)


def _about_operation(graph: Graph, step: Step, node: Node, *, first: bool) -> Iterator[str]:
    upstream = _only(step.grad_outputs)
    if first and upstream is not None and upstream.scalar == 1.0:
        yield tr(
            "Backward begins with 1, the derivative of {output} with respect to itself.",
            output=_output(graph),
        )
    elif upstream is not None:
        result = tr("the result of {node}", node=_name(node))
        yield _sentence(_growth(graph, upstream, result))
    elif len(step.grad_outputs) > 1:
        yield tr(
            "{node} got the gradients of its {count} results.",
            node=_name(node),
            count=len(step.grad_outputs),
        )
    else:
        yield tr("No gradient reached {node}.", node=_name(node))
    sources = {edge.slot: edge for edge in graph.edges_into[node.id]}
    for slot, gradient in enumerate(step.grad_inputs):
        if slot in sources:
            yield _sent(graph, step, gradient, sources[slot])


def _sent(graph: Graph, step: Step, sent: TensorSummary | None, edge: Edge) -> str:
    receiver = _name(graph.node[edge.source])
    if sent is None:
        return tr(
            "It sent nothing to {node}: PyTorch has None there, which counts as 0.", node=receiver
        )
    if sent.hidden:
        return tr("The gradient that it sends to {node} is to be predicted: ?", node=receiver)
    if not sent.finite:
        return tr(
            "To {node} it sent {gradient}, which is not finite.",
            node=receiver,
            gradient=_tensor(sent),
        )
    if is_zero(sent):
        return _sent_zero(receiver, _zero(sent), why_zero(graph, step, edge))
    return _sent_on(receiver, sent, _only(step.grad_outputs))


def _sent_zero(receiver: str, zero: str, reason: str) -> str:
    if not reason:
        return tr(
            "To {node} it sent {gradient}: nothing passes along this way.",
            node=receiver,
            gradient=zero,
        )
    return tr(
        "To {node} it sent {gradient}: nothing passes along this way, because {reason}.",
        node=receiver,
        gradient=zero,
        reason=reason,
    )


def _sent_on(receiver: str, sent: TensorSummary, upstream: TensorSummary | None) -> str:
    """Tell what was sent, with its factor from the upstream gradient where that is exact."""
    got = upstream.scalar if upstream is not None else None
    gave = sent.scalar
    known = got is not None and gave is not None and got and math.isfinite(got)
    if not known or got is None or gave is None:
        return tr("To {node} it sent {gradient}.", node=receiver, gradient=_tensor(sent))
    if gave == got:
        return tr(
            "To {node} it sent {gradient}, just what it got.",
            node=receiver,
            gradient=_tensor(sent),
        )
    factor = gave / got
    if not math.isfinite(factor) or factor * got != gave:
        return tr("To {node} it sent {gradient}.", node=receiver, gradient=_tensor(sent))
    return tr(
        "To {node} it sent {gradient}, which is {upstream} times {factor}.",
        node=receiver,
        gradient=_tensor(sent),
        upstream=said(got),
        factor=said(factor),
    )


def _growth(graph: Graph, gradient: TensorSummary, what: str) -> str:
    """Return how the output answers to a small change of the tensor named, without a full stop."""
    names = {"output": _output(graph), "what": what}
    if gradient.hidden:
        return tr(
            "How much {output} answers to a small change of {what} is to be predicted", **names
        )
    if not gradient.finite:
        return tr("The gradient of {output} with respect to {what} is not finite", **names)
    value = gradient.scalar
    if graph.hooked and (value is not None or is_zero(gradient)):
        # A gradient that a hook changed need not tell how the output grows.
        told = _zero(gradient) if value is None else said(value)
        return tr(
            "As the hooks in this graph leave it, the gradient of {output} with respect to {what} "
            "is {value}",
            value=told,
            **names,
        )
    if value is not None:
        return _growth_of_one(value, names)
    if is_zero(gradient):
        return tr(
            "To first order, a small change of {what} leaves {output} as it is: "
            "all {count} elements of its gradient are 0",
            count=counted(gradient.size),
            **names,
        )
    if gradient.minimum is None or gradient.maximum is None:
        return tr(
            "For each of the {count} elements of {what} there is a gradient of {output}, "
            "of the shape {shape}",
            count=counted(gradient.size),
            shape=shape_text(gradient.shape),
            **names,
        )
    return tr(
        "For each of the {count} elements of {what} there is a gradient of {output}, "
        "from {low} to {high}",
        count=counted(gradient.size),
        low=said(gradient.minimum),
        high=said(gradient.maximum),
        **names,
    )


def _growth_of_one(value: float, names: Mapping[str, str]) -> str:
    """Return how the output answers to a single number, with this derivative."""
    if value == 0:
        return tr("To first order, a small change of {what} leaves {output} as it is", **names)
    if value == 1:
        return tr("For a small change of {what}, {output} changes just as much", **names)
    if value == -1:
        return tr(
            "For a small change of {what}, {output} changes just as much, "
            "in the opposite direction",
            **names,
        )
    size = said(abs(value))
    if value > 0:
        return tr(
            "For a small change of {what}, {output} changes {factor} times as much",
            factor=size,
            **names,
        )
    return tr(
        "For a small change of {what}, {output} changes {factor} times as much, "
        "in the opposite direction",
        factor=size,
        **names,
    )


def _tensor(tensor: TensorSummary | None) -> str:
    if tensor is None:
        return tr("nothing")
    if tensor.hidden:
        return "?"
    if tensor.scalar is not None:
        return said(tensor.scalar)
    shape = shape_text(tensor.shape)
    if tensor.norm is None:
        return tr("a tensor of shape {shape}", shape=shape)
    return tr("a tensor of shape {shape} with norm {norm}", shape=shape, norm=said(tensor.norm))


def _zero(tensor: TensorSummary) -> str:
    if tensor.scalar is not None:
        return "0"
    return tr("zeros of shape {shape}", shape=shape_text(tensor.shape))


def _only(gradients: tuple[TensorSummary | None, ...]) -> TensorSummary | None:
    return gradients[0] if len(gradients) == 1 else None


def _edge(graph: Graph, contribution: Contribution) -> Edge:
    edges = (edge for edge in graph.edges_out_of[contribution.leaf])
    return next(edge for edge in edges if edge.id == contribution.edge)


def _output(graph: Graph) -> str:
    """Return the words for the output that backward starts from: `the loss`, or `y`."""
    if graph.order > 1:
        return tr("the gradient along the direction")
    node = graph.node[graph.output]
    loss = "loss" in (node.label.lower(), node.op.lower())
    name = graph.result or (tr("the loss") if loss else "y")
    # Backward begins with ones where there are several elements: it is their sum that grows.
    return name if math.prod(node.shape) == 1 else tr("the sum of {name}", name=name)


def _name(node: Node) -> str:
    return node.op if node.kind == "leaf" or not node.label else f"{node.op} {node.label}"


def _listed(texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return tr("{members} and {last}", members=listed(texts[:-1]), last=texts[-1])
