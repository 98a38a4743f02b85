"""A captured graph for programs that work on graphs: networkx."""

from typing import TYPE_CHECKING

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.trace import Trace

if TYPE_CHECKING:
    import networkx


def to_networkx(graph: Graph, trace: Trace | None) -> "networkx.MultiDiGraph":
    """Return `graph` as a networkx.MultiDiGraph, with edges in the direction of the forward pass.

    A node has its id as its key, and `op`, `name`, `kind`, `label`, `shape`, `dtype`, `device` and
    `group`; a leaf that has a gradient has its norm as `gradient_norm`. The key of an edge is its
    id, and it has `slot` and `output`.
    """
    import networkx

    found = networkx.MultiDiGraph(output=graph.output)
    for node, group in zip(graph.nodes, graph.grouping.group_of, strict=True):
        found.add_node(
            node.id,
            op=node.op,
            name=node.name,
            kind=node.kind,
            label=node.label,
            shape=node.shape,
            dtype=node.dtype,
            device=node.device,
            group="" if group == NO_GROUP else graph.groups[group].id,
        )
    for edge in graph.edges:
        found.add_edge(edge.source, edge.target, edge.id, slot=edge.slot, output=edge.output)
    if trace is not None:
        for leaf, gradient in trace.leaf_grads.items():
            found.nodes[leaf]["gradient_norm"] = gradient.norm
    return found
