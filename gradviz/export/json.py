"""JSON: the graph and its backward pass as data, for other programs."""

import msgspec

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.export.figure import GraphFigure


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What a JSON file holds; `version` changes when its fields do."""

    version: int = 1
    graph: Graph
    trace: Trace | None
    cursor: int


def render(figure: GraphFigure) -> bytes:
    """Return the document in UTF-8; a number that is not finite becomes null, as JSON has none."""
    document = Document(graph=figure.graph, trace=figure.trace, cursor=figure.cursor)
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
