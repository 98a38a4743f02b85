"""Nodes as text: names, shapes, values and gradients with every digit."""

from collections.abc import Sequence

from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.outline import Outline
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.trace import Step
from gradviz.core.graphs.walk import still_to_come
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted, stored
from gradviz.export.figure import GraphFigure
from gradviz.render.characters import visible


def selection_text(figure: GraphFigure) -> str:
    """Return the facts of each node and closed group that a figure shows, with lines between."""
    trace, cursor = figure.trace, figure.cursor
    coming = still_to_come(trace, cursor)
    steps: dict[str, list[Step]] = {}
    for step in trace.steps[: max(0, cursor)] if trace is not None else ():
        steps.setdefault(step.node, []).append(step)
    return "\n\n".join(
        _group_text(figure, figure.outline, node)
        if node.kind == "group" and figure.outline is not None
        else facts_text(figure.shown, steps.get(node.id, ()), node.id, coming=node.id in coming)
        for node in figure.shown.nodes
    )


def render(figure: GraphFigure) -> bytes:
    """Return the same in UTF-8."""
    return selection_text(figure).encode("utf-8", "replace")


def facts_text(graph: Graph, reached: Sequence[Step], node_id: str, *, coming: bool = False) -> str:
    """Return names, shape, value and gradients of a node as lines, with every digit.

    `reached` are the backward steps so far, and `coming` tells whether the node has no value yet.
    Of more than a few values there are statistics.
    """
    node = graph.node[node_id]
    lines = [f"{node.op} {node.shown_name}", node.label, f"{shape_text(node.shape)} {node.dtype}"]
    if node.value is not None and not coming:
        lines.append(tr("value {value}", value=_digits(node.value)))
    for step in reached:
        if step.node == node_id:
            gradients = [gradient for gradient in step.grad_outputs if gradient is not None]
            lines.extend(tr("gradient {value}", value=_digits(gradient)) for gradient in gradients)
    return "\n".join(line for line in lines if line)


def _group_text(figure: GraphFigure, outline: Outline, node: Node) -> str:
    count = len(outline.members[node.id])
    view = figure.picture.nodes[node.id]
    nodes = tr_n("{shown} nodes", "{shown} node", count, shown=counted(count))
    lines = (f"{node.op} {node.shown_name}".strip(), nodes, view.value, view.gradient)
    return "\n".join(visible(line) for line in lines if line)


def _digits(tensor: TensorSummary) -> str:
    if tensor.values is not None:
        return " ".join(stored(value, tensor.dtype) for value in tensor.values)
    statistics = (
        (tr("min"), tensor.minimum),
        (tr("max"), tensor.maximum),
        (tr("mean"), tensor.mean),
        (tr("norm"), tensor.norm),
    )
    known = ((name, value) for name, value in statistics if value is not None)
    return ", ".join(f"{name} {stored(value, tensor.dtype)}" for name, value in known)
