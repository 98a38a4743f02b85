"""The figures of a group: its parameters, the tensors that cross its border, and its bytes."""

import math
import re
from collections.abc import Iterable

import msgspec

from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.groups import Grouping

_BITS = re.compile(r"\d+")


class GroupFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a group with all that is within it.

    Attributes:
        nodes: The number of nodes, leaves among them.
        parameters: The number of elements of the parameters within it.
        parameter_bytes: The bytes of these.
        shapes_in: The shape of each tensor with a gradient that enters it, as `(64, 10)`; empty
            of a group that only its own parameters and constants enter.
        shapes_out: The shape of each tensor that leaves it, the output of the graph among them.
        activation_bytes: The bytes of the values of its operations: at most, as a view shares the
            memory of another tensor.
        saved_bytes: The bytes of the tensors that its nodes keep for the backward pass: at most,
            as several nodes may keep the same tensor.
    """

    nodes: int
    parameters: int
    parameter_bytes: int
    shapes_in: tuple[tuple[int, ...], ...]
    shapes_out: tuple[tuple[int, ...], ...]
    activation_bytes: int
    saved_bytes: int


def figures_of(graph: Graph, group: int) -> GroupFigures:
    """Return the figures of the group at the index `group` of a graph."""
    grouping: Grouping = graph.grouping
    inside = [graph.nodes[place] for place in grouping.nodes_within(group)]
    ids = {node.id for node in inside}
    leaves = [node for node in inside if node.kind == "leaf"]
    operations = [node for node in inside if node.kind != "leaf"]
    into, out_of = graph.edges_into, graph.edges_out_of
    entering = [e for node in inside for e in into[node.id] if e.source not in ids]
    leaving = [e for node in inside for e in out_of[node.id] if e.target not in ids]
    out = _shapes(graph, leaving)
    if graph.output in ids:
        out = (graph.node[graph.output].shape, *out)
    return GroupFigures(
        nodes=len(inside),
        parameters=sum(math.prod(node.shape) for node in leaves),
        parameter_bytes=sum(_bytes(node.shape, node.dtype) for node in leaves),
        shapes_in=_shapes(graph, entering),
        shapes_out=out,
        activation_bytes=sum(_bytes(node.shape, node.dtype) for node in operations),
        saved_bytes=sum(_saved_bytes(node) for node in operations),
    )


def element_bytes(dtype: str) -> int:
    """Return the bytes of one element of a dtype, such as 4 of `float32`; 1 of `bool`."""
    bits = _BITS.search(dtype)
    return max(1, math.ceil(int(bits[0]) / 8)) if bits else int(bool(dtype))


def _shapes(graph: Graph, edges: Iterable[Edge]) -> tuple[tuple[int, ...], ...]:
    """Return the shape of each tensor that edges carry, each tensor once.

    The shape of a node's first result is known; of another one it is left out.
    """
    tensors = dict.fromkeys((edge.source, edge.output) for edge in edges)
    return tuple(graph.node[source].shape for source, output in tensors if output == 0)


def _bytes(shape: Iterable[int], dtype: str) -> int:
    return math.prod(shape) * element_bytes(dtype)


def _saved_bytes(node: Node) -> int:
    kept = (saved.tensor for saved in node.saved)
    return sum(_bytes(tensor.shape, tensor.dtype) for tensor in kept if tensor is not None)
