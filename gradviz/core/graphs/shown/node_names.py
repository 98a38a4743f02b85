"""The names of operations in a picture: those of the forward pass, or PyTorch's backward names."""

from dataclasses import replace
from typing import Literal

import msgspec

from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.outline import Outline

#: "forward" is `Add`, "backward" is `AddBackward0`.
NodeNames = Literal["forward", "backward"]


def named(graph: Graph, names: NodeNames) -> Graph:
    """Return the graph as it is drawn: the title of a node is its `op`, beside it is its `name`.

    With backward names both change places; leaves and closed groups have names of their own.
    """
    if names == "forward":
        return graph
    return msgspec.structs.replace(graph, nodes=tuple(map(_backward, graph.nodes)))


def named_outline(outline: Outline, names: NodeNames) -> Outline:
    """Return the outline with the graph as it is drawn."""
    return replace(outline, graph=named(outline.graph, names))


def _backward(node: Node) -> Node:
    if node.kind in ("leaf", "group"):
        return node
    return msgspec.structs.replace(node, op=node.name, name=node.op)
