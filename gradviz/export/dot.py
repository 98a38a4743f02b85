"""DOT source in torchviz's colours, for Graphviz and for whatever else reads it."""

import re

import graphviz

from gradviz.core.graphs.graph import Node, NodeKind
from gradviz.core.graphs.tensors import shape_text
from gradviz.export.figure import GraphFigure
from gradviz.render.characters import visible
from gradviz.render.picture import EdgeView, NodeView
from gradviz.render.shades import SIGNS, ink

_FILL: dict[NodeKind, str] = {
    "leaf": "lightblue",
    "operation": "grey90",
    "output": "darkolivegreen1",
    "function": "plum1",
}
#: Graphviz refuses strings of more than 16,384 bytes.
_LONGEST_LINE = 500
_ENTITY = re.compile(r"&(?=#?\w+;)")


def render(figure: GraphFigure) -> bytes:
    """Return a digraph in UTF-8 with arrows from the leaves to the output.

    Where a gradient has gone the arrow is turned around and coloured.
    """
    picture, graph = figure.picture, figure.graph
    dot = graphviz.Digraph(
        comment=figure.title,
        node_attr={
            "style": "filled",
            "shape": "box",
            "fontsize": "10",
            "height": "0.2",
            "fontname": "monospace",
        },
        edge_attr={"fontsize": "9", "fontname": "monospace"},
        graph_attr=_legend(figure),
    )
    # Names made here, because an id with a colon would be read as a port.
    names = {node.id: f"n{index}" for index, node in enumerate(graph.nodes)}
    for node in graph.nodes:
        view = picture.nodes[node.id]
        dot.node(
            names[node.id],
            "\\n".join(_escaped(line) for line in _lines(node, view, figure)),
            **_node_fill(node, figure),
            **({"peripheries": str(node.order)} if node.order > 1 else {}),
            **_node_highlight(view, figure),
        )
    for edge in graph.edges:
        highlight = _edge_highlight(picture.edges[edge.id], figure)
        dot.edge(names[edge.source], names[edge.target], **highlight)
    return str(dot.source).encode()


def _legend(figure: GraphFigure) -> dict[str, str]:
    legend = figure.shades.legend
    if legend is None:
        return {}
    return {"label": _escaped(legend.text), "labelloc": "b", "fontname": "monospace"}


def _node_fill(node: Node, figure: GraphFigure) -> dict[str, str]:
    fill = figure.shades.fills.get(node.id)
    if fill is None:
        return {"fillcolor": _FILL[node.kind]}
    return {"fillcolor": fill, "fontcolor": ink(fill)}


def _lines(node: Node, view: NodeView, figure: GraphFigure) -> list[str]:
    first = node.op if node.kind == "leaf" else node.name
    second = view.subtitle if node.kind == "leaf" else node.label
    verdict = figure.shades.verdicts.get(node.id)
    sign = f"{SIGNS[verdict]} {verdict}" if verdict is not None else ""
    lines = [first, second, shape_text(node.shape), view.gradient, sign]
    return [line for line in lines if line]


def _escaped(line: str) -> str:
    """Return `line` so that Graphviz shows just its characters: no escapes, no entities."""
    shown = visible(line)
    if len(shown) > _LONGEST_LINE:
        shown = shown[: _LONGEST_LINE - 1] + "…"
    return _ENTITY.sub("&amp;", shown.replace("\\", "\\\\"))


def _node_highlight(view: NodeView, figure: GraphFigure) -> dict[str, str]:
    if view.state == "now":
        return {"color": figure.theme.now, "penwidth": "3"}
    if view.state == "coming":
        return {"style": "rounded,filled,dotted"}
    return {"color": figure.theme.done, "penwidth": "2"} if view.state == "done" else {}


def _edge_highlight(view: EdgeView, figure: GraphFigure) -> dict[str, str]:
    if view.state == "fed":
        return {"color": figure.theme.now, "penwidth": "3"}
    if not view.backward:
        return {}
    current = view.state in ("now", "sent")
    highlight = {"dir": "back", "color": figure.theme.now if current else figure.theme.done}
    if view.state == "now":
        highlight |= {"penwidth": "3", "label": _escaped(view.chip)}
    if view.state in ("sent", "waiting"):
        highlight["style"] = "dashed"
    return highlight
