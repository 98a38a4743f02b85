"""The autograd graph as data: nodes, edges in the direction of the forward pass, and outputs."""

from collections.abc import Callable
from functools import cached_property
from typing import Final, Literal, TypeVar, cast

import msgspec

from gradviz.core.graphs.ends import Ends, ends_of
from gradviz.core.graphs.groups import NO_GROUP, Group, Grouping
from gradviz.core.graphs.likeness import likeness_of
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.language.saying import marked, tr

NodeKind = Literal["leaf", "operation", "output", "function", "group"]


class SavedTensor(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A value that a node kept for its backward; `tensor` is None for a plain setting."""

    name: str
    tensor: TensorSummary | None
    setting: str = ""


# The name of a node that is written out, of which PyTorch knows nothing.
BY_HAND: Final = marked("by hand")


class Node(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One `grad_fn` of the graph.

    Attributes:
        id: Stable within a model: equal models give equal ids, in every recording.
        op: The forward operation, `Mul`; for a leaf its own name, `a`.
        name: PyTorch's own name, `MulBackward0` or `AccumulateGrad`.
        kind: A leaf, an operation, the output that backward starts from (an operation too), or
            a custom `torch.autograd.Function`; "group" for a closed group in an outline.
        label: The term that it computes where it is known, `b x`; empty otherwise.
        value: The forward value that the node produced, or the leaf's value.
        saved: The tensors and settings that the node saved for its backward.
        order: 1 for a node of the model's forward pass; 2 for one of its backward pass, where the
            graph is that of the gradient; and so on.
        note: Remarks for a reader of this node, such as on a value that was not recorded.
        sizes: The shape in words where it is no row of numbers, such as `(batch, 8)`; else empty.
    """

    id: str
    op: str
    name: str
    kind: NodeKind
    label: str = ""
    shape: tuple[int, ...] = ()
    dtype: str = ""
    device: str = ""
    value: TensorSummary | None = None
    saved: tuple[SavedTensor, ...] = ()
    order: int = 1
    note: str = ""
    sizes: str = ""

    @property
    def shape_shown(self) -> str:
        """Return the shape as a reader sees it."""
        return self.sizes or shape_text(self.shape)

    @property
    def shown_name(self) -> str:
        """Return the name as a reader sees it: PyTorch's own are the same in each language."""
        return tr(BY_HAND) if self.name == BY_HAND else self.name


class Edge(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """The tensor that flows from `source` into `target` in the forward pass.

    The gradient runs the other way: it is element `slot` of the results of `target`'s backward
    (its `grad_inputs`) and arrives as element `output` of `source`'s `grad_outputs`.
    """

    id: str
    source: str
    target: str
    slot: int
    output: int = 0


#: The word for a hook in notes, in each language that is spoken.
_HOOK: Final = ("hook", "钩子")
Table = TypeVar("Table")
#: Where a graph keeps the one whose tables it shares.
_STRUCTURE: Final = "_structure"


def _of_structure(make: Callable[["Graph"], Table]) -> "cached_property[Table]":
    """Make a table of a graph's structure once for all graphs that differ by their values alone."""

    def table(graph: "Graph") -> Table:
        if graph.structure is graph:
            return make(graph)
        return cast(Table, getattr(graph.structure, make.__name__))

    table.__doc__ = make.__doc__
    return cached_property(table)


class Graph(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The graph behind one output; nodes are ordered from the output back to the leaves.

    `note` is a remark for a reader of the graph; empty for one that autograd built. `order` is
    2 for the graph of a gradient: a leaf's gradient is a Hessian-vector product then. `result` is
    the letter of a function of several inputs, such as f; empty for any other output. `groups` are
    the calls that made the nodes, each after the one around it, and `group_of` has for each node
    the index of the innermost one, NO_GROUP where there is none; both are empty where no call is
    known.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    output: str
    note: str = ""
    order: int = 1
    result: str = ""
    groups: tuple[Group, ...] = ()
    group_of: tuple[int, ...] = ()

    @property
    def structure(self) -> "Graph":
        """Return the graph of the same structure that keeps the tables for both; often itself."""
        return cast(Graph, self.__dict__.get(_STRUCTURE, self))

    def with_values(self, nodes: tuple[Node, ...]) -> "Graph":
        """Return the graph at another moment; `nodes` differ from its own by their values alone."""
        other = msgspec.structs.replace(self, nodes=nodes)
        other.__dict__[_STRUCTURE] = self.structure
        return other

    @_of_structure
    def grouping(self) -> Grouping:
        """Return the groups with their nodes."""
        return Grouping(self.groups, self.group_of or (NO_GROUP,) * len(self.nodes))

    @_of_structure
    def likeness(self) -> tuple[int, ...]:
        """Return for each group a number that groups of equal structure share."""
        operations = ["" if node.kind == "leaf" else node.op for node in self.nodes]
        return likeness_of(self.grouping, operations)

    @_of_structure
    def ends(self) -> Ends:
        """Return the ends of the edges as places in `nodes`."""
        return ends_of([node.id for node in self.nodes], self.edges)

    @_of_structure
    def shared_leaves(self) -> frozenset[str]:
        """Return the leaves in a group that several groups use, such as a weight that is tied."""
        group_of, owner = self.grouping.group_of, [-2] * len(self.nodes)
        found: set[int] = set()
        for source, target in zip(*(each.tolist() for each in self.ends), strict=True):
            if self.nodes[source].kind == "leaf" and group_of[source] != NO_GROUP:
                if owner[source] not in (-2, group_of[target]):
                    found.add(source)
                owner[source] = group_of[target]
        return frozenset(self.nodes[place].id for place in found)

    @_of_structure
    def place(self) -> dict[str, int]:
        """Return the places of the nodes in `nodes` by their id."""
        return {node.id: place for place, node in enumerate(self.nodes)}

    @cached_property
    def node(self) -> dict[str, Node]:
        """Return the nodes by their id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def hooked(self) -> bool:
        """Tell whether a note says that hooks of the user may change gradients on their way."""
        return any(word in node.note for node in self.nodes for word in _HOOK)

    @_of_structure
    def edges_into(self) -> dict[str, tuple[Edge, ...]]:
        """Return for each node id the edges whose target it is, ordered by slot."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            found[edge.target].append(edge)
        return {
            key: tuple(sorted(edges, key=lambda edge: edge.slot)) for key, edges in found.items()
        }

    @_of_structure
    def edges_out_of(self) -> dict[str, tuple[Edge, ...]]:
        """Return for each node id the edges whose source it is."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            found[edge.source].append(edge)
        return {key: tuple(edges) for key, edges in found.items()}
