"""Graphs and recorded backward passes made by hand, for tests that need no engine."""

import math

from gradviz.core.graphs.graph import Edge, Graph, Node, NodeKind, SavedTensor
from gradviz.core.graphs.placement import Box, Link
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Contribution, Step, Trace

POINTS = (2000,)


def scalar(value: float) -> TensorSummary:
    """Return the summary of a tensor of one element."""
    return TensorSummary(
        shape=(), dtype="float32", device="cpu", minimum=value, maximum=value, mean=value,
        norm=abs(value), finite=math.isfinite(value), values=(value,),
    )  # fmt: skip


def large(norm: float, shape: tuple[int, ...] = POINTS) -> TensorSummary:
    """Return the summary of a tensor that is too large to carry its values."""
    return TensorSummary(
        shape=shape, dtype="float32", device="cpu", minimum=-1.0, maximum=1.0, mean=0.0, norm=norm
    )


#: id, op, PyTorch's name, kind, label, value; from the loss back to the leaves.
_TUTORIAL: tuple[tuple[str, str, str, NodeKind, str, float], ...] = (
    ("sum", "Sum", "SumBackward0", "output", "loss", 9.046),
    ("pow", "Pow", "PowBackward0", "operation", "(y_pred − y)²", 12.5),
    ("sub", "Sub", "SubBackward0", "operation", "y_pred − y", 3.01),
    ("add3", "Add", "AddBackward0", "operation", "y_pred", 31.2),
    ("add2", "Add", "AddBackward0", "operation", "", 31.2),
    ("muld", "Mul", "MulBackward0", "operation", "d x³", 508.2),
    ("add1", "Add", "AddBackward0", "operation", "", 44.1),
    ("mulc", "Mul", "MulBackward0", "operation", "c x²", 4.2),
    ("d", "d", "AccumulateGrad", "leaf", "", -0.0906),
    ("a", "a", "AccumulateGrad", "leaf", "", 0.0586),
    ("mulb", "Mul", "MulBackward0", "operation", "b x", 68.1),
    ("c", "c", "AccumulateGrad", "leaf", "", -0.0101),
    ("b", "b", "AccumulateGrad", "leaf", "", 0.8372),
)
_TUTORIAL_EDGES = (
    ("pow", "sum"), ("sub", "pow"), ("add3", "sub"), ("add2", "add3"), ("muld", "add3"),
    ("d", "muld"), ("add1", "add2"), ("mulc", "add2"), ("c", "mulc"), ("a", "add1"),
    ("mulb", "add1"), ("b", "mulb"),
)  # fmt: skip
_TUTORIAL_ORDER = (
    "sum", "pow", "sub", "add3", "muld", "d", "add2", "mulc", "c", "add1", "mulb", "b", "a",
)  # fmt: skip


def tutorial_graph() -> Graph:
    """Return the 13 nodes of the loss of a + b x + c x² + d x³ over 2,000 points."""
    nodes = tuple(
        Node(
            id=key,
            op=op,
            name=name,
            kind=kind,
            label=label,
            shape=() if kind in ("leaf", "output") else POINTS,
            dtype="float32",
            device="cpu",
            value=scalar(value) if kind in ("leaf", "output") else large(value),
            saved=(SavedTensor("other", large(508.2)),) if op == "Mul" else (),
        )
        for key, op, name, kind, label, value in _TUTORIAL
    )
    return Graph(nodes=nodes, edges=_edges(_TUTORIAL_EDGES), output="sum")


def tutorial_trace() -> Trace:
    """Return one backward pass over `tutorial_graph`: 13 steps; `d` gets 497937.66."""
    graph = tutorial_graph()
    leaf_grads = {"a": 102.5, "b": -2040.25, "c": 7.5e-5, "d": 497937.65625}
    steps = []
    for key in _TUTORIAL_ORDER:
        incoming = graph.edges_into[key]
        arrived = scalar(1.0) if key == "sum" else large(958.5)
        sent = [
            scalar(leaf_grads[edge.source]) if edge.source in leaf_grads else large(958.5)
            for edge in incoming
        ]
        steps.append(
            Step(
                node=key,
                grad_outputs=(scalar(leaf_grads[key]) if key in leaf_grads else arrived,),
                grad_inputs=tuple(sent),
                contributions=tuple(
                    Contribution(leaf=edge.source, edge=edge.id, gradient=grad, total=grad)
                    for edge, grad in zip(incoming, sent, strict=True)
                    if edge.source in leaf_grads
                ),
            )
        )
    return Trace(
        steps=tuple(steps), leaf_grads={key: scalar(grad) for key, grad in leaf_grads.items()}
    )


