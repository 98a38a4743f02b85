"""The picture of a graph at one step of its recorded pass, as plain data for any painter."""

from collections.abc import Mapping
from functools import cached_property
from itertools import count
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

import msgspec

from gradviz.core.graphs.graph import Edge, Graph, Node, NodeKind
from gradviz.core.graphs.groups import Group
from gradviz.core.graphs.recorded_places import arrivals
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.trace import Step, Trace
from gradviz.core.graphs.walk import TURN, forward_now, still_to_come
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted
from gradviz.render.characters import visible
from gradviz.render.numbers import gradient_text, norm_text, tensor_text

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
        """Return the text beneath the title: the node's label or its shape; a leaf's value.

        A leaf without a value, such as an argument of a compiled graph, has its label there.
        """
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
        shape = node.shape_shown
        value = tensor_text(known) if known is not None else ""
        if node.kind == "leaf":
            return "" if scalar else shape, value or visible(node.label) or shape, ""
        subtitle = visible(node.label) if node.label else shape
        value = value if scalar else shape
        return visible(node.shown_name), subtitle, "" if value == subtitle else value


class GroupView(NodeView, frozen=True, dict=True):
    """The texts of a closed group, and how far the pass is with the nodes within it.

    Attributes:
        taken, total: How many of its steps are taken, and how many the pass has; 0 at the turn.
        leaving: The norm of the gradients that leave the group, once all of them are known.
        folded: How many groups it stands for, 0 where it is one.
    """

    taken: int = 0
    total: int = 0
    leaving: float | None = None
    folded: int = 0

    @property
    def aside(self) -> str:
        """Return that nothing stands beside the title, which counts the groups of a fold."""
        return ""

    @property
    def subtitle(self) -> str:
        """Return the class of the module."""
        return visible(self.node.shown_name)

    @property
    def subtitle_is_shape(self) -> bool:
        """Tell that a part of the subtitle tells something too."""
        return False

    @property
    def value(self) -> str:
        """Return the shape of the result, where there is no other number."""
        return "" if self.gradient or not self.node.shape else shape_text(self.node.shape)

    @cached_property
    def gradient(self) -> str:
        """Return how many steps are taken; the norm of the gradient that leaves at the end."""
        return progress_text(self.taken, self.total) or leaving_text(self.leaving)


class FrameView(msgspec.Struct, frozen=True, dict=True):
    """The title line of an open group, and how far the pass is with the nodes within it.

    Attributes:
        id: The id of the frame.
        group: The group that is open.
        nodes, parameters: How many nodes it has, and how many numbers its leaves have.
        depth: How many frames are around it.
        taken, total, leaving: As in a closed group.
    """

    id: str
    group: Group
    nodes: int = 0
    parameters: int = 0
    depth: int = 0
    state: NodeState = "idle"
    taken: int = 0
    total: int = 0
    leaving: float | None = None

    @property
    def title(self) -> str:
        """Return the name of the group."""
        return visible(self.group.shown_title)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Return the rest of the title line: class, progress, parameters and nodes.

        The first are the most important ones, where there is no room for all.
        """
        parameters = tr_n(
            "{shown} parameters",
            "{shown} parameter",
            self.parameters,
            shown=counted(self.parameters),
        )
        nodes = tr_n("{shown} nodes", "{shown} node", self.nodes, shown=counted(self.nodes))
        progress = progress_text(self.taken, self.total) or leaving_text(self.leaving)
        numbers = (parameters, nodes) if self.parameters else (nodes,)
        parts = (visible(self.group.type_name), progress, *numbers)
        return tuple(part for part in parts if part)


def progress_text(taken: int, total: int) -> str:
    """Return `9 of 21` while a group is worked on, else nothing."""
    if not 0 < taken < total:
        return ""
    # Neither these nor gradients are remembered as what was said: each step has others.
    return tr("{part} of {total}").format(part=counted(taken), total=counted(total))


def leaving_text(norm: float | None) -> str:
    """Return the norm of the gradients that leave a group; empty before all are known."""
    return "" if norm is None else tr("grad {number}").format(number=norm_text(norm))


class EdgeView(msgspec.Struct, frozen=True):
    """The gradient's progress along an edge, and the text of its chip (empty: no chip).

    `count` is how many edges of the true graph it stands for.
    """

    id: str
    state: EdgeState = "idle"
    chip: str = ""
    count: int = 1

    @property
    def backward(self) -> bool:
        """Tell whether the arrow shows the gradient's direction, against the forward one."""
        return self.state not in ("idle", "fed")


