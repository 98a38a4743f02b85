"""A graph and its backward pass: lines for a terminal, and the document of `gradviz step`."""

from collections.abc import Iterable, Iterator, Mapping

from gradviz.cli.output.rules_output import rule_json
from gradviz.cli.output.tensors_output import tensor_text
from gradviz.cli.text_columns import columns
from gradviz.core.choices.orders import derivative_text
from gradviz.core.findings.explanation import explain, explain_forward
from gradviz.core.findings.rule import Rule
from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.trace import Trace
from gradviz.core.graphs.walk import forward_steps
from gradviz.core.language.saying import tr
from gradviz.core.number_text import short
from gradviz.export.formats.json import forward_json, graph_document, pass_fields, steps_json
from gradviz.export.strict_json import Json


def pass_json(
    graph: Graph, trace: Trace, output: float, rules: Mapping[str, Rule]
) -> dict[str, Json]:
    """Return the document of the graph and its pass, with each step explained.

    A backward step has the one of `rules` that is of its node, where there is one.
    """
    forward: list[Json] = [
        {**step, "explanation": list(explain_forward(graph, node))}
        for step, node in zip(forward_json(graph, trace), trace.forward, strict=True)
    ]
    steps: list[Json] = [
        {
            **step,
            **({"rule": rule_json(rules[node], graph)} if node in rules else {}),
            "explanation": list(explain(graph, trace, place)),
        }
        for place, (step, node) in enumerate(
            zip(steps_json(trace), (each.node for each in trace.steps), strict=True)
        )
    ]
    return {
        **graph_document(graph, output=output),
        **pass_fields(graph, trace, forward, steps),
    }


def graph_lines(graph: Graph) -> Iterator[str]:
    """Yield the nodes as a table, from the output back to the leaves."""
    if graph.note:
        yield graph.note
    rows = [_row(graph, node) for node in graph.nodes]
    yield from columns(rows)


def pass_lines(
    graph: Graph,
    trace: Trace,
    *,
    explained: bool = False,
    rules: Mapping[str, Iterable[str]] | None = None,
) -> Iterator[str]:
    """Yield the passes there and back step by step, in plain words too, then the gradients.

    The lines of `rules` stand below the backward step of their node.
    """
    yield from _forward_lines(graph, trace, explained=explained)
    for index, step in enumerate(trace.steps, start=1):
        node = graph.node[step.node]
        got = ", ".join(tensor_text(gradient) for gradient in step.grad_outputs)
        sent = "; ".join(
            f"{edge.source} {tensor_text(step.grad_inputs[edge.slot])}"
            for edge in graph.edges_into[node.id]
            if edge.slot < len(step.grad_inputs)
        )
        yield f"{index:3}  {node.id} {node.op}: {got}" + (f"  ->  {sent}" if sent else "")
        if explained:
            yield from (f"     {sentence}" for sentence in explain(graph, trace, index - 1))
        yield from (f"     {line}" for line in (rules or {}).get(step.node, ()))
    for leaf, gradient in trace.leaf_grads.items():
        name, found = graph.node[leaf].op, tensor_text(gradient)
        if graph.order == 1:
            yield tr("gradient of {name}: {value}", name=name, value=found)
        else:
            yield tr(
                "{derivative} of {name}: {value}",
                derivative=derivative_text(graph.order),
                name=name,
                value=found,
            )
    for check in trace.checks:
        yield tr(
            "autograd's gradient of {name}: {value}, relative difference {difference}",
            name=graph.node[check.node].op,
            value=tensor_text(check.autograd),
            difference=short(check.difference, 3),
        )


def _forward_lines(graph: Graph, trace: Trace, *, explained: bool) -> Iterator[str]:
    for index, step in enumerate(forward_steps(graph, trace), start=1):
        node = graph.node[step.node]
        label = f" = {node.label}" if node.label else ""
        fed = ", ".join(edge.source for edge in graph.edges_into[node.id])
        value = tr("value not known") if step.value is None else tensor_text(step.value)
        told = tr("forward {step:3}", step=index)
        yield f"{told}  {node.id} {node.op}{label}: {value}" + (f"  <-  {fed}" if fed else "")
        if node.note:
            yield f"             {node.note}"
        if explained:
            yield from (f"             {told}" for told in explain_forward(graph, node.id))


def _row(graph: Graph, node: Node) -> tuple[str, ...]:
    sources = ", ".join(edge.source for edge in graph.edges_into[node.id])
    return (
        node.id,
        node.op,
        node.name,
        node.shape_shown,
        tensor_text(node.value) if node.value else "",
        tr("from {sources}", sources=sources) if sources else "",
        node.label,
    )
