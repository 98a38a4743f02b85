"""Why an operation passes on a gradient of zeros, found from the node's own saved tensors.

A reason is given only where the recorded numbers show that it makes the gradient zero for every
upstream gradient.
"""

import math
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from gradviz.core.findings.spoken_numbers import said
from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Step
from gradviz.core.language.saying import marked, tr

#: For each slot of a product the saved tensor that it was multiplied with, and words for `tr`.
_FACTORS: Final[Mapping[str, Mapping[int, tuple[str, str]]]] = {
    "Mul": {0: ("other", marked("the other factor")), 1: ("self", marked("the other factor"))},
    "Div": {1: ("self", marked("what is divided"))},
    "Dot": {0: ("tensor", marked("the other vector")), 1: ("self", marked("the other vector"))},
    "Mv": {0: ("vec", marked("the vector")), 1: ("self", marked("the matrix"))},
    "Mm": {0: ("mat2", marked("the second matrix")), 1: ("self", marked("the first matrix"))},
    "Bmm": {0: ("mat2", marked("the second batch")), 1: ("self", marked("the first batch"))},
    "Addmm": {1: ("mat2", marked("the second matrix")), 2: ("mat1", marked("the first matrix"))},
    "Baddbmm": {
        1: ("batch2", marked("the second batch")),
        2: ("batch1", marked("the first batch")),
    },
}


class _Told(NamedTuple):
    """What is said of a tensor of one element, and of all elements of a larger one."""

    one: str
    every: str


_IS_0: Final = _Told(marked("{what} is 0"), marked("every element of {what} is 0"))
_BELOW: Final = _Told(
    marked("{what} is below {bound}"), marked("every element of {what} is below {bound}")
)
_ABOVE: Final = _Told(
    marked("{what} is above {bound}"), marked("every element of {what} is above {bound}")
)
_NOT_BELOW: Final = _Told(
    marked("{what} is not below {bound}"), marked("every element of {what} is not below {bound}")
)
_NOT_ABOVE: Final = _Told(
    marked("{what} is not above {bound}"), marked("every element of {what} is not above {bound}")
)
_AT_LIMIT: Final = _Told(
    marked("{what} is rounded to the limit of {operation}, where that is flat"),
    marked("every element of {what} is rounded to the limit of {operation}, where that is flat"),
)
#: Operations with the same result for all inputs nearby: their derivative is 0, or taken to be.
_STEPS: Final = {"Sign", "Floor", "Ceil", "Round", "Trunc"}


def why_zero(graph: Graph, step: Step, edge: Edge) -> str:
    """Return why `step` sent zeros along `edge`, `the other factor is 0`; empty where unknown."""
    arrived = [gradient for gradient in step.grad_outputs if gradient is not None]
    if arrived and all(is_zero(gradient) for gradient in arrived):
        return tr("what arrived is 0 itself")
    node = graph.node[step.node]
    if node.op in _STEPS:
        return tr(
            "the derivative of {operation} is 0, or taken as 0 where it has none",
            operation=node.op,
        )
    if node.op in _FACTORS:
        name, words = _FACTORS[node.op].get(edge.slot, ("", ""))
        return _all_zero(tr(words), _saved(node, name)) if words else ""
    reason = _REASONS.get(node.op)
    return reason(node, edge, _input(graph, edge)) if reason is not None else ""


def is_zero(tensor: TensorSummary) -> bool:
    """Tell whether all elements are 0, by the extremes: tiny numbers may have a norm of 0 too."""
    if tensor.minimum is None or tensor.maximum is None:
        return tensor.norm == 0.0
    return tensor.finite and tensor.minimum == tensor.maximum == 0.0


def _input(graph: Graph, edge: Edge) -> str:
    """Return the words for the input at an edge, with its value where it is a single number."""
    value = graph.node[edge.source].value if not edge.output else None
    if value is None or value.scalar is None:
        return tr("its input")
    return tr("its input, {number},", number=said(value.scalar))


def _relu(node: Node, _: Edge, called: str) -> str:
    result = _saved(node, "result")
    if result is None or not is_zero(result):
        return ""
    return _of_all(_NOT_ABOVE, called, result, bound=said(0.0))


def _threshold(node: Node, _: Edge, called: str) -> str:
    return _below(node, called, "threshold", _NOT_ABOVE)


def _clamp(node: Node, _: Edge, called: str) -> str:
    return _below(node, called, "min", _BELOW) or _above(node, called, "max", _ABOVE)


def _hardtanh(node: Node, _: Edge, called: str) -> str:
    # Unlike that of Clamp, its derivative is 0 at the bounds too.
    below = _below(node, called, "min_val", _NOT_ABOVE)
    return below or _above(node, called, "max_val", _NOT_BELOW)


def _pow(node: Node, edge: Edge, called: str) -> str:
    base, exponent = _saved(node, "self"), _bound(node, "exponent")
    if node.name == "PowBackward2":
        return tr("the base is 1") if _bound(node, "self") == 1 else ""
    if edge.slot or exponent is None:
        return ""
    if exponent == 0:
        return tr("the exponent is 0")
    return _all_zero(tr("its base"), base) if exponent > 1 else ""


def _flat_at_zero(node: Node, _: Edge, called: str) -> str:
    at_zero = _all_zero(tr("its input"), _saved(node, "self"))
    if not at_zero:
        return ""
    return tr(
        "{reason}, where the derivative of {operation} is 0, or taken as 0",
        reason=at_zero,
        operation=node.op,
    )


