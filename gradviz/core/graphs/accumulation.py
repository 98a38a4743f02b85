"""What arrives at a node, edge by edge: a gradient that is used several times is a sum."""

from collections import Counter
from typing import NamedTuple

from gradviz.core.graphs.graph import Edge, Graph
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Step, Trace


class Arrival(NamedTuple):
    """What one step sent to a node.

    Attributes:
        step: The backward step that sent it, counted from 1.
        edge: The edge along which it came, against the edge's direction.
        gradient: What came; None where PyTorch passed no gradient.
        total: The node's sum with it; None where the sum on its way is not recorded.
    """

    step: int
    edge: Edge
    gradient: TensorSummary | None
    total: TensorSummary | None


def arrivals_at(graph: Graph, trace: Trace, node: str) -> tuple[Arrival, ...]:
    """Return what arrives at `node` in the whole pass, in the order in which it comes.

    At a leaf each has the sum so far, as PyTorch's engine adds them: in the order of arrival.
    """
    edges: dict[str, list[Edge]] = {}
    for edge in graph.edges_out_of[node]:
        edges.setdefault(edge.target, []).append(edge)
    return tuple(
        arrival
        for number, step in enumerate(trace.steps, start=1)
        if step.node in edges
        for edge in sorted(edges[step.node], key=lambda edge: edge.slot)
        for arrival in _arrivals(number, step, edge)
    )


def every_sum(graph: Graph, trace: Trace) -> dict[str, tuple[Arrival, ...]]:
    """Return what arrives at each node where several gradients are added, by its id."""
    come: dict[str, list[Arrival]] = {}
    for number, step in enumerate(trace.steps, start=1):
        for edge in graph.edges_into[step.node]:
            come.setdefault(edge.source, []).extend(_arrivals(number, step, edge))
    return {
        node.id: tuple(come[node.id])
        for node in graph.nodes
        if node.id in come and summed_outputs(graph, node.id)
    }


def summed_outputs(graph: Graph, node: str) -> tuple[int, ...]:
    """Return the outputs of `node` that are used several times, so that a sum arrives there."""
    times = Counter(edge.output for edge in graph.edges_out_of[node])
    return tuple(sorted(output for output, count in times.items() if count > 1))


def _arrivals(number: int, step: Step, edge: Edge) -> tuple[Arrival, ...]:
    for contribution in step.contributions:
        if contribution.edge == edge.id:
            return (Arrival(number, edge, contribution.gradient, contribution.total),)
    if edge.slot >= len(step.grad_inputs):
        return ()
    return (Arrival(number, edge, step.grad_inputs[edge.slot], None),)
