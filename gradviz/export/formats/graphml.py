"""GraphML: every node and edge with its facts as typed data, for programs that work on graphs.

networkx, igraph, Gephi and yEd read it. Groups are data of the nodes, as few of these programs know
graphs within graphs.
"""

import math
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from gradviz.core.graphs.graph import Edge, Node
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.export.figure import GraphFigure
from gradviz.render.characters import visible
from gradviz.render.picture import Picture, picture

_Value = str | int | float | None
#: The names of the data with their types, for the graph, its nodes and its edges.
_KEYS: Final[dict[str, dict[str, str]]] = {
    "graph": {
        "title": "string",
        "generator": "string",
        "model": "string",
        "torch": "string",
        "seed": "long",
        "output": "string",
        "cursor": "long",
    },
    "node": {
        "op": "string",
        "name": "string",
        "kind": "string",
        "label": "string",
        "shape": "string",
        "dtype": "string",
        "device": "string",
        "value": "double",
        "norm": "double",
        "gradient_norm": "double",
        "state": "string",
        "group": "string",
        "module": "string",
        "order": "int",
    },
    "edge": {"slot": "int", "output": "int", "state": "string"},
}


def render(figure: GraphFigure) -> bytes:
    """Return a document in UTF-8 with the whole graph, directed from the leaves to the output.

    States and gradients are those at the cursor of the figure.
    """
    graph = figure.graph
    shown = picture(graph, figure.trace, figure.cursor)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *_keys(),
        '<graph id="gradviz" edgedefault="directed">',
        *_data("graph", _graph_facts(figure)),
    ]
    for place, node in enumerate(graph.nodes):
        lines.append(f"<node id={quoteattr(visible(node.id))}>")
        lines += _data("node", _node_facts(figure, place, node, shown))
        lines.append("</node>")
    for edge in graph.edges:
        ends = f"source={quoteattr(visible(edge.source))} target={quoteattr(visible(edge.target))}"
        lines.append(f"<edge id={quoteattr(visible(edge.id))} {ends}>")
        lines += _data("edge", _edge_facts(edge, shown))
        lines.append("</edge>")
    return "\n".join([*lines, "</graph>", "</graphml>", ""]).encode()


def _keys() -> Iterator[str]:
    for domain, names in _KEYS.items():
        for name, kind in names.items():
            yield (
                f'<key id="{domain}.{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>'
            )


def _data(domain: str, facts: dict[str, _Value]) -> Iterator[str]:
    for name, value in facts.items():
        if value is not None and value != "":
            yield f'<data key="{domain}.{name}">{escape(_text(value))}</data>'


def _text(value: str | float) -> str:
    """Return a value as XML Schema writes it."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
    return visible(value) if isinstance(value, str) else repr(value)


def _graph_facts(figure: GraphFigure) -> dict[str, _Value]:
    return {
        "title": figure.title,
        **figure.origin.facts,
        "output": visible(figure.graph.output),
        "cursor": figure.cursor,
    }


def _node_facts(figure: GraphFigure, place: int, node: Node, shown: Picture) -> dict[str, _Value]:
    view, value = shown.nodes[node.id], node.value
    number = figure.graph.grouping.group_of[place]
    group = None if number == NO_GROUP else figure.graph.groups[number]
    return {
        "op": node.op,
        "name": node.name,
        "kind": node.kind,
        "label": node.label,
        "shape": node.shape_shown,
        "dtype": node.dtype,
        "device": node.device,
        "value": None if value is None else value.scalar,
        "norm": None if value is None else value.norm,
        "gradient_norm": None if view.arrived is None else view.arrived.norm,
        "state": view.state,
        "group": None if group is None else group.id,
        "module": None if group is None else group.path,
        "order": node.order,
    }


def _edge_facts(edge: Edge, shown: Picture) -> dict[str, _Value]:
    return {"slot": edge.slot, "output": edge.output, "state": shown.edges[edge.id].state}
