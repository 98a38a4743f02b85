"""A list of the nodes: a made-up format, a file as ARCHITECTURE.md asks for."""

from gradviz.export.figure import GraphFigure


def render(figure: GraphFigure) -> bytes:
    """Return a line for each node."""
    return "".join(f"{node.id} {node.op}\n" for node in figure.graph.nodes).encode()
