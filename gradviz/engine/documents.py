"""A graph and its backward pass as plain data for JSON, and as text to read in a terminal.

JSON has no number that is not finite: these are the strings "NaN", "Infinity" and "-Infinity",
which Python's `float` and JavaScript's `Number` read. `null` is where PyTorch passed nothing.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from gradviz.core.choices.orders import derivative_text
from gradviz.core.findings.explanation import explain, explain_forward
from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.trace import Check, Step, Trace
from gradviz.core.graphs.walk import forward_steps

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def graph_document(graph: Graph, output: float) -> dict[str, Json]:
    """Return the graph with `output`, the value of the output, and its node's id."""
    return {
        **({"note": graph.note} if graph.note else {}),
        **({"order": graph.order} if graph.order > 1 else {}),
        "output": number(output),
        "output_node": graph.output,
        "nodes": [_node(node) for node in graph.nodes],
        "edges": [_edge(edge) for edge in graph.edges],
    }


def step_document(
    graph: Graph, trace: Trace, output: float, rules: Mapping[str, Json] | None = None
) -> dict[str, Json]:
    """Return the graph, every step of the backward pass, and the leaves' gradients by name.

    Each backward step has the one of `rules` that is of its node, where there is one.
    """
    checks: list[Json] = [_check(check) for check in trace.checks]
    return {
        **graph_document(graph, output),
        "forward": [
            {
                "node": step.node,
                "edges": list(step.edges),
                "value": tensor(step.value),
                "explanation": list(explain_forward(graph, step.node)),
            }
            for step in forward_steps(graph, trace)
        ],
        "steps": [
            {
                **_step(step),
                **({"rule": rules[step.node]} if rules and step.node in rules else {}),
                "explanation": list(explain(graph, trace, place)),
            }
            for place, step in enumerate(trace.steps)
        ],
        "leaf_grads": {
            graph.node[leaf].op: tensor(gradient) for leaf, gradient in trace.leaf_grads.items()
        },
        **({"checks": checks} if checks else {}),
        **_products(graph, trace),
    }


def _products(graph: Graph, trace: Trace) -> dict[str, Json]:
    """Return what the leaves of a gradient's graph got, under its own name."""
    if graph.order == 1:
        return {}
    name = "hessian_vector_product" if graph.order == 2 else "third_derivative"
    return {
        name: {graph.node[leaf].op: tensor(got) for leaf, got in trace.leaf_grads.items()},
    }


def tensor(summary: TensorSummary | None) -> Json:
    """Return a scalar as a number, a small tensor as nested lists, a large one described."""
    if summary is None:
        return None
    if summary.values is not None:
        return _nested([number(value) for value in summary.values], summary.shape)
    return {
        "shape": list(summary.shape),
        "min": number(summary.minimum),
        "max": number(summary.maximum),
        "mean": number(summary.mean),
        "norm": number(summary.norm),
    }


def number(value: float | None) -> Json:
    """Return a number that JSON can hold; None is undefined, which is not a number either."""
    if value is None or math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def graph_lines(graph: Graph) -> Iterator[str]:
    """Yield the nodes as a table, from the output back to the leaves."""
    if graph.note:
        yield graph.note
    rows = [_row(graph, node) for node in graph.nodes]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def step_lines(
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
        got = ", ".join(_short(gradient) for gradient in step.grad_outputs)
        sent = "; ".join(
            f"{edge.source} {_short(step.grad_inputs[edge.slot])}"
            for edge in graph.edges_into[node.id]
            if edge.slot < len(step.grad_inputs)
        )
        yield f"{index:3}  {node.id} {node.op}: {got}" + (f"  ->  {sent}" if sent else "")
        if explained:
            yield from (f"     {sentence}" for sentence in explain(graph, trace, index - 1))
        yield from (f"     {line}" for line in (rules or {}).get(step.node, ()))
    for leaf, gradient in trace.leaf_grads.items():
        what = "gradient" if graph.order == 1 else derivative_text(graph.order)
        yield f"{what} of {graph.node[leaf].op}: {_short(gradient)}"
    for check in trace.checks:
        name, found = graph.node[check.node].op, _short(check.autograd)
        yield f"autograd's gradient of {name}: {found}, relative difference {check.difference:.3g}"


def _forward_lines(graph: Graph, trace: Trace, *, explained: bool) -> Iterator[str]:
    for index, step in enumerate(forward_steps(graph, trace), start=1):
        node = graph.node[step.node]
        label = f" = {node.label}" if node.label else ""
        fed = ", ".join(edge.source for edge in graph.edges_into[node.id])
        value = "value not known" if step.value is None else _short(step.value)
        yield f"forward {index:3}  {node.id} {node.op}{label}: {value}" + (
            f"  <-  {fed}" if fed else ""
        )
        if node.note:
            yield f"             {node.note}"
        if explained:
            yield from (f"             {told}" for told in explain_forward(graph, node.id))


def _node(node: Node) -> dict[str, Json]:
    return {
        "id": node.id,
        "op": node.op,
        "name": node.name,
        "kind": node.kind,
        "label": node.label,
        **({"order": node.order} if node.order > 1 else {}),
        "shape": list(node.shape),
        "dtype": node.dtype,
        "device": node.device,
        "value": tensor(node.value),
        **({"note": node.note} if node.note else {}),
        "saved": [
            {"name": saved.name, "value": tensor(saved.tensor) if saved.tensor else saved.setting}
            for saved in node.saved
        ],
    }


def _edge(edge: Edge) -> dict[str, Json]:
    return {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "slot": edge.slot,
        "output": edge.output,
    }


def _step(step: Step) -> dict[str, Json]:
    return {
        "node": step.node,
        "grad_outputs": [tensor(gradient) for gradient in step.grad_outputs],
        "grad_inputs": [tensor(gradient) for gradient in step.grad_inputs],
        "contributions": [
            {
                "leaf": contribution.leaf,
                "edge": contribution.edge,
                "gradient": tensor(contribution.gradient),
                "total": tensor(contribution.total),
            }
            for contribution in step.contributions
        ],
    }


def _check(check: Check) -> dict[str, Json]:
    return {
        "node": check.node,
        "autograd": tensor(check.autograd),
        "relative_difference": number(check.difference),
    }


def _nested(values: list[Json], shape: tuple[int, ...]) -> Json:
    """Return values in C order as lists within lists; a number for the shape ()."""
    if not shape:
        return values[0]
    if len(shape) == 1:
        return values
    size = math.prod(shape[1:])
    return [
        _nested(values[start * size : (start + 1) * size], shape[1:]) for start in range(shape[0])
    ]


def _row(graph: Graph, node: Node) -> tuple[str, ...]:
    sources = ", ".join(edge.source for edge in graph.edges_into[node.id])
    return (
        node.id,
        node.op,
        node.name,
        shape_text(node.shape),
        _short(node.value) if node.value else "",
        f"from {sources}" if sources else "",
        node.label,
    )


def _short(summary: TensorSummary | None) -> str:
    if summary is None:
        return "none"
    if summary.scalar is not None:
        return f"{summary.scalar:.6g}"
    norm = "not finite" if summary.norm is None else f"{summary.norm:.6g}"
    return f"{shape_text(summary.shape)} norm {norm}"
