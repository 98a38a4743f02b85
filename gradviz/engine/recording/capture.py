"""PyTorch's graph behind an output as data: walked without recursion, with stable ids.

Ids are numbers in the order of the nodes, from the output back to the leaves; that order
depends on the structure alone, so that equal models get equal ids, in every recording.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

import torch
from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import get_gradient_edge

from gradviz.core.errors import ModelError
from gradviz.core.graphs.graph import Edge, Graph, Node, NodeKind
from gradviz.core.language.saying import tr
from gradviz.engine.interruption import end_if_unwanted
from gradviz.engine.recording import node_limit
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.node_notes import notes
from gradviz.engine.recording.saved_tensors import Saved, kept_by, listed
from gradviz.engine.scopes.grouping import Grouped, grouped
from gradviz.engine.tensors.summary import Summaries, device_name, dtype_name
from gradviz.engine.torch_internals.compiled_graphs import compiled_node, is_compiled
from gradviz.engine.torch_internals.grad_nodes import Feeds, feeds_of, results_of

#: A grad_fn, or the AccumulateGrad of a leaf. PyTorch types them by one protocol only.
GradNode = Any

#: The sources of each node by its slots, with which of their results it is.
_Feeds = dict[GradNode, Feeds]

_BACKWARD = re.compile(r"Backward(AutogradNestedTensor)?\d*$")
_NOTHING: Mapping[GradNode, torch.Tensor | None] = MappingProxyType({})


class Walk:
    """The nodes behind one output or several, each after all that use it; the leaves come last.

    PyTorch makes a node's wrapper anew when nothing holds it, so the walk keeps every node
    alive, and the nodes themselves are the keys.
    """

    def __init__(
        self, output: torch.Tensor | Sequence[torch.Tensor], names: Mapping[str, torch.Tensor]
    ) -> None:
        """Walk back from `output`; leaves are ordered as in `names`, others behind them."""
        outputs = (output,) if isinstance(output, torch.Tensor) else tuple(output)
        if not outputs or not all(each.requires_grad for each in outputs):
            raise ModelError(
                tr("There is nothing to differentiate: no x and no parameter reaches the output."),
                tr("Use x, or a letter as a parameter."),
            )
        #: The nodes that the backward pass starts from; of several the one used by no other is
        #: the root.
        self.roots: dict[GradNode, None] = dict.fromkeys(
            each.grad_fn or get_gradient_edge(each).node for each in outputs
        )
        #: The sources of each node, by its slots; PyTorch makes this anew whenever it is asked.
        self.feeds: _Feeds = {}
        self.operations, found = _split(_uses_first(self.roots, self.feeds), self.feeds)
        self.leaf_names = _leaf_names(found, names)
        self.leaves: list[GradNode] = list(self.leaf_names)
        self.nodes: list[GradNode] = self.operations + self.leaves
        self.root: GradNode = next(node for node in self.nodes if node in self.roots)
        self.ids: dict[GradNode, str] = {node: f"n{index}" for index, node in enumerate(self.nodes)}


class Forward:
    """The values and saved tensors of the nodes of a walk after its forward pass, as they are now.

    Attributes:
        values: The first result of each node, and each leaf's value, where it is known.
        saved: The saved tensors of each node; PyTorch releases them with the backward.
        labels: The term that each node computes, where it is known.
        notes: Remarks for a reader of a node.
        groups: The calls in which the nodes were made, and for each node the index of its own.
        compiled: The nodes of compiled functions, by their ids.
    """

    def __init__(self, walk: Walk, recorder: ForwardRecorder) -> None:
        self._walk = walk
        self.values: dict[GradNode, torch.Tensor] = {}
        self.saved: dict[GradNode, tuple[Saved, ...]] = {}
        self.labels: dict[GradNode, str] = {}
        for node in walk.operations:
            value, self.labels[node] = recorder.told(node)
            if value is not None:
                self.values[node] = value
            self.saved[node] = kept_by(node)
        for leaf in walk.leaves:
            self.values[leaf] = leaf.variable
        self.notes = notes(walk.nodes, walk.leaf_names, self.values, recorder)
        self.groups, self.group_of = _grouped(walk, recorder)
        self.compiled = {
            walk.ids[node]: compiled_node(node) for node in walk.operations if is_compiled(node)
        }

    def leaves(self) -> list[torch.Tensor]:
        """Return the leaves themselves."""
        return [self.values[leaf] for leaf in self._walk.leaves]

    def tensors(self) -> list[torch.Tensor | None]:
        """Return every value, and every tensor that was saved; None in place of a setting."""
        return [*self.values.values(), *(e.tensor for saved in self.saved.values() for e in saved)]

    def values_by_id(self) -> dict[str, torch.Tensor]:
        """Return the values by the ids of the nodes."""
        ids = self._walk.ids
        return {ids[node]: value for node, value in self.values.items()}

    def saved_by_id(self) -> dict[str, dict[str, torch.Tensor]]:
        """Return the saved tensors by PyTorch's names, by the ids of the nodes that have any."""
        ids = self._walk.ids
        found: dict[str, dict[str, torch.Tensor]] = {}
        for node, saved in self.saved.items():
            if saved and (
                kept := {name: tensor for name, tensor, _ in saved if tensor is not None}
            ):
                found[ids[node]] = kept
        return found


def _grouped(walk: Walk, recorder: ForwardRecorder) -> Grouped:
    if not recorder.calls:
        return Grouped()
    group = grouped if recorder.group_memory is None else recorder.group_memory.groups
    return group(walk.operations, walk.leaves, walk.feeds, recorder.scopes, recorder.heard_nodes)


