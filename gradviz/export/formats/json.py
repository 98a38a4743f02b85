"""JSON: the graph and its backward pass as data, for other programs; docs/json.md has the fields.

The command line prints the same document.
"""

from collections.abc import Sequence
from typing import Final

from gradviz.core.graphs.graph import Edge, Graph, Node, SavedTensor
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.outline import Outline, group_id
from gradviz.core.graphs.trace import Check, Contribution, Trace
from gradviz.core.graphs.walk import forward_steps
from gradviz.export.figure import GraphFigure
from gradviz.export.strict_json import Json, json_file, tensor_json

#: Changes when a field goes or gets another meaning; 1 was the file before the command line's.
VERSION: Final = 2
#: By this a reader knows the document among others.
SCHEMA: Final = f"gradviz.graph/{VERSION}"


def render(figure: GraphFigure) -> bytes:
    """Return the document in UTF-8, with the cursor of the figure."""
    document = graph_document(figure.graph, figure.trace, outline=figure.outline)
    facts: dict[str, Json] = {**figure.origin.facts}
    return json_file({**document, "cursor": figure.cursor, "metadata": facts})


def graph_document(
    graph: Graph,
    trace: Trace | None = None,
    output: float | None = None,
    outline: Outline | None = None,
) -> dict[str, Json]:
    """Return the graph, its groups, its backward pass and its outline, each where there is one.

    `output` is the value of the output, where the graph itself does not have it.
    """
    return {
        "schema": SCHEMA,
        "version": VERSION,
        **({"note": graph.note} if graph.note else {}),
        **({"order": graph.order} if graph.order > 1 else {}),
        "output": _output_of(graph) if output is None else output,
        "output_node": graph.output,
        "nodes": [_node(node) for node in graph.nodes],
        "edges": [_edge(edge) for edge in graph.edges],
        **({"groups": _groups(graph)} if graph.groups else {}),
        **({"outline": _outline(outline)} if graph.groups and outline is not None else {}),
        **(
            {}
            if trace is None
            else pass_fields(graph, trace, forward_json(graph, trace), steps_json(trace))
        ),
    }


def _output_of(graph: Graph) -> float | None:
    """Return the value of the output; None of a gradient's graph, which ends in another value."""
    value = graph.node[graph.output].value
    return value.scalar if value is not None and graph.order == 1 else None


def _pass(graph: Graph, trace: Trace) -> dict[str, Json]:
    return pass_fields(graph, trace, forward_json(graph, trace), steps_json(trace))


def pass_fields(
    graph: Graph, trace: Trace, forward: Sequence[Json], steps: Sequence[Json]
) -> dict[str, Json]:
    """Return the fields of a pass, with its steps in both directions as they are given."""
    checks: list[Json] = [_check(check) for check in trace.checks]
    gradients: dict[str, Json] = {
        graph.node[leaf].op: tensor_json(gradient) for leaf, gradient in trace.leaf_grads.items()
    }
    return {
        "at_step": trace.at_step,
        "forward": list(forward),
        "steps": list(steps),
        "leaf_grads": gradients,
        **({"checks": checks} if checks else {}),
        **({_product_name(graph.order): gradients} if graph.order > 1 else {}),
    }


def forward_json(graph: Graph, trace: Trace) -> list[dict[str, Json]]:
    """Return the steps of the forward pass."""
    return [
        {"node": step.node, "edges": list(step.edges), "value": tensor_json(step.value)}
        for step in forward_steps(graph, trace)
    ]


def steps_json(trace: Trace) -> list[dict[str, Json]]:
    """Return the steps of the backward pass."""
    return [
        {
            "node": step.node,
            "grad_outputs": [tensor_json(gradient) for gradient in step.grad_outputs],
            "grad_inputs": [tensor_json(gradient) for gradient in step.grad_inputs],
            "contributions": [_contribution(each) for each in step.contributions],
        }
        for step in trace.steps
    ]


def _contribution(contribution: Contribution) -> Json:
    return {
        "leaf": contribution.leaf,
        "edge": contribution.edge,
        "gradient": tensor_json(contribution.gradient),
        "total": tensor_json(contribution.total),
    }


def _product_name(order: int) -> str:
    """Return the name of the values that reach the leaves of a gradient's graph."""
    return "hessian_vector_product" if order == 2 else "third_derivative"


def _node(node: Node) -> Json:
    return {
        "id": node.id,
        "op": node.op,
        "name": node.name,
        "kind": node.kind,
        "label": node.label,
        **({"order": node.order} if node.order > 1 else {}),
        "shape": None if node.sizes else list(node.shape),
        **({"sizes": node.sizes} if node.sizes else {}),
        "dtype": node.dtype,
        "device": node.device,
        "value": tensor_json(node.value),
        **({"note": node.note} if node.note else {}),
        "saved": [_saved(saved) for saved in node.saved],
    }


def _saved(saved: SavedTensor) -> Json:
    """Return a value that was kept for backward; only a tensor has a shape."""
    if saved.tensor is None:
        return {"name": saved.name, "value": saved.setting}
    return {
        "name": saved.name,
        "value": tensor_json(saved.tensor),
        "shape": list(saved.tensor.shape),
        "dtype": saved.tensor.dtype,
        "device": saved.tensor.device,
    }


def _edge(edge: Edge) -> Json:
    return {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "slot": edge.slot,
        "output": edge.output,
    }


def _groups(graph: Graph) -> list[Json]:
    """Return all groups, each after the one around it, with the nodes right within."""
    return [
        {
            "id": group.id,
            "title": group.title,
            "kind": group.kind,
            "parent": None if group.parent == NO_GROUP else graph.groups[group.parent].id,
            "class": group.type_name,
            "path": group.path,
            "call": group.call,
            **({"place": group.place} if group.place else {}),
            "nodes": [graph.nodes[place].id for place in own],
        }
        for group, own in zip(graph.groups, graph.grouping.own_nodes, strict=True)
    ]


def _outline(outline: Outline) -> dict[str, Json]:
    """Return the part that is shown: frames, boxes and single nodes, and the edges between them."""
    return {
        "frames": [
            {"id": frame.id, "group": frame.group.id, "frame": frame.around or None}
            for frame in outline.frames
        ],
        "boxes": [
            {
                "id": node.id,
                "title": node.op,
                "groups": list(outline.folds.get(node.id) or (group_id(node.id) or "",)),
                "frame": outline.frame_of[node.id] or None,
                "nodes": list(outline.members[node.id]),
            }
            for node in outline.graph.nodes
            if node.kind == "group"
        ],
        "nodes": [node.id for node in outline.graph.nodes if node.kind != "group"],
        "edges": [
            {
                "id": edge.id,
                "source": edge.source,
                "target": edge.target,
                "edges": list(outline.bundles[edge.id]),
            }
            for edge in outline.graph.edges
        ],
    }


def _check(check: Check) -> Json:
    return {
        "node": check.node,
        "autograd": tensor_json(check.autograd),
        "relative_difference": check.difference,
    }
