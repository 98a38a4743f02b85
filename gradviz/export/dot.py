"""DOT source in torchviz's colours, for Graphviz and for whatever else reads it."""

import re

import graphviz

from gradviz.core.graphs.graph import Node, NodeKind
from gradviz.core.graphs.tensors import shape_text
from gradviz.export.sheet import Sheet
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


def render(sheet: Sheet) -> bytes:
    """Return a digraph in UTF-8 with arrows from the leaves to the output.

    Where a gradient has gone the arrow is turned around and coloured.
    """
    picture, graph = sheet.picture, sheet.graph
    dot = graphviz.Digraph(
        comment=sheet.title,
        node_attr={
            "style": "filled",
            "shape": "box",
            "fontsize": "10",
            "height": "0.2",
            "fontname": "monospace",
        },
        edge_attr={"fontsize": "9", "fontname": "monospace"},
        graph_attr=_legend(sheet),
    )
    # Names made here, because an id with a colon would be read as a port.
    names = {node.id: f"n{index}" for index, node in enumerate(graph.nodes)}
    for node in graph.nodes:
        view = picture.nodes[node.id]
        dot.node(
            names[node.id],
            "\\n".join(_escaped(line) for line in _lines(node, view, sheet)),
            **_node_fill(node, sheet),
            **({"peripheries": str(node.order)} if node.order > 1 else {}),
            **_node_highlight(view, sheet),
        )
    for edge in graph.edges:
        highlight = _edge_highlight(picture.edges[edge.id], sheet)
        dot.edge(names[edge.source], names[edge.target], **highlight)
    return str(dot.source).encode()


def _legend(sheet: Sheet) -> dict[str, str]:
    legend = sheet.shades.legend
    if legend is None:
        return {}
    return {"label": _escaped(legend.text), "labelloc": "b", "fontname": "monospace"}


def _node_fill(node: Node, sheet: Sheet) -> dict[str, str]:
    fill = sheet.shades.fills.get(node.id)
    if fill is None:
        return {"fillcolor": _FILL[node.kind]}
    return {"fillcolor": fill, "fontcolor": ink(fill)}


def _lines(node: Node, view: NodeView, sheet: Sheet) -> list[str]:
    first = node.op if node.kind == "leaf" else node.name
    second = view.subtitle if node.kind == "leaf" else node.label
    verdict = sheet.shades.verdicts.get(node.id)
    sign = f"{SIGNS[verdict]} {verdict}" if verdict is not None else ""
    lines = [first, second, shape_text(node.shape), view.gradient, sign]
    return [line for line in lines if line]


def _escaped(line: str) -> str:
    """Return `line` so that Graphviz shows just its characters: no escapes, no entities."""
    shown = visible(line)
    if len(shown) > _LONGEST_LINE:
        shown = shown[: _LONGEST_LINE - 1] + "…"
    return _ENTITY.sub("&amp;", shown.replace("\\", "\\\\"))


def _node_highlight(view: NodeView, sheet: Sheet) -> dict[str, str]:
    if view.state == "now":
        return {"color": sheet.theme.now, "penwidth": "3"}
    if view.state == "coming":
        return {"style": "rounded,filled,dotted"}
    return {"color": sheet.theme.done, "penwidth": "2"} if view.state == "done" else {}


def _edge_highlight(view: EdgeView, sheet: Sheet) -> dict[str, str]:
    if view.state == "fed":
        return {"color": sheet.theme.now, "penwidth": "3"}
    if not view.backward:
        return {}
    current = view.state in ("now", "sent")
    highlight = {"dir": "back", "color": sheet.theme.now if current else sheet.theme.done}
    if view.state == "now":
        highlight |= {"penwidth": "3", "label": _escaped(view.chip)}
    if view.state in ("sent", "waiting"):
        highlight["style"] = "dashed"
    return highlight