def _tanh(node: Node, _: Edge, called: str) -> str:
    return _at_limit(node, lambda value: abs(value) == 1.0)


def _sigmoid(node: Node, _: Edge, called: str) -> str:
    return _at_limit(node, lambda value: value in (0.0, 1.0))


def _exp(node: Node, _: Edge, called: str) -> str:
    return _at_limit(node, lambda value: value == 0.0)


def _at_limit(node: Node, is_limit: Callable[[float], bool]) -> str:
    """Say that a result is rounded to a limit of the function, where its derivative is 0."""
    result = _saved(node, "result")
    if result is None or result.minimum is None or result.maximum is None:
        return ""
    known = result.values
    if known is None:
        known = (result.minimum, result.maximum) if result.minimum == result.maximum else ()
    if not known or not all(is_limit(value) for value in known):
        return ""
    return _of_all(_AT_LIMIT, tr("its result"), result, operation=node.op)


def _maximum(node: Node, edge: Edge, called: str) -> str:
    return _other_wins(node, edge, larger=True)


def _minimum(node: Node, edge: Edge, called: str) -> str:
    return _other_wins(node, edge, larger=False)


def _other_wins(node: Node, edge: Edge, *, larger: bool) -> str:
    names = ("other", "self") if edge.slot == 0 else ("self", "other")
    chosen, passed_over = (_saved(node, name) for name in names)
    if chosen is None or passed_over is None:
        return ""
    high, low = (chosen, passed_over) if larger else (passed_over, chosen)
    if high.minimum is None or low.maximum is None or not high.minimum > low.maximum:
        return ""
    if larger:
        return tr("the other input is the larger one")
    return tr("the other input is the smaller one")


def _where(node: Node, edge: Edge, called: str) -> str:
    condition = _saved(node, "condition")
    if edge.slot == 0:
        return tr("the condition is nowhere true") if _is_all(condition, 0.0) else ""
    return tr("the condition is true everywhere") if _is_all(condition, 1.0) else ""


def _masked_fill(node: Node, edge: Edge, called: str) -> str:
    filled = edge.slot == 0 and _is_all(_saved(node, "mask"), 1.0)
    return tr("the mask fills every element") if filled else ""


def _softmax(node: Node, _: Edge, called: str) -> str:
    result, dim = _saved(node, "result"), _bound(node, "dim")
    if result is None or dim is None or not result.shape or result.shape[int(dim)] != 1:
        return ""
    always = "0" if node.op == "LogSoftmax" else "1"
    return tr("over a dimension of size 1 its result is always {number}", number=always)


_REASONS: Final[Mapping[str, Callable[[Node, Edge, str], str]]] = {
    "Relu": _relu,
    "Threshold": _threshold,
    "Clamp": _clamp,
    "ClampMin": _clamp,
    "ClampMax": _clamp,
    "Hardtanh": _hardtanh,
    "Pow": _pow,
    "Abs": _flat_at_zero,
    "Cos": _flat_at_zero,
    "Cosh": _flat_at_zero,
    "Tanh": _tanh,
    "Sigmoid": _sigmoid,
    "Exp": _exp,
    "Maximum": _maximum,
    "Minimum": _minimum,
    "Where": _where,
    "MaskedFill": _masked_fill,
    "Softmax": _softmax,
    "LogSoftmax": _softmax,
}


def _below(node: Node, called: str, name: str, told: _Told) -> str:
    tensor, bound = _saved(node, "self"), _bound(node, name)
    largest = tensor.maximum if tensor is not None and tensor.finite else None
    if tensor is None or largest is None or bound is None:
        return ""
    out = largest < bound or (told is _NOT_ABOVE and largest == bound)
    return _of_all(told, called, tensor, bound=said(bound)) if out else ""


def _above(node: Node, called: str, name: str, told: _Told) -> str:
    tensor, bound = _saved(node, "self"), _bound(node, name)
    smallest = tensor.minimum if tensor is not None and tensor.finite else None
    if tensor is None or smallest is None or bound is None:
        return ""
    out = smallest > bound or (told is _NOT_BELOW and smallest == bound)
    return _of_all(told, called, tensor, bound=said(bound)) if out else ""


def _saved(node: Node, name: str) -> TensorSummary | None:
    return next((saved.tensor for saved in node.saved if saved.name == name), None)


def _bound(node: Node, name: str) -> float | None:
    """Return a number that a node kept as a setting, or as a tensor of one value."""
    for saved in node.saved:
        if saved.name == name:
            if saved.tensor is not None:
                return saved.tensor.minimum if _is_one(saved.tensor) else None
            try:
                value = float(saved.setting)
            except ValueError:
                return None
            return value if math.isfinite(value) else None
    return None


def _is_one(tensor: TensorSummary) -> bool:
    return tensor.finite and tensor.minimum is not None and tensor.minimum == tensor.maximum


def _is_all(tensor: TensorSummary | None, value: float) -> bool:
    return tensor is not None and tensor.minimum == tensor.maximum == value


def _all_zero(what: str, tensor: TensorSummary | None) -> str:
    return _of_all(_IS_0, what, tensor) if tensor is not None and is_zero(tensor) else ""


def _of_all(told: _Told, what: str, tensor: TensorSummary, **values: str) -> str:
    """Say of a tensor that it is so, or that each of its elements is."""
    return tr(told.one if tensor.size == 1 else told.every, what=what, **values)
