"""DOT source in torchviz's colours, for Graphviz and for whatever else reads it."""

import re

import graphviz

from gradviz.core.graphs.graph import Node, NodeKind
from gradviz.core.graphs.outline import Frame, Outline
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted
from gradviz.export.figure import GraphFigure
from gradviz.render.characters import visible
from gradviz.render.picture import EdgeView, NodeView
from gradviz.render.shades import SIGNS, ink

_FILL: dict[NodeKind, str] = {
    "leaf": "lightblue",
    "operation": "grey90",
    "output": "darkolivegreen1",
    "function": "plum1",
    "group": "lightsteelblue1",
}
_FRAME = {"style": "rounded", "color": "grey55", "fontname": "monospace", "fontsize": "10"}
#: Graphviz refuses strings of more than 16,384 bytes.
_LONGEST_LINE = 500
_ENTITY = re.compile(r"&(?=#?\w+;)")


def render(figure: GraphFigure) -> bytes:
    """Return a digraph in UTF-8 with arrows from the leaves to the output.

    Where a gradient has gone the arrow is turned around and coloured. An open group is a cluster,
    and a closed one a node.
    """
    picture, graph, outline = figure.picture, figure.shown, figure.outline
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
    clusters = _clusters(outline)
    for node in graph.nodes:
        view = picture.nodes[node.id]
        frame = "" if outline is None else outline.frame_of[node.id]
        clusters.get(frame, dot).node(
            names[node.id],
            graphviz.nohtml("\\n".join(map(_escaped, _lines(node, view, outline, figure)))),
            **_node_fill(node, figure),
            **_node_borders(node, outline),
            **_node_highlight(view, figure),
        )
    for edge in graph.edges:
        highlight = _edge_highlight(picture.edges[edge.id], figure)
        dot.edge(names[edge.source], names[edge.target], **(_count(outline, edge.id) | highlight))
    # The innermost first: a cluster is copied into the one around it as it is by then.
    for cluster in reversed(outline.frames if outline is not None else ()):
        clusters.get(cluster.around, dot).subgraph(clusters[cluster.id])
    head, _, rest = str(dot.source).partition("\n")
    return "\n".join([head, *_facts(figure), rest]).encode()


def _facts(figure: GraphFigure) -> list[str]:
    """Return the origin of the graph as comments."""
    facts = figure.origin.facts
    return [f"// {name}: {visible(str(value))}" for name, value in facts.items()]


def _clusters(outline: Outline | None) -> dict[str, graphviz.Digraph]:
    """Return an empty cluster for each open group."""
    frames = () if outline is None else outline.frames
    return {
        frame.id: graphviz.Digraph(
            name=f"cluster_{place}",
            graph_attr={**_FRAME, "label": graphviz.nohtml(_escaped(_frame_title(frame)))},
        )
        for place, frame in enumerate(frames)
    }


def _frame_title(frame: Frame) -> str:
    title, name = frame.group.shown_title, frame.group.type_name
    return f"{title}: {name}" if name and name != title else title


def _count(outline: Outline | None, edge: str) -> dict[str, str]:
    """Return the number of true edges that this one stands for, unless it is one."""
    count = 1 if outline is None else len(outline.bundles[edge])
    return {"label": f"×{counted(count)}"} if count > 1 else {}


def _legend(figure: GraphFigure) -> dict[str, str]:
    legend = figure.shades.legend
    if legend is None:
        return {}
    return {
        "label": graphviz.nohtml(_escaped(legend.text)),
        "labelloc": "b",
        "fontname": "monospace",
    }


def _node_fill(node: Node, figure: GraphFigure) -> dict[str, str]:
    fill = figure.shades.fills.get(node.id)
    if fill is None:
        return {"fillcolor": _FILL[node.kind]}
    return {"fillcolor": fill, "fontcolor": ink(fill)}


def _node_borders(node: Node, outline: Outline | None) -> dict[str, str]:
    """Return a second border for what stands for several groups, or is of a higher order."""
    borders = 2 if outline is not None and node.id in outline.folds else node.order
    return {"peripheries": str(borders)} if borders > 1 else {}


def _lines(node: Node, view: NodeView, outline: Outline | None, figure: GraphFigure) -> list[str]:
    if node.kind == "group" and outline is not None:
        count = len(outline.members[node.id])
        first = node.op
        second = tr_n("{shown} nodes", "{shown} node", count, shown=counted(count))
        return [line for line in (first, node.name, second, view.gradient) if line]
    by_itself = figure.names is None and node.kind != "leaf"
    first = node.name if by_itself else node.op
    second = view.subtitle if node.kind == "leaf" else node.label
    verdict = figure.shades.verdicts.get(node.id)
    sign = f"{SIGNS[verdict]} {tr(verdict)}" if verdict is not None else ""
    lines = [first, second, node.shape_shown, view.gradient, sign]
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
