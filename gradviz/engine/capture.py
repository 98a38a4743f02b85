"""PyTorch's graph behind an output as data: walked without recursion, with stable ids.

Ids are numbers in the order of the nodes, from the output back to the leaves; that order
depends on the structure alone, so that equal models get equal ids, in every recording.
"""

import re
from collections import deque
from collections.abc import Mapping
from typing import Any

import torch
from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import get_gradient_edge

from gradviz.core.errors import ModelError
from gradviz.core.graph import Edge, Graph, Node, NodeKind
from gradviz.engine.saved import saved_by
from gradviz.engine.summary import Summaries, dtype_name
from gradviz.engine.tape import Tape

#: A grad_fn, or the AccumulateGrad of a leaf. PyTorch types them by one protocol only.
GradNode = Any

_BACKWARD = re.compile(r"Backward\d*$")


class Walk:
    """The nodes behind one output, each after all nodes that use it; the leaves come last.

    PyTorch makes a node's wrapper anew when nothing holds it, so the walk keeps every node
    alive, and the nodes themselves are the keys.
    """

    def __init__(self, output: torch.Tensor, names: Mapping[str, torch.Tensor]) -> None:
        """Walk back from `output`; leaves are ordered as in `names`, others behind them."""
        if not output.requires_grad:
            raise ModelError(
                "There is nothing to differentiate: no x and no parameter reaches the output.",
                "Use x, or a letter as a parameter.",
            )
        self.root: GradNode = get_gradient_edge(output).node
        operations, leaves = _split(_uses_first(self.root))
        place = {id(tensor): index for index, tensor in enumerate(names.values())}
        leaves.sort(key=lambda leaf: place.get(id(leaf.variable), len(place)))
        self.nodes: list[GradNode] = operations + leaves
        self.leaves: list[GradNode] = leaves
        self.ids: dict[GradNode, str] = {node: f"n{index}" for index, node in enumerate(self.nodes)}
        self.leaf_names = _leaf_names(leaves, names)

    def edge_id(self, node: GradNode, slot: int) -> str:
        """Return the id of the edge that enters `node` at `slot`."""
        return f"{self.ids[node]}.{slot}"


def capture(
    output: torch.Tensor,
    names: Mapping[str, torch.Tensor] | None = None,
    tape: Tape | None = None,
) -> Graph:
    """Return the graph behind `output` (any shape), with the values of this moment.

    Args:
        output: Where backward would start.
        names: The leaves by name, `{"a": a}`; others are called by their order.
        tape: What listened while the model ran, for the values and terms of the operations.

    Raises:
        ModelError: nothing that requires a gradient reaches the output.
    """
    return graph_of(Walk(output, names or {}), tape or Tape(), Summaries())


def graph_of(walk: Walk, tape: Tape, summaries: Summaries) -> Graph:
    """Return the nodes of `walk` as data; `summaries` may be shared with a recording."""
    return Graph(
        nodes=tuple(_node(walk, node, tape, summaries) for node in walk.nodes),
        edges=tuple(edge for node in walk.nodes for edge in _edges(walk, node)),
        output=walk.ids[walk.root],
    )


def forward_name(backward_name: str) -> str:
    """Return `Mul` for `MulBackward0`, `LegendrePolynomial3` for `LegendrePolynomial3Backward`."""
    return _BACKWARD.sub("", backward_name) or backward_name


def is_leaf(node: GradNode) -> bool:
    """Tell whether `node` is the AccumulateGrad of a leaf."""
    return hasattr(node, "variable")


def _uses_first(root: GradNode) -> list[GradNode]:
    """Return all nodes behind `root`, each after all nodes that use it (Kahn's algorithm)."""
    uses: dict[GradNode, int] = {root: 0}
    waiting = [root]
    while waiting:
        for source in _sources(waiting.pop()):
            if source not in uses:
                uses[source] = 0
                waiting.append(source)
            uses[source] += 1
    order: list[GradNode] = []
    ready = deque([root])
    while ready:
        node = ready.popleft()
        order.append(node)
        for source in _sources(node):
            uses[source] -= 1
            if uses[source] == 0:
                ready.append(source)
    return order


def _sources(node: GradNode) -> list[GradNode]:
    return [source for source, _ in node.next_functions if source is not None]


def _split(nodes: list[GradNode]) -> tuple[list[GradNode], list[GradNode]]:
    operations = [node for node in nodes if not is_leaf(node)]
    return operations, [node for node in nodes if is_leaf(node)]


def _leaf_names(leaves: list[GradNode], names: Mapping[str, torch.Tensor]) -> dict[GradNode, str]:
    """Return a name for each leaf: its own, or `leaf 1` and so on."""
    given = {id(tensor): name for name, tensor in names.items()}
    found: dict[GradNode, str] = {}
    for leaf in leaves:
        unnamed = sum(1 for name in found.values() if name.startswith("leaf "))
        found[leaf] = given.get(id(leaf.variable), f"leaf {unnamed + 1}")
    return found


def _node(walk: Walk, node: GradNode, tape: Tape, summaries: Summaries) -> Node:
    if is_leaf(node):
        return _leaf(walk, node, summaries)
    name = node.name().rpartition("::")[2]
    # An edge's metadata is that of the first output; PyTorch calls it the input of backward.
    result = node._input_metadata[0] if node._input_metadata else None
    value = tape.value(node)
    return Node(
        id=walk.ids[node],
        op=forward_name(name),
        name=name,
        kind=_kind(walk, node),
        label=tape.label(node),
        shape=tuple(result.shape) if result else (),
        dtype=dtype_name(result.dtype) if result else "",
        device=str(result.device) if result else "",
        value=None if value is None else summaries.of(value),
        saved=saved_by(node, summaries),
    )


def _kind(walk: Walk, node: GradNode) -> NodeKind:
    if node is walk.root:
        return "output"
    return "function" if isinstance(node, BackwardCFunction) else "operation"


def _leaf(walk: Walk, node: GradNode, summaries: Summaries) -> Node:
    tensor: torch.Tensor = node.variable
    return Node(
        id=walk.ids[node],
        op=walk.leaf_names[node],
        name="AccumulateGrad",
        kind="leaf",
        shape=tuple(tensor.shape),
        dtype=dtype_name(tensor.dtype),
        device=str(tensor.device),
        value=summaries.of(tensor),
    )


def _edges(walk: Walk, node: GradNode) -> list[Edge]:
    return [
        Edge(
            id=walk.edge_id(node, slot),
            source=walk.ids[source],
            target=walk.ids[node],
            slot=slot,
            output=output,
        )
        for slot, (source, output) in enumerate(node.next_functions)
        if source is not None
    ]
