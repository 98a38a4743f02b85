"""Gradients that are rounding remainders: the exact sum is 0, or lost among its own terms."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from gradviz.core.findings.recorded_numbers import saved_tensor
from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Step, Trace
from gradviz.core.work_in_pieces import InPieces

#: So many steps are looked at in a few milliseconds.
_PIECE_STEPS: Final = 500
#: The relative distance of neighbouring numbers.
_STEP: Final[Mapping[str, float]] = {
    "float16": 2.0**-10,
    "bfloat16": 2.0**-7,
    "float32": 2.0**-23,
    "float64": 2.0**-52,
}
#: Operations that pass gradients on with the factor 1 or -1, summed over broadcast dimensions.
_SUMMING: Final = {"Add", "Sub", "Expand"}
#: For each slot of a product the saved tensor that gradients are multiplied with.
_FACTORS: Final[Mapping[str, Mapping[int, str]]] = {
    "Mul": {0: "other", 1: "self"},
    "Mv": {0: "vec", 1: "self"},
    "Mm": {0: "mat2", 1: "self"},
    "Bmm": {0: "mat2", 1: "self"},
    "Addmm": {1: "mat2", 2: "mat1"},
    "Softmax": {0: "result"},
}


def remainders(graph: Graph, trace: Trace) -> InPieces[frozenset[str]]:
    """Return, in pieces, the nodes whose upstream gradient is no larger than its terms' rounding.

    A node to which nothing but such a gradient comes is one of them too.
    """
    steps = {step.node: step for step in trace.steps}
    found: set[str] = set()
    for place, step in enumerate(trace.steps):
        if place % _PIECE_STEPS == 0:
            yield
        arrived = _norm(step.grad_outputs)
        sent = list(_sent_to(graph, steps, step.node))
        if not arrived or not sent:
            continue
        passed_on = all(sender.node in found for sender, _ in sent)
        if passed_on or arrived <= sum(_rounding(graph.node[s.node], s, e) for s, e in sent):
            found.add(step.node)
    return frozenset(found)


def _sent_to(graph: Graph, steps: Mapping[str, Step], node: str) -> Iterator[tuple[Step, Edge]]:
    for edge in graph.edges_out_of[node]:
        sender = steps.get(edge.target)
        if sender is not None:
            yield sender, edge


def _rounding(node: Node, step: Step, edge: Edge) -> float:
    """Return the size of the rounding in the gradient that a step sent, and in its sum."""
    gradient = step.grad_inputs[edge.slot] if edge.slot < len(step.grad_inputs) else None
    terms = _norm((gradient,))
    arrived = [each for each in step.grad_outputs if each is not None]
    if gradient is None or len(arrived) != 1:
        return 0.0
    got = _norm(arrived)
    if (node.op in _SUMMING or (node.op == "Addmm" and edge.slot == 0)) and (
        gradient.size < arrived[0].size
    ):
        terms = got * float(arrived[0].size) ** 0.5
    elif edge.slot in _FACTORS.get(node.op, {}):
        factor = saved_tensor(node, _FACTORS[node.op][edge.slot])
        terms = terms if factor is None else got * _norm((factor,))
    return terms * _STEP.get(gradient.dtype, 0.0)


def _norm(tensors: Iterable[TensorSummary | None]) -> float:
    norms = [each.norm for each in tensors if each is not None and each.norm is not None]
    # Nearly all gradients come alone.
    return norms[0] if len(norms) == 1 else math.hypot(*norms)
