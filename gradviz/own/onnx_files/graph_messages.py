"""What the process that reads ONNX files is asked, and what it answers."""

import msgspec
from msgspec.structs import replace

from gradviz.core.errors import OwnModelError
from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.protocol.pieces import PieceReader, Pieces, in_pieces

_NODES: PieceReader[Node] = PieceReader(Node)
_EDGES: PieceReader[Edge] = PieceReader(Edge)


class GraphWanted(msgspec.Struct, frozen=True, tag=True):
    """The graph of the file at `path` is wanted."""

    path: str


class GraphRead(msgspec.Struct, frozen=True, tag=True):
    """The graph of a file; its nodes and edges cross in pieces."""

    graph: Graph
    nodes: Pieces
    edges: Pieces

    @classmethod
    def of(cls, graph: Graph) -> "GraphRead":
        """Return the message of a graph."""
        rest = replace(graph, nodes=(), edges=())
        return cls(rest, in_pieces(graph.nodes), in_pieces(graph.edges))

    def whole(self) -> Graph:
        """Return the graph; raises ValueError where a piece holds something else."""
        nodes, edges = _NODES.items(self.nodes), _EDGES.items(self.edges)
        return replace(self.graph, nodes=tuple(nodes), edges=tuple(edges))


class GraphRefused(msgspec.Struct, frozen=True, tag=True):
    """The file cannot be shown."""

    message: str
    hint: str = ""

    @property
    def error(self) -> OwnModelError:
        """Return it as an error."""
        return OwnModelError(self.message, self.hint, field="source")


GraphAnswer = GraphRead | GraphRefused