def shared_graph() -> Graph:
    """Return y = x² + 4 x, whose leaf x is used twice."""
    return Graph(
        nodes=(
            Node(id="y", op="Add", name="AddBackward0", kind="output", value=scalar(12.0)),
            Node(id="sq", op="Pow", name="PowBackward0", kind="operation", value=scalar(4.0)),
            Node(id="lin", op="Mul", name="MulBackward0", kind="operation", value=scalar(8.0)),
            Node(id="x", op="x", name="AccumulateGrad", kind="leaf", value=scalar(2.0)),
        ),
        edges=_edges((("sq", "y"), ("lin", "y"), ("x", "sq"), ("x", "lin"))),
        output="y",
    )


def shared_trace() -> Trace:
    """Return its backward at x = 2: contributions of 4 and 4 make 8."""
    return Trace(
        steps=(
            Step(node="y", grad_outputs=(scalar(1),), grad_inputs=(scalar(1), scalar(1))),
            Step(
                node="lin",
                grad_outputs=(scalar(1),),
                grad_inputs=(scalar(4),),
                contributions=(
                    Contribution(leaf="x", edge="x>lin", gradient=scalar(4), total=scalar(4)),
                ),
            ),
            Step(
                node="sq",
                grad_outputs=(scalar(1),),
                grad_inputs=(scalar(4),),
                contributions=(
                    Contribution(leaf="x", edge="x>sq", gradient=scalar(4), total=scalar(8)),
                ),
            ),
            Step(node="x", grad_outputs=(scalar(8),), grad_inputs=()),
        ),
        leaf_grads={"x": scalar(8)},
    )


def labelled_graph(label: str) -> Graph:
    """Return two nodes that carry `label` as their texts."""
    return Graph(
        nodes=(
            Node(id="y", op="Mul", name=label, kind="output", label=label),
            Node(id="x", op=label, name="AccumulateGrad", kind="leaf", value=scalar(2.0)),
        ),
        edges=_edges((("x", "y"),)),
        output="y",
    )


def wide_graph(nodes: int) -> Graph:
    """Return a graph of so many nodes in columns beneath one output; a leaf ends each column."""
    columns = min(100, nodes - 1)
    last = nodes - columns
    pairs = [(f"n{i}", "n0" if i <= columns else f"n{i - columns}") for i in range(1, nodes)]

    def made(index: int) -> Node:
        kind: NodeKind = "leaf" if index >= last else "operation" if index else "output"
        name = "AccumulateGrad" if kind == "leaf" else "MulBackward0"
        return Node(
            id=f"n{index}", op="Mul" if kind != "leaf" else f"w{index}", name=name, kind=kind,
            label=f"w{index} x", shape=(), dtype="float32", device="cpu", value=scalar(index / 7),
            saved=(SavedTensor("self", scalar(0.5)), SavedTensor("other", scalar(index / 3))),
        )  # fmt: skip

    return Graph(nodes=tuple(map(made, range(nodes))), edges=_edges(tuple(pairs)), output="n0")


def wide_trace(graph: Graph) -> Trace:
    """Return a backward pass over a `wide_graph`."""
    leaves = [node.id for node in graph.nodes if node.kind == "leaf"]
    steps = tuple(
        Step(
            node=node.id,
            grad_outputs=(scalar(place / 9),),
            grad_inputs=tuple(scalar(place / 8) for _ in graph.edges_into[node.id]),
        )
        for place, node in enumerate(graph.nodes)
    )
    return Trace(
        steps=steps,
        leaf_grads=dict.fromkeys(leaves, scalar(1.5)),
        forward=tuple(node.id for node in reversed(graph.nodes)),
    )


def unrolled(times: int) -> tuple[tuple[Box, ...], tuple[Link, ...]]:
    """Return a recurrent net: 2 weights, each used in every one of `times` cells.

    Graphviz takes more than 30 s from about 60 cells on, unless the weights are split.
    """
    boxes = [Box("w", 100, 40, leaf=True), Box("u", 100, 40, leaf=True)]
    links: list[Link] = []

    def node(*sources: str) -> str:
        boxes.append(Box(f"n{len(boxes)}", 100, 40))
        links.extend(Link(f"e{len(links)}-{source}", source, boxes[-1].id) for source in sources)
        return boxes[-1].id

    state = node()
    for _ in range(times):
        first, second = node(state, "w"), node("u", node())
        gates = node(first, second)
        state = node(node(gates), node(node(gates)))
    return tuple(boxes), tuple(links)


def chain(length: int) -> tuple[tuple[Box, ...], tuple[Link, ...]]:
    """Return `length` boxes, each linked to the next."""
    boxes = tuple(Box(f"n{index}", 100, 40) for index in range(length))
    return boxes, tuple(Link(f"e{i}", f"n{i}", f"n{i + 1}") for i in range(length - 1))


def _edges(pairs: tuple[tuple[str, str], ...]) -> tuple[Edge, ...]:
    slots: dict[str, int] = {}
    edges = []
    for source, target in pairs:
        slot = slots.get(target, 0)
        slots[target] = slot + 1
        edges.append(Edge(id=f"{source}>{target}", source=source, target=target, slot=slot))
    return tuple(edges)
