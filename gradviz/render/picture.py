"""The picture of a graph at one step of its recorded pass, as plain data for any painter."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

import msgspec

from gradviz.core.graphs.graph import Edge, Graph, Node, NodeKind
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.trace import Step, Trace
from gradviz.core.graphs.walk import TURN, forward_now, still_to_come
from gradviz.render.characters import visible
from gradviz.render.numbers import gradient_text, tensor_text

#: "coming": not computed yet, in the forward pass.
NodeState = Literal["coming", "idle", "done", "now"]
#: "fed": to the node that is computed now, forwards. "sent": by the current step; "waiting": by an
#: earlier one, and not yet worked on.
EdgeState = Literal["idle", "fed", "waiting", "sent", "done", "now"]


class NodeView(msgspec.Struct, frozen=True, dict=True):
    """The texts of a node and how far the backward pass is with it.

    The texts are made when they are painted: of a large graph nobody reads most of them.

    Attributes:
        node: The node itself; of one that is still coming, its value is not shown.
        state: How far the pass is with it.
        arrived: The gradient that has come, None before.
    """

    node: Node
    state: NodeState = "idle"
    arrived: TensorSummary | None = None

    @property
    def id(self) -> str:
        """Return the node's id."""
        return self.node.id

    @property
    def kind(self) -> NodeKind:
        """Return the node's kind."""
        return self.node.kind

    @property
    def order(self) -> int:
        """Return 1 for a node of the forward pass, 2 for one that its backward pass made, ..."""
        return self.node.order

    @property
    def title(self) -> str:
        """Return the operation, or a leaf's name."""
        return visible(self.node.op)

    @property
    def aside(self) -> str:
        """Return the text beside the title: PyTorch's own name, or the shape of a larger leaf."""
        return self._texts[0]

    @property
    def subtitle(self) -> str:
        """Return the text beneath the title: the node's label or its shape; a leaf's value."""
        return self._texts[1]

    @property
    def subtitle_is_shape(self) -> bool:
        """Tell whether the subtitle is a shape, of which a part tells nothing."""
        return self.kind != "leaf" and not self.node.label

    @property
    def value(self) -> str:
        """Return the end of that line while there is no gradient; empty for a leaf."""
        return self._texts[2]

    @cached_property
    def gradient(self) -> str:
        """Return the text in place of `value`, which then is above it; empty before it has come."""
        return gradient_text(self.arrived)

    @property
    def has_number(self) -> bool:
        """Tell whether the value is a number, and not a shape."""
        return bool(self.value) and not self.value.startswith("(")

    @property
    def tick(self) -> bool:
        """Tell whether the node carries the second sign of being done."""
        return self.state == "done"

    @cached_property
    def _texts(self) -> tuple[str, str, str]:
        """Return `aside`, `subtitle` and `value`."""
        node = self.node
        known = None if self.state == "coming" else node.value
        scalar = known is not None and known.scalar is not None
        shape = shape_text(node.shape)
        value = tensor_text(known) if known is not None else ""
        if node.kind == "leaf":
            return "" if scalar else shape, value or shape, ""
        subtitle = visible(node.label) if node.label else shape
        value = value if scalar else shape
        return visible(node.name), subtitle, "" if value == subtitle else value


class EdgeView(msgspec.Struct, frozen=True):
    """The gradient's progress along an edge, and the text of its chip (empty: no chip)."""

    id: str
    state: EdgeState = "idle"
    chip: str = ""

    @property
    def backward(self) -> bool:
        """Tell whether the arrow shows the gradient's direction, against the forward one."""
        return self.state not in ("idle", "fed")


class Picture(msgspec.Struct, frozen=True, dict=True):
    """The views of all nodes and edges by their ids, with the current node's id."""

    nodes: dict[str, NodeView]
    edges: dict[str, EdgeView]
    now: str | None = None

    @cached_property
    def chips(self) -> tuple[EdgeView, ...]:
        """Return the edges that carry a chip."""
        return tuple(view for view in self.edges.values() if view.chip)


def picture(graph: Graph, trace: Trace | None = None, cursor: int = 0) -> Picture:
    """Return the picture of the graph after the first `cursor` steps of `trace`.

    At 0 nothing has run; at k the step k - 1 is the current one and those before are done. Below 0
    the forward pass runs, as `core.walk` has it. A cursor outside the trace means its nearest end.
    """
    if cursor < TURN and trace is not None and trace.forward:
        return _forward_picture(graph, trace, cursor)
    steps = trace.steps[: max(0, cursor)] if trace is not None else ()
    ran = {step.node: step for step in steps}
    now = steps[-1].node if steps else None
    gradients = {node: gradient for _, node, gradient in arrivals(steps)}
    return Picture(
        nodes={node.id: node_view(node, ran, now, gradients.get(node.id)) for node in graph.nodes},
        edges={edge.id: edge_view(edge, ran, now) for edge in graph.edges},
        now=now,
    )


def _forward_picture(graph: Graph, trace: Trace, cursor: int) -> Picture:
    coming, now = still_to_come(trace, cursor), forward_now(trace, cursor)
    return Picture(
        nodes={
            node.id: forward_node_view(node, now, coming=node.id in coming) for node in graph.nodes
        },
        edges={edge.id: forward_edge_view(edge, now) for edge in graph.edges},
        now=now,
    )


def forward_node_view(node: Node, now: str | None, *, coming: bool) -> NodeView:
    """Return the view of a node in the forward pass; a node not yet computed shows no value."""
    return NodeView(node, "coming" if coming else "now" if node.id == now else "idle")


def forward_edge_view(edge: Edge, now: str | None) -> EdgeView:
    """Return the view of an edge in the forward pass."""
    return EdgeView(edge.id, "fed" if edge.target == now else "idle")


def idle_view(node: Node) -> NodeView:
    """Return the view of a node before any backward step."""
    return NodeView(node)


def arrivals(steps: Iterable[Step]) -> Iterator[tuple[int, str, TensorSummary | None]]:
    """Yield the gradients that nodes show after each step: step index, node id and gradient.

    A node shows its upstream gradient, a leaf its sum so far.
    """
    known: set[str] = set()
    for place, step in enumerate(steps):
        arrived = next((grad for grad in step.grad_outputs if grad is not None), None)
        if arrived is not None or step.node not in known:
            known.add(step.node)
            yield place, step.node, arrived
        for contribution in step.contributions:
            known.add(contribution.leaf)
            yield place, contribution.leaf, contribution.total


def node_view(
    node: Node, ran: dict[str, Step], now: str | None, gradient: TensorSummary | None
) -> NodeView:
    """Return the view of a node after the steps `ran`, with the `gradient` that it shows then."""
    state: NodeState = "now" if node.id == now else "done" if node.id in ran else "idle"
    return NodeView(node, state, gradient)


def edge_view(edge: Edge, ran: dict[str, Step], now: str | None) -> EdgeView:
    """Return the view of an edge after the steps `ran`."""
    sender, receiver = ran.get(edge.target), ran.get(edge.source)
    if sender is None:
        return EdgeView(edge.id)
    gradient = sender.grad_inputs[edge.slot] if edge.slot < len(sender.grad_inputs) else None
    if gradient is None:
        return EdgeView(edge.id)
    if edge.source == now:
        return EdgeView(edge.id, "now", gradient_text(gradient))
    if edge.target == now:
        return EdgeView(edge.id, "sent")
    return EdgeView(edge.id, "done" if receiver is not None else "waiting")
