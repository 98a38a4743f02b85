"""The health of a backward pass: vanishing, exploding, dead and non-finite gradients.

Norms come from the recording itself; zeros and times only from measurements on demand.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Final, Literal, assert_never

import msgspec

from gradviz.core.findings.non_finite import Origin, first_non_finite
from gradviz.core.findings.remainders import remainders
from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.tensors import TensorSummary, joint_norm
from gradviz.core.graphs.trace import Step, Trace
from gradviz.core.language.saying import marked, tr
from gradviz.core.work_in_pieces import InPieces, finished

#: So many nodes are examined in a few milliseconds.
_PIECE_NODES: Final = 500
#: The quantities by which a graph can be coloured.
Colouring = Literal["off", "gradient", "ratio", "zeros", "time"]
#: "rounding": the gradient is a remainder of rounding. "none": no gradient came here.
Diagnosis = Literal["non-finite", "exploding", "vanishing", "dead", "rounding", "healthy", "none"]
#: The verdicts that mark a place, the worst first.
MARKED: tuple[Diagnosis, ...] = ("non-finite", "exploding", "dead", "vanishing")
_WORDS: Final[Mapping[Diagnosis, str]] = {
    "non-finite": marked("non-finite"),
    "exploding": marked("exploding"),
    "vanishing": marked("vanishing"),
    "dead": marked("dead"),
    "rounding": marked("rounding"),
    "healthy": marked("healthy"),
    "none": marked("none"),
}


class Thresholds(msgspec.Struct, frozen=True, kw_only=True):
    """The limits beyond which a node is marked.

    Attributes:
        vanishing: A smaller norm of a gradient vanishes. float32 tells 1 from 1 + 1.2e-7: with a
            gradient below that, even a learning rate of 1 leaves a weight of size 1 as it is.
        exploding: A larger norm explodes. It is the reciprocal: even a learning rate as small as
            float32's smallest relative step moves a weight by more than 1.
        dead: A larger or equal share of zeros, of 1, is dead. At 1 nothing at all passes; pooling,
            indexing and embeddings rightly send on many zeros.
    """

    vanishing: float = 1e-7
    exploding: float = 1e7
    dead: float = 1.0


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """The elements of one node's gradient, and of its value, counted.

    The gradient is the one that an operation sent on (or its upstream gradient, where it sent
    nothing on), and a leaf's sum.
    """

    node: str
    elements: int = 0
    zeros: int = 0
    nan: int = 0
    infinite: int = 0
    value_nan: int = 0
    value_infinite: int = 0


class NodeTime(msgspec.Struct, frozen=True, kw_only=True):
    """How long one node took, in microseconds; None where that was not measured."""

    node: str
    forward_us: float | None = None
    backward_us: float | None = None


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """One timed pass: each node's time, and a note on the clocks."""

    note: str
    nodes: tuple[NodeTime, ...] = ()


class NodeHealth(msgspec.Struct, frozen=True, kw_only=True):
    """The health of one node.

    Attributes:
        gradient: The norm of its upstream gradients, and of a leaf's sum; None where none came,
            and where it is not a number.
        weight: The norm of a leaf's value, and of an operation's result.
        zeros: The share of zeros in the gradient that it sent on, or in a leaf's sum; None while
            they are not counted.
    """

    node: str
    verdict: Diagnosis
    gradient: float | None = None
    weight: float | None = None
    zeros: float | None = None
    counts: Counts | None = None
    forward_us: float | None = None
    backward_us: float | None = None

    @property
    def ratio(self) -> float | None:
        """Return the gradient's norm divided by the value's; None without one of them."""
        if self.gradient is None or not self.weight:
            return None
        return self.gradient / self.weight

    @property
    def time_us(self) -> float | None:
        """Return the time forwards and backwards together, as far as they were measured."""
        known = [each for each in (self.forward_us, self.backward_us) if each is not None]
        return sum(known) if known else None

    def number(self, colouring: Colouring) -> float | None:
        """Return the number by which a graph is coloured."""
        match colouring:
            case "gradient":
                return self.gradient
            case "ratio":
                return self.ratio
            case "zeros":
                return self.zeros
            case "time":
                return self.time_us
            case "off":
                return None
            case _:
                assert_never(colouring)


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """Every node's health by its id, in the graph's order, and where a non-finite number began."""

    nodes: Mapping[str, NodeHealth]
    origin: Origin | None = None

    def marked(self) -> tuple[NodeHealth, ...]:
        """Return the nodes with a verdict to mark, the worst first."""
        found = [node for node in self.nodes.values() if node.verdict in MARKED]
        return tuple(sorted(found, key=lambda node: MARKED.index(node.verdict)))


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    """The range of the numbers that colour a graph; the share of zeros alone is linear."""

    low: float
    high: float
    logarithmic: bool = True

    def level(self, value: float | None) -> float | None:
        """Return the place of `value` in the range, from 0 to 1; None for None and for NaN."""
        if value is None or math.isnan(value):
            return None
        if value <= self.low:
            return 0.0 if self.low < self.high else 0.5
        if value >= self.high:
            return 1.0
        if self.logarithmic:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def verdict_text(verdict: Diagnosis) -> str:
    """Return the word for a verdict."""
    return tr(_WORDS[verdict])


