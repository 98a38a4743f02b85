"""Why a forward operation made a number that is not finite, in words, from its own numbers.

A reason is given only where those numbers leave no other.
"""

import math
from collections.abc import Callable, Mapping
from typing import Final

from gradviz.core.findings.recorded_numbers import (
    AWAY_FROM_0,
    Cause,
    has_nan,
    holds,
    input_of,
    inputs_of,
    is_above,
    is_below,
    number_of,
    overflow_of,
    result_of,
    saved_tensor,
)
from gradviz.core.findings.spoken_numbers import said
from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.language.saying import marked, tr

_INSIDE: Final = marked("Keep its input above 0, with clamp or softplus.")
_DIVISOR_AWAY_FROM_0: Final = marked(
    "Add a small number to the divisor, or keep that away from 0 with clamp."
)
_BEYOND_1: Final = marked("{name} of a number beyond ±1 is not a number")
_BELOW_1: Final = marked("{name} of a number below 1 is not a number")
_OUTSIDE: Final = marked("{name} of a number outside of 0 to 1 is not a number")


def why_forward(graph: Graph, node: Node) -> Cause:
    """Return why the result of `node` is not finite; empty words where that is not known."""
    if node.kind == "leaf":
        return Cause(tr("it was so before the pass began"))
    result = result_of(node)
    if result is None:
        return Cause()
    inputs = inputs_of(graph, node)
    if node.op in _FORWARD:
        cause = _FORWARD[node.op](graph, node, has_nan(result))
        if cause is not None:
            return cause
    if not all(each.finite for each in inputs):
        sources = [result_of(graph.node[edge.source]) for edge in graph.edges_into[node.id]]
        if all(source is not None and source.finite for source in sources):
            return Cause(
                tr(
                    "a tensor that needs no gradient, such as the data, came in with a number that "
                    "is not finite"
                ),
                tr("Look for it with torch.isfinite before the model runs."),
            )
        if not has_nan(result):
            return Cause()
        return Cause(tr("0 times inf, or inf minus inf, is not a number"))
    if not has_nan(result):
        return overflow_of(result, tr("its result"))
    return Cause()


def _log(graph: Graph, node: Node, nan: bool) -> Cause | None:
    given, pole = input_of(graph, node), -1.0 if node.op == "Log1P" else 0.0
    name = node.op.lower()
    if nan and is_below(given, pole):
        return Cause(
            tr("{name} of a number below {bound} is not a number", name=name, bound=said(pole)),
            tr(_INSIDE),
        )
    if not nan and holds(given, pole):
        return Cause(
            tr("{name} of {number} is −inf", name=name, number=said(pole)), tr(AWAY_FROM_0)
        )
    return None


def _sqrt(graph: Graph, node: Node, nan: bool) -> Cause | None:
    given = input_of(graph, node)
    if nan and is_below(given, 0.0):
        return Cause(tr("the square root of a negative number is not a number"), tr(_INSIDE))
    if not nan and node.op == "Rsqrt" and holds(given, 0.0):
        return Cause(tr("1 / sqrt(0) is infinite"), tr(AWAY_FROM_0))
    return None


def _div(graph: Graph, node: Node, nan: bool) -> Cause | None:
    divisor = input_of(graph, node, 1)
    if not holds(divisor, 0.0):
        return None
    if not nan:
        return Cause(tr("it divides by 0"), tr(_DIVISOR_AWAY_FROM_0))
    if holds(input_of(graph, node), 0.0):
        return Cause(tr("0 / 0 is not a number"), tr(_DIVISOR_AWAY_FROM_0))
    return None


def _reciprocal(graph: Graph, node: Node, nan: bool) -> Cause | None:
    if nan or not holds(input_of(graph, node), 0.0):
        return None
    return Cause(tr("1 / 0 is infinite"), tr(AWAY_FROM_0))