class Difference(NamedTuple):
    """The ids of the views that are others than in an earlier picture, of the number `since`."""

    since: int
    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    frames: tuple[str, ...]


#: No local derivatives.
NO_LOCAL: Final[Mapping[str, float]] = MappingProxyType({})


class Picture(msgspec.Struct, frozen=True, dict=True):
    """The views of all nodes, edges and open groups by their ids, with the current node's id.

    `bundled` are the edges that stand for several ones. `shared` has for each node, box and frame
    that uses a parameter which is shared the numbers of its mark. `local` has for edges the
    derivative of their end by their start.
    """

    nodes: dict[str, NodeView]
    edges: dict[str, EdgeView]
    now: str | None = None
    frames: dict[str, FrameView] = {}
    bundled: tuple[str, ...] = ()
    shared: Mapping[str, tuple[int, ...]] = MappingProxyType({})
    local: Mapping[str, float] = NO_LOCAL

    @cached_property
    def chips(self) -> tuple[EdgeView, ...]:
        """Return the edges that carry a chip."""
        return tuple(view for view in self.edges.values() if view.chip)

    @cached_property
    def number(self) -> int:
        """Return a number that no other picture has."""
        return next(_numbers)

    @cached_property
    def difference(self) -> Difference | None:
        """Return what `moved` has made other than in the picture before; None where it did not."""
        return None

    def moved(
        self,
        nodes: dict[str, NodeView],
        edges: dict[str, EdgeView],
        frames: dict[str, FrameView],
        now: str | None,
    ) -> "Picture":
        """Return the picture with other views of some nodes, edges and frames.

        Thousands of views stay as they are, and are not looked at: the picture knows which do not.
        """
        found = Picture(
            self.nodes | nodes,
            self.edges | edges,
            now,
            self.frames | frames,
            self.bundled,
            self.shared,
            self.local,
        )
        carrying = {view.id for view in self.chips if view.id not in edges}
        carrying |= {key for key, view in edges.items() if view.chip}
        in_order = filter(carrying.__contains__, found.edges) if len(carrying) > 1 else carrying
        known: dict[str, Any] = {
            "chips": tuple(found.edges[key] for key in in_order),
            "difference": Difference(
                self.number,
                _others(self.nodes, nodes),
                _others(self.edges, edges),
                _others(self.frames, frames),
            ),
        }
        vars(found).update(known)
        return found


#: Numbers for pictures, from 0 on.
_numbers = count()


def _others(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(key for key, view in after.items() if before.get(key) is not view)


def picture(
    graph: Graph,
    trace: Trace | None = None,
    cursor: int = 0,
    local: Mapping[str, float] = NO_LOCAL,
) -> Picture:
    """Return the picture of the graph after the first `cursor` steps of `trace`.

    At 0 nothing has run; at k the step k - 1 is the current one and those before are done. Below 0
    the forward pass runs, as `core.walk` has it. A cursor outside the trace means its nearest end.
    `local` has the derivatives that edges show.
    """
    if cursor < TURN and trace is not None and trace.forward:
        return _forward_picture(graph, trace, cursor, local)
    steps = trace.steps[: max(0, cursor)] if trace is not None else ()
    ran = {step.node: step for step in steps}
    now = steps[-1].node if steps else None
    gradients = {node: gradient for _, node, gradient in arrivals(steps)}
    return Picture(
        nodes={node.id: node_view(node, ran, now, gradients.get(node.id)) for node in graph.nodes},
        edges={edge.id: edge_view(edge, ran, now) for edge in graph.edges},
        now=now,
        local=local,
    )


def _forward_picture(
    graph: Graph, trace: Trace, cursor: int, local: Mapping[str, float]
) -> Picture:
    coming, now = still_to_come(trace, cursor), forward_now(trace, cursor)
    return Picture(
        nodes={
            node.id: forward_node_view(node, now, coming=node.id in coming) for node in graph.nodes
        },
        edges={edge.id: forward_edge_view(edge, now) for edge in graph.edges},
        now=now,
        local=local,
    )


def forward_node_view(node: Node, now: str | None, *, coming: bool) -> NodeView:
    """Return the view of a node in the forward pass; a node not yet computed shows no value."""
    return NodeView(node, "coming" if coming else "now" if node.id == now else "idle")


def forward_edge_view(edge: Edge, now: str | None) -> EdgeView:
    """Return the view of an edge in the forward pass."""
    return EdgeView(edge.id, "fed" if edge.target == now else "idle")


def idle_view(node: Node) -> NodeView:
    """Return the view of a node or closed group before any backward step."""
    return GroupView(node) if node.kind == "group" else NodeView(node)


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
