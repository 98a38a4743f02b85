"""The recorded numbers of a node, as the reasons for numbers that are not finite read them."""

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from gradviz.core.findings.spoken_numbers import said
from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.language.saying import marked, tr

#: The largest number of each type of floating-point numbers.
LARGEST: Final[Mapping[str, float]] = {
    "float16": 65504.0,
    "bfloat16": 3.3895313892515355e38,
    "float32": 3.4028234663852886e38,
    "float64": 1.7976931348623157e308,
}
#: Names under which a node keeps its own result, and not an input.
RESULTS: Final = ("result", "output", "eigenvalues", "S", "inverse", "result0")
_OTHER_RESULTS: Final = {*RESULTS, "U", "Vh", "eigenvectors", "logsumexp", "total_weight"}

#: Remedies, to be handed to `tr`.
AWAY_FROM_0: Final = marked("Add a small number to its input, or keep that away from 0 with clamp.")


class Cause(NamedTuple):
    """A reason in words, and the remedy, empty where none is known.

    `overflow` tells that the numbers grew too large, so that smaller steps may help.
    """

    reason: str = ""
    hint: str = ""
    overflow: bool = False


def saved_tensor(node: Node, *names: str) -> TensorSummary | None:
    """Return the first of the node's saved tensors of these names."""
    found = {saved.name: saved.tensor for saved in node.saved if saved.tensor is not None}
    return next((found[name] for name in names if name in found), None)


def result_of(node: Node) -> TensorSummary | None:
    """Return the result of a node, as it was heard or as the node kept it; None if unknown."""
    return node.value if node.value is not None else saved_tensor(node, *RESULTS)


def has_nan(tensor: TensorSummary) -> bool:
    """Tell whether an element is NaN; one that is infinite alone has extremes."""
    if tensor.values is not None:
        return any(math.isnan(value) for value in tensor.values)
    return not tensor.finite and tensor.minimum is None


def inputs_of(graph: Graph, node: Node) -> list[TensorSummary]:
    """Return the inputs of a node that are known: its sources' results and saved tensors."""
    sources = (
        result_of(graph.node[edge.source]) for edge in graph.edges_into[node.id] if not edge.output
    )
    kept = (saved.tensor for saved in node.saved if saved.name not in _OTHER_RESULTS)
    return [each for each in (*sources, *kept) if each is not None]


def overflow_of(tensor: TensorSummary, called: str) -> Cause:
    """Return the cause that elements of a tensor were too large for its type."""
    largest = LARGEST.get(tensor.dtype)
    if largest is None:
        return Cause()
    return Cause(
        tr(
            "{tensor} is larger than {largest}, the largest number of {dtype}",
            tensor=called,
            largest=said(largest),
            dtype=tensor.dtype,
        ),
        tr("Use float32, or scale the numbers down.") if tensor.dtype == "float16" else "",
        overflow=True,
    )


def input_of(graph: Graph, node: Node, slot: int = 0) -> TensorSummary | None:
    """Return the input of that number, as it was kept or as its source made it."""
    kept = saved_tensor(node, ("self", "other")[slot] if slot < 2 else "")
    if kept is not None:
        return kept
    for edge in graph.edges_into[node.id]:
        if edge.slot == slot and not edge.output:
            return result_of(graph.node[edge.source])
    return None


def holds(tensor: TensorSummary | None, value: float) -> bool:
    """Tell whether an element may have the value: of a large tensor only the range is known."""
    if tensor is None or tensor.values is not None:
        return tensor is not None and value in (tensor.values or ())
    if tensor.minimum is None or tensor.maximum is None:
        return False
    return tensor.minimum <= value <= tensor.maximum


def is_below(tensor: TensorSummary | None, limit: float) -> bool:
    """Tell whether an element is known to be smaller than `limit`."""
    return tensor is not None and tensor.minimum is not None and tensor.minimum < limit


def is_above(tensor: TensorSummary | None, limit: float) -> bool:
    """Tell whether an element is known to be larger than `limit`."""
    return tensor is not None and tensor.maximum is not None and tensor.maximum > limit


def number_of(node: Node, name: str) -> float | None:
    """Return a setting that is a number, or the least element of a saved tensor."""
    for saved in node.saved:
        if saved.name == name:
            if saved.tensor is not None:
                return saved.tensor.minimum
            try:
                return float(saved.setting)
            except ValueError:
                return None
    return None