def _pow(graph: Graph, node: Node, nan: bool) -> Cause | None:
    base, exponent = input_of(graph, node), number_of(node, "exponent")
    if nan and is_below(base, 0.0) and exponent is not None and exponent % 1:
        return Cause(
            tr(
                "a negative number to the power of {exponent} is not a number",
                exponent=said(exponent),
            ),
            tr("Keep the base above 0 with clamp."),
        )
    if not nan and exponent is not None and exponent < 0 and holds(base, 0.0):
        return Cause(tr("0 to a negative power is infinite"), tr(AWAY_FROM_0))
    return None


def _softmax(graph: Graph, node: Node, nan: bool) -> Cause | None:
    """A row of nothing but −inf divides 0 by 0, and one with +inf divides inf by inf."""
    if not nan:
        return None
    edges = graph.edges_into[node.id]
    source = graph.node[edges[0].source] if edges else None
    given = result_of(source) if source is not None else None
    if given is None and source is not None:
        known = inputs_of(graph, source)
        masked = bool(known) and all(each.finite for each in known)
    else:
        masked = given is not None and not has_nan(given) and given.maximum != math.inf
    if masked:
        return Cause(
            tr("in a row every element is −inf, so that there is nothing to attend to: 0 / 0"),
            tr(
                "Leave at least one element of each row unmasked, or mask with a large negative "
                "number such as −1e4."
            ),
        )
    if given is not None and not has_nan(given) and given.maximum == math.inf:
        return Cause(tr("an element of its input is inf, and inf / inf is not a number"))
    return None


def _domain(told: str, low: float, high: float) -> Callable[[Graph, Node, bool], Cause | None]:
    """Return a test of the input's range; `told` says, for `tr`, that a number is beyond it."""

    def cause(graph: Graph, node: Node, nan: bool) -> Cause | None:
        given = input_of(graph, node)
        if nan and (is_below(given, low) or is_above(given, high)):
            return Cause(tr(told, name=node.op.lower()))
        if not nan and (holds(given, low) or holds(given, high)):
            name = node.op.lower()
            return Cause(tr("{name} is infinite at the ends of its range", name=name))
        return None

    return cause


def _nll(graph: Graph, node: Node, nan: bool) -> Cause | None:
    weight = saved_tensor(node, "total_weight")
    if not nan or weight is None or weight.scalar != 0.0:
        return None
    return Cause(
        tr(
            "every target is ignored (ignore_index, or a weight of 0), and the mean over nothing "
            "is 0 / 0"
        ),
        tr("Leave out a batch without targets, or use reduction='sum'."),
    )


def _spread(graph: Graph, node: Node, nan: bool) -> Cause | None:
    given, result = input_of(graph, node), result_of(node)
    if nan and given is not None and result is not None and given.size == result.size:
        return Cause(
            tr("the spread of a single element is 0 / 0"),
            tr("Use correction=0, or more elements."),
        )
    return None


def _mean(graph: Graph, node: Node, nan: bool) -> Cause | None:
    given = input_of(graph, node)
    empty = nan and given is not None and given.size == 0
    return Cause(tr("the mean over nothing is 0 / 0")) if empty else None


_FORWARD: Final[Mapping[str, Callable[[Graph, Node, bool], Cause | None]]] = {
    **dict.fromkeys(("Log", "Log2", "Log10", "Log1P"), _log),
    **dict.fromkeys(("Sqrt", "Rsqrt"), _sqrt),
    "Div": _div,
    "Reciprocal": _reciprocal,
    "Pow": _pow,
    **dict.fromkeys(("Softmax", "LogSoftmax"), _softmax),
    "Acos": _domain(_BEYOND_1, -1.0, 1.0),
    "Asin": _domain(_BEYOND_1, -1.0, 1.0),
    "Atanh": _domain(_BEYOND_1, -1.0, 1.0),
    "Acosh": _domain(_BELOW_1, 1.0, math.inf),
    "Logit": _domain(_OUTSIDE, 0.0, 1.0),
    **dict.fromkeys(("NllLoss", "NllLoss2D"), _nll),
    **dict.fromkeys(("Std", "Var"), _spread),
    "Mean": _mean,
}