def examined(
    graph: Graph,
    trace: Trace,
    thresholds: Thresholds,
    counts: Iterable[Counts] = (),
    times: Iterable[NodeTime] = (),
) -> Health:
    """Return the health of each node of `graph` in the pass `trace`."""
    return finished(examination(graph, trace, thresholds, counts, times))


def examination(
    graph: Graph,
    trace: Trace,
    thresholds: Thresholds,
    counts: Iterable[Counts] = (),
    times: Iterable[NodeTime] = (),
) -> InPieces[Health]:
    """Return, in pieces, the health of each node of `graph` in the pass `trace`."""
    steps = {step.node: step for step in trace.steps}
    counted = {each.node: each for each in counts}
    timed = {each.node: each for each in times}
    nodes = {}
    for place, node in enumerate(graph.nodes):
        if place % _PIECE_NODES == 0:
            yield
        step, sum_ = steps.get(node.id), trace.leaf_grads.get(node.id)
        nodes[node.id] = _node_health(
            node, step, sum_, thresholds, counted.get(node.id), timed.get(node.id)
        )
    vanishing = [key for key, each in nodes.items() if each.verdict == "vanishing"]
    # To look for remainders takes as long as all the rest, and few passes have any.
    rounded = (yield from remainders(graph, trace)) if vanishing else frozenset()
    for place, key in enumerate(rounded.intersection(vanishing)):
        if place % _PIECE_NODES == 0:
            yield
        nodes[key] = msgspec.structs.replace(nodes[key], verdict="rounding")
    yield
    return Health(nodes=nodes, origin=first_non_finite(graph, trace))


def scale_of(health: Health, colouring: Colouring) -> Scale | None:
    """Return the range of the nodes' numbers; None where no node has one to show."""
    if colouring == "zeros":
        counted = any(node.zeros is not None for node in health.nodes.values())
        return Scale(low=0.0, high=1.0, logarithmic=False) if counted else None
    numbers = [node.number(colouring) for node in health.nodes.values()]
    shown = [each for each in numbers if each is not None and 0 < each < math.inf]
    return Scale(low=min(shown), high=max(shown)) if shown else None


def _node_health(
    node: Node,
    step: Step | None,
    leaf_sum: TensorSummary | None,
    thresholds: Thresholds,
    counts: Counts | None,
    time: NodeTime | None,
) -> NodeHealth:
    got = (leaf_sum,) if leaf_sum is not None else step.grad_outputs if step is not None else ()
    gradient, zeros = joint_norm(got), _zeros(step, got, counts)
    sent = step.grad_inputs if step is not None else ()
    if not _all_finite((node.value, *got, *sent)):
        verdict: Diagnosis = "non-finite"
    else:
        verdict = _verdict(gradient, zeros, thresholds)
    return NodeHealth(
        node=node.id,
        verdict=verdict,
        gradient=gradient,
        weight=None if node.value is None else node.value.norm,
        zeros=zeros if counts is not None else None,
        counts=counts,
        forward_us=None if time is None else time.forward_us,
        backward_us=None if time is None else time.backward_us,
    )


def _verdict(gradient: float | None, zeros: float | None, thresholds: Thresholds) -> Diagnosis:
    if gradient is None:
        return "none"
    if gradient > thresholds.exploding:
        return "exploding"
    if zeros is not None and zeros >= thresholds.dead:
        return "dead"
    return "vanishing" if gradient < thresholds.vanishing else "healthy"


def _zeros(
    step: Step | None, got: tuple[TensorSummary | None, ...], counts: Counts | None
) -> float | None:
    """Return the share of zeros: as counted, else 1 for a norm of 0, and 0 for any other."""
    if counts is not None:
        return counts.zeros / counts.elements if counts.elements else None
    sent = () if step is None else step.grad_inputs
    norm = joint_norm(sent)
    norm = joint_norm(got) if norm is None else norm
    return None if norm is None else float(norm == 0)


def _all_finite(tensors: Iterable[TensorSummary | None]) -> bool:
    return all(tensor is None or tensor.finite for tensor in tensors)
