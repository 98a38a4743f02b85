"""Graphs with groups, made by hand: a small transformer, and a cell that is unrolled many times."""

from sample_graphs import large, scalar

from gradviz.core.graphs.graph import Edge, Graph, Node, NodeKind
from gradviz.core.graphs.groups import NO_GROUP, Group
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Step, Trace


class GroupedGraph:
    """Takes groups and nodes in the order of the forward pass, and makes a graph of them."""

    def __init__(self) -> None:
        self._groups: list[Group] = []
        self._nodes: list[tuple[Node, int]] = []
        self._edges: list[Edge] = []

    @property
    def groups(self) -> int:
        """Return the number of groups so far."""
        return len(self._groups)

    def group(self, title: str, around: int = NO_GROUP, **more: object) -> int:
        """Add a group within another one; return its index."""
        path = f"{self._groups[around].path}.{title}" if around != NO_GROUP else title
        settings: dict[str, object] = {"id": path, "path": path, "kind": "module"} | more
        self._groups.append(Group(title=title, parent=around, **settings))  # type: ignore[arg-type]
        return len(self._groups) - 1

    def node(self, op: str, group: int, *sources: str, **more: object) -> str:
        """Add a node to a group, with the nodes that feed it; return its id."""
        key = f"n{len(self._nodes)}"
        kind: NodeKind = "operation"
        settings: dict[str, object] = {
            "name": f"{op}Backward0", "kind": kind, "shape": (2, 16, 32), "dtype": "float32",
            "value": large(float(len(self._nodes) + 1), (2, 16, 32)),
        } | more  # fmt: skip
        self._nodes.append((Node(id=key, op=op, **settings), group))  # type: ignore[arg-type]
        self._edges += [
            Edge(id=f"{key}.{slot}", source=source, target=key, slot=slot)
            for slot, source in enumerate(sources)
        ]
        return key

    def leaf(self, name: str, group: int, shape: tuple[int, ...] = (32,)) -> str:
        """Add a parameter."""
        value = large(0.5 + len(self._nodes), shape)
        return self.node(name, group, name="AccumulateGrad", kind="leaf", shape=shape, value=value)

    def graph(self) -> Graph:
        """Return the graph, from the last node back."""
        nodes = [*reversed(self._nodes)]
        output, group = nodes[0]
        settings = {name: getattr(output, name) for name in output.__struct_fields__}
        nodes[0] = (Node(**settings | {"kind": "output"}), group)
        return Graph(
            nodes=tuple(node for node, _ in nodes),
            edges=tuple(self._edges),
            output=output.id,
            groups=tuple(self._groups),
            group_of=tuple(group for _, group in nodes),
        )


def transformer(layers: int = 3) -> Graph:
    """Return layers `h.0`, `h.1` and so on, each with a norm and attention, and a loss outside."""
    made = GroupedGraph()
    state = made.node("Embedding", made.group("wte", type_name="Embedding"), label="tokens")
    h = made.group("h", type_name="ModuleList")
    for layer in range(layers):
        block = made.group(str(layer), h, type_name="Block")
        norm = made.group("ln_1", block, type_name="LayerNorm")
        path = f"h.{layer}"
        scale = made.leaf(f"{path}.ln_1.weight", norm)
        normed = made.node("NativeLayerNorm", norm, state, scale)
        attn = made.group("attn", block, type_name="Attention")
        weight = made.leaf(f"{path}.attn.c_attn.weight", attn, (32, 96))
        mixed = made.node("Addmm", attn, normed, weight, shape=(32, 96), dtype="float16")
        soft = made.node("Softmax", attn, mixed, shape=(2, 4, 16, 16), label="softmax(q kᵀ)")
        state = made.node("Add", block, state, soft, label="x + attn")
    made.node("NllLoss", NO_GROUP, state, shape=(), value=scalar(2.5))
    return made.graph()


def unrolled_cell(times: int, nodes_each: int = 15) -> Graph:
    """Return so many iterations of a cell, each with as many nodes, and five nodes around them."""
    made = GroupedGraph()
    weights = [
        made.leaf(f"cell.weight_{name}", NO_GROUP, (8, 32)) for name in ("ih", "hh", "b", "o")
    ]
    state = weights[0]
    for time in range(times):
        step = made.group(f"step {time}", id=f"step {time}", path="", kind="iteration")
        cell = made.group("cell", step, id=f"cell:{time}", path="cell", type_name="LSTMCell")
        for place in range(nodes_each):
            op = ("Addmm", "Sigmoid", "Tanh", "Mul", "Add")[place % 5]
            group = cell if place < nodes_each - 1 else step
            state = made.node(op, group, state, weights[place % 4], shape=(1, 8))
    made.node("Sum", NO_GROUP, state, shape=(), value=scalar(1.0))
    return made.graph()


def pass_of(graph: Graph, **gradients: TensorSummary) -> Trace:
    """Return a backward pass in which each node has a gradient, those named another one."""
    steps = []
    sums = {}
    for place, node in enumerate(graph.nodes):
        got = gradients.get(node.id, large(1.0 / (place + 1), node.shape))
        sent = tuple(large(0.5, (2,)) for _ in graph.edges_into[node.id])
        steps.append(Step(node=node.id, grad_outputs=(got,), grad_inputs=sent))
        if node.kind == "leaf":
            sums[node.id] = got
    return Trace(
        steps=tuple(steps),
        leaf_grads=sums,
        forward=tuple(node.id for node in reversed(graph.nodes)),
    )
