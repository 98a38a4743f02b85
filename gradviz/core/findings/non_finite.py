"""The node that made the first number that is not finite: none that passed it on or showed it."""

from collections.abc import Iterable
from typing import Final

import msgspec

from gradviz.core.findings.non_finite_backward import why_backward
from gradviz.core.findings.non_finite_forward import why_forward
from gradviz.core.findings.recorded_numbers import (
    LARGEST,
    Cause,
    has_nan,
    inputs_of,
    result_of,
)
from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Step, Trace
from gradviz.core.language.saying import tr

#: Operations that move elements about and compute nothing.
_MOVING: Final = {"View", "UnsafeView", "Transpose", "T", "Permute", "Select", "Slice", "Squeeze"}
_MOVING_TOO: Final = {"Unsqueeze", "Expand", "Reshape", "ReshapeAlias", "Clone", "Alias", "Split"}
_PASSING: Final = _MOVING | _MOVING_TOO | {"AsStrided", "Unbind", "Cat", "Stack", "Index", "Neg"}
#: Operations that put given numbers in place of others.
_FILLING: Final = {"MaskedFill", "Where", "IndexPut", "IndexFill", "CopySlices", "Scatter"}
#: Operations by which a mask of −inf is added.
_ADDING: Final = {"Add", "Sub", "Baddbmm", "Addmm"}


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The node at which a number first was not finite, and in which pass.

    Attributes:
        reason: Why the node made it, in words; empty where that is not known.
        hint: The remedy; empty where none is known to help.
        overflow: Whether numbers grew too large, so that a smaller learning rate may help.
    """

    node: str
    forward: bool
    reason: str = ""
    hint: str = ""
    overflow: bool = False


def first_non_finite(graph: Graph, trace: Trace) -> Origin | None:
    """Return where the number that spoils the output or a leaf's gradient was made.

    It is None where both are finite: a −inf that a softmax turns into 0 harms nobody.
    """
    output = result_of(graph.node[graph.output])
    if output is not None and not output.finite:
        return _forwards(graph, trace, graph.output)
    if all(gradient.finite for gradient in trace.leaf_grads.values()):
        return None
    step = next((step for step in trace.steps if not _all_finite(_gradients(step))), None)
    if step is None:
        return None
    kept = (saved.tensor for saved in graph.node[step.node].saved)
    if not _all_finite(kept):
        # The pass backwards computes with a number that was not finite before it.
        found = _forwards(graph, trace, step.node)
        if found is not None and not _is_given(graph, graph.node[found.node]):
            return found
    return _origin(step.node, why_backward(graph, step), forward=False)


def _forwards(graph: Graph, trace: Trace, start: str) -> Origin | None:
    """Return where a number was made that came to `start` and is not finite."""
    spoilt = _spoilt_before(graph, start)
    # The order in which they were computed; from the leaves on, where that is not known.
    order = trace.forward or tuple(node.id for node in reversed(graph.nodes))
    found = [graph.node[place] for place in order if place in spoilt]
    makers = (node for node in found if _makes(graph, node) and not _is_given(graph, node))
    maker = next(makers, found[0] if found else None)
    if maker is None:
        return None
    if _is_given(graph, maker):
        cause = Cause(tr("an infinite number is put in here, and reaches the output"))
        return _origin(maker.id, cause, forward=True)
    maker = _unheard_maker(graph, maker)
    return _origin(maker.id, why_forward(graph, maker), forward=True)


def _spoilt_before(graph: Graph, start: str) -> set[str]:
    """Return the nodes whose spoilt results come to `start` without a finite one between."""
    found: set[str] = set()
    seen, waiting = {start}, [start]
    while waiting:
        place = waiting.pop()
        result = result_of(graph.node[place])
        if result is not None and not result.finite:
            found.add(place)
        elif result is not None and place != start:
            continue
        for edge in graph.edges_into[place]:
            if edge.source not in seen:
                seen.add(edge.source)
                waiting.append(edge.source)
    return found


def _makes(graph: Graph, node: Node) -> bool:
    """Tell whether no source is known to be spoilt so already; NaN is made of inf, too."""
    sources = [result_of(graph.node[edge.source]) for edge in graph.edges_into[node.id]]
    spoilt = [source for source in sources if source is not None and not source.finite]
    result = result_of(node)
    made_nan = result is not None and has_nan(result)
    return not spoilt or (made_nan and not any(has_nan(source) for source in spoilt))


def _is_given(graph: Graph, node: Node) -> bool:
    """Tell whether an operation got its infinite numbers from outside, as a mask of −inf."""
    result = result_of(node)
    if result is None or result.finite or has_nan(result):
        return False
    if node.op in _FILLING:
        return True
    small = 1e-2 * LARGEST.get(result.dtype, 0.0) ** 0.5
    return node.op in _ADDING and all(
        not each.finite or _largest(each) < small for each in inputs_of(graph, node)
    )


def _largest(tensor: TensorSummary) -> float:
    return max(abs(tensor.minimum or 0.0), abs(tensor.maximum or 0.0))


def _unheard_maker(graph: Graph, node: Node) -> Node:
    """Return the node before those that only pass elements on, where its result was not heard."""
    while node.op in _PASSING and len(graph.edges_into[node.id]) == 1:
        source = graph.node[graph.edges_into[node.id][0].source]
        result = result_of(source)
        if result is not None and result.finite:
            break
        node = source
    return node


def _origin(node: str, cause: Cause, *, forward: bool) -> Origin:
    return Origin(
        node=node,
        forward=forward,
        reason=cause.reason,
        hint=cause.hint,
        overflow=cause.overflow,
    )


def _gradients(step: Step) -> tuple[TensorSummary | None, ...]:
    return (*step.grad_outputs, *step.grad_inputs)


def _all_finite(tensors: Iterable[TensorSummary | None]) -> bool:
    return all(tensor is None or tensor.finite for tensor in tensors)
