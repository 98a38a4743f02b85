"""Why a backward operation made a gradient that is not finite, in words, from its own numbers.

A reason is given only where those numbers leave no other.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Final

from gradviz.core.findings.recorded_numbers import (
    AWAY_FROM_0,
    Cause,
    has_nan,
    holds,
    input_of,
    is_above,
    is_below,
    number_of,
    overflow_of,
    saved_tensor,
)
from gradviz.core.findings.spoken_numbers import said
from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.trace import Step
from gradviz.core.language.saying import marked, tr


def why_backward(graph: Graph, step: Step) -> Cause:
    """Return why `step` sent on a gradient that is not finite, though those it got are finite."""
    node = graph.node[step.node]
    sent = [each for each in step.grad_inputs if each is not None and not each.finite]
    if not sent:
        return Cause(tr("the gradients that meet here have a sum that is too large"), overflow=True)
    nan = any(has_nan(each) for each in sent)
    pole = _POLES.get(node.op)
    reason = pole(graph, node) if pole is not None else ""
    if not reason:
        return Cause() if nan else overflow_of(sent[0], tr("the gradient that it sends on"))
    if node.op in _SPECTRAL:
        return Cause(reason, tr(_SPREAD))
    arrived = [each for each in step.grad_outputs if each is not None]
    if not (nan and any(holds(each, 0.0) for each in arrived)):
        return Cause(reason, tr(AWAY_FROM_0))
    if _behind_where(graph, node):
        return Cause(
            tr(
                "{reason}, and the 0 that arrives times infinity is not a number: "
                "it stands in the branch of where that is not taken",
                reason=reason,
            ),
            tr("Put where around the input too: f(torch.where(mask, x, 1)) in place of f(x)."),
        )
    return Cause(
        tr("{reason}, and the 0 that arrives times infinity is not a number", reason=reason),
        tr(AWAY_FROM_0),
    )


def _behind_where(graph: Graph, node: Node) -> bool:
    """Tell whether the result of a node goes through `where` on its way to the output."""
    seen, waiting = {node.id}, [node.id]
    while waiting:
        for edge in graph.edges_out_of[waiting.pop()]:
            if graph.node[edge.target].op == "Where":
                return True
            if edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)
    return False


def _at(value: float) -> Callable[[Graph, Node], str]:
    """Return a test whether the input holds a value at which the derivative is infinite."""

    def reason(graph: Graph, node: Node) -> str:
        return _infinite(node, said(value)) if holds(input_of(graph, node), value) else ""

    return reason


def _infinite(node: Node, place: str) -> str:
    return tr(
        "the derivative of {name} at {number} is infinite", name=node.op.lower(), number=place
    )


def _at_ends(graph: Graph, node: Node) -> str:
    given = input_of(graph, node)
    if is_below(given, -1.0) or is_above(given, 1.0):
        return tr("{name} of a number beyond ±1 has no derivative", name=node.op.lower())
    ends = any(holds(given, end) for end in (-1.0, 1.0))
    return _infinite(node, "±1") if ends else ""


def _root_of_zero(graph: Graph, node: Node) -> str:
    at_zero = holds(saved_tensor(node, "result"), 0.0)
    return _infinite(node, said(0.0)) if at_zero else ""


def _hypot_of_zeros(graph: Graph, node: Node) -> str:
    at_zero = holds(saved_tensor(node, "result"), 0.0)
    return tr("hypot of 0 and 0 has no derivative: 0 / 0") if at_zero else ""


def _divisor_is_zero(graph: Graph, node: Node) -> str:
    return tr("it divides by 0") if holds(input_of(graph, node, 1), 0.0) else ""


def _power(graph: Graph, node: Node) -> str:
    base, exponent = input_of(graph, node), number_of(node, "exponent")
    if exponent is not None and exponent % 1 and is_below(base, 0.0):
        return tr(
            "a negative number to the power of {exponent} is not a number",
            exponent=said(exponent),
        )
    if exponent is None or not holds(base, 0.0) or exponent >= 1:
        return ""
    return tr("the derivative of a power of {exponent} at 0 is infinite", exponent=said(exponent))


def _equal_values(graph: Graph, node: Node) -> str:
    kept = saved_tensor(node, "eigenvalues", "S")
    if kept is not None and kept.values is not None and not _has_equal(kept.values):
        return ""
    if node.op == "LinalgSvd":
        return tr(
            "two of the singular values are equal, and its derivative divides by their difference"
        )
    return tr("two of the eigenvalues are equal, and its derivative divides by their difference")


def _has_equal(values: Iterable[float]) -> bool:
    ordered = sorted(values)
    scale = max((abs(value) for value in ordered), default=0.0)
    # A singular value of 0 is divided by as well; the difference of squares may be rounded to 0.
    near = any(after - before <= 1e-6 * scale for before, after in pairwise(ordered))
    return near or 0.0 in ordered


_SPECTRAL: Final = {"LinalgEigh", "LinalgEig", "LinalgSvd"}
_SPREAD: Final = marked("Make them differ, or use the values alone: their derivative is finite.")
_POLES: Final[Mapping[str, Callable[[Graph, Node], str]]] = {
    **dict.fromkeys(("Log", "Log2", "Log10", "Lgamma", "Rsqrt", "Reciprocal"), _at(0.0)),
    "Log1P": _at(-1.0),
    "Acosh": _at(1.0),
    **dict.fromkeys(("Acos", "Asin", "Atanh"), _at_ends),
    "Sqrt": _root_of_zero,
    "Hypot": _hypot_of_zeros,
    "Div": _divisor_is_zero,
    "Pow": _power,
    **dict.fromkeys(_SPECTRAL, _equal_values),
}