def graph_of(
    walk: Walk,
    forward: Forward,
    summaries: Summaries,
    arrived: Mapping[GradNode, torch.Tensor | None] = _NOTHING,
) -> Graph:
    """Return the nodes of `walk` as data; `summaries` may be shared with a recording.

    `arrived` has the gradient of each node's first result, which is of the same shape and type.
    """
    return Graph(
        nodes=(
            *[_node(walk, node, forward, summaries, arrived) for node in walk.operations],
            *[_leaf(walk, leaf, forward, summaries) for leaf in walk.leaves],
        ),
        edges=_edges(walk),
        output=walk.ids[walk.root],
        groups=forward.groups,
        group_of=forward.group_of,
    )


@cache
def _names(told: str) -> tuple[str, str]:
    """Return the names of an operation, forward and backward, by PyTorch's own of its node."""
    name = told.rpartition("::")[2]
    return forward_name(name), name


@cache
def forward_name(backward_name: str) -> str:
    """Return `Mul` for `MulBackward0`, `LegendrePolynomial3` for `LegendrePolynomial3Backward`."""
    return _BACKWARD.sub("", backward_name) or backward_name


def edge_id(target: str, slot: int) -> str:
    """Return the id of the edge that enters the node with the id `target` at `slot`."""
    return f"{target}.{slot}"


def is_leaf(node: GradNode) -> bool:
    """Tell whether `node` is the AccumulateGrad of a leaf."""
    return hasattr(node, "variable")


def _uses_first(roots: Collection[GradNode], feeds: _Feeds) -> list[GradNode]:
    """Return all nodes behind `roots`, each after all nodes that use it (Kahn's algorithm).

    The sources of each of them are put into `feeds`.

    Raises:
        ModelError: there are more than are recorded.
    """
    uses: dict[GradNode, int] = dict.fromkeys(roots, 0)
    waiting = list(roots)
    for node in waiting:
        end_if_unwanted()
        found = feeds[node] = feeds_of(node)
        for source, _ in found:
            if source in uses:
                uses[source] += 1
            elif source is not None:
                uses[source] = 1
                waiting.append(source)
        if len(waiting) > node_limit.MOST_NODES:
            raise node_limit.too_many_nodes(waiting[0])
    order = [root for root in roots if not uses[root]]
    for node in order:
        for source, _ in feeds[node]:
            if source is not None:
                uses[source] -= 1
                if not uses[source]:
                    order.append(source)
    return order


def _split(nodes: list[GradNode], feeds: _Feeds) -> tuple[list[GradNode], list[GradNode]]:
    # A node that nothing feeds is nearly always a leaf, and to ask a node takes a while.
    leaves = [node for node in nodes if not feeds[node] and is_leaf(node)]
    known = set(leaves)
    return [node for node in nodes if node not in known], leaves


def _leaf_names(leaves: list[GradNode], names: Mapping[str, torch.Tensor]) -> dict[GradNode, str]:
    """Return a name for each leaf: its own, or `leaf 1` and so on; in the order of `names`."""
    by_tensor = {id(leaf.variable): leaf for leaf in leaves}
    named = [(name, by_tensor.pop(id(tensor), None)) for name, tensor in names.items()]
    found = {leaf: name for name, leaf in named if leaf is not None}
    others = (leaf for leaf in leaves if leaf not in found)
    return found | {leaf: f"leaf {index}" for index, leaf in enumerate(others, start=1)}


def _node(
    walk: Walk,
    node: GradNode,
    forward: Forward,
    summaries: Summaries,
    arrived: Mapping[GradNode, torch.Tensor | None],
) -> Node:
    op, name = _names(node.name())
    value = forward.values.get(node)
    summary = None if value is None else summaries.of(value)
    told = summary
    if told is None and (gradient := arrived.get(node)) is not None:
        told = summaries.of(gradient)
    if told is None:
        shape, dtype, device = _described(node)
    else:
        shape, dtype, device = told.shape, told.dtype, told.device
    return Node(
        id=walk.ids[node],
        op=op,
        name=name,
        kind=_kind(walk, node),
        label=forward.labels[node],
        shape=shape,
        dtype=dtype,
        device=device,
        value=summary,
        saved=listed(saved, summaries) if (saved := forward.saved[node]) else (),
        note=forward.notes.get(node, ""),
    )


def _described(node: GradNode) -> tuple[tuple[int, ...], str, str]:
    """Return shape, dtype and device of a node's result, where its value is not known.

    Of several results it is the first; where PyTorch does not tell them, () and empty texts.
    """
    results = results_of(node)
    if not results:
        return (), "", ""
    result = results[0]
    # The sizes of a nested tensor are no numbers, or cannot be read.
    shape = () if result.is_nested_tensor else tuple(result.shape)
    return shape, dtype_name(result.dtype), device_name(result.device)


def _kind(walk: Walk, node: GradNode) -> NodeKind:
    if node in walk.roots:
        return "output"
    return "function" if isinstance(node, BackwardCFunction) else "operation"


def _leaf(walk: Walk, node: GradNode, forward: Forward, summaries: Summaries) -> Node:
    tensor = forward.values[node]
    return Node(
        id=walk.ids[node],
        op=walk.leaf_names[node],
        name="AccumulateGrad",
        kind="leaf",
        shape=() if tensor.is_nested else tuple(tensor.shape),
        dtype=dtype_name(tensor.dtype),
        device=device_name(tensor.device),
        value=summaries.of(tensor),
        note=forward.notes.get(node, ""),
    )


def _edges(walk: Walk) -> tuple[Edge, ...]:
    ids, feeds = walk.ids, walk.feeds
    return tuple(
        [
            Edge(
                id=edge_id(target, slot),
                source=ids[source],
                target=target,
                slot=slot,
                output=output,
            )
            for node, target in ids.items()
            for slot, (source, output) in enumerate(feeds[node])
            if source is not None
        ]
    )
