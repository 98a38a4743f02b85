"""Synthetic grouped graphs of the shapes that real models have, for tests and benchmarks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.groups import NO_GROUP, Group, GroupKind


class GraphMaker:
    """Builds a graph forwards, call by call, as a model would."""

    def __init__(self) -> None:
        self._nodes: list[tuple[Node, int]] = []
        self._edges: list[Edge] = []
        self._groups: list[Group] = []
        self._inside: list[int] = []

    @contextmanager
    def call(self, name: str, type_name: str, kind: GroupKind = "module") -> Iterator[None]:
        """Put all that is made within into a group of its own."""
        parent = self._inside[-1] if self._inside else NO_GROUP
        outer = self._groups[parent].id + "." if self._inside else ""
        number, wanted = 1, outer + name
        taken = {group.id for group in self._groups} if kind == "module" else set()
        while (wanted if number == 1 else f"{wanted}:{number}") in taken:
            number += 1
        self._groups.append(
            Group(
                id=wanted if number == 1 else f"{wanted}:{number}",
                title=name,
                kind=kind,
                parent=parent,
                type_name=type_name,
                path=outer + name if kind == "module" else "",
                call=number,
            )
        )
        self._inside.append(len(self._groups) - 1)
        yield
        self._inside.pop()

    def leaf(self, name: str) -> str:
        """Add a parameter or an input; returns its id."""
        return self._node(name, name, "leaf")

    def op(self, op: str, *inputs: str) -> str:
        """Add an operation on the results of others; returns its id."""
        made = self._node(f"n{len(self._nodes)}", op, "operation")
        for slot, source in enumerate(inputs):
            self._edges.append(
                Edge(id=f"e{len(self._edges)}", source=source, target=made, slot=slot)
            )
        return made

    def graph(self) -> Graph:
        """Return the graph; its last node is the output."""
        nodes = list(reversed(self._nodes))
        return Graph(
            nodes=tuple(node for node, _ in nodes),
            edges=tuple(self._edges),
            output=nodes[0][0].id,
            groups=tuple(self._groups),
            group_of=tuple(group for _, group in nodes),
        )

    def _node(self, name: str, op: str, kind: str) -> str:
        name = name if kind == "operation" else f"{name}~{len(self._nodes)}"
        node = Node(
            id=name,
            op=op,
            name=f"{op}Backward0" if kind == "operation" else "AccumulateGrad",
            kind="leaf" if kind == "leaf" else "operation",
            shape=(2, 16),
        )
        self._nodes.append((node, self._inside[-1] if self._inside else NO_GROUP))
        return name

    def linear(self, name: str, x: str) -> str:
        """Add a linear layer as PyTorch computes it."""
        with self.call(name, "Linear"):
            weight = self.op("T", self.leaf("weight"))
            return self.op("Addmm", self.leaf("bias"), x, weight)

    def norm(self, name: str, x: str) -> str:
        """Add a normalization."""
        with self.call(name, "LayerNorm"):
            return self.op("NativeLayerNorm", x, self.leaf("weight"), self.leaf("bias"))


def gpt2(layers: int = 12) -> Graph:
    """Return a graph like that of GPT-2: residual blocks with attention and MLP, tied weights."""
    make = GraphMaker()
    with make.call("wte", "Embedding"):
        tied = make.leaf("weight")
        tokens = make.op("Embedding", tied)
    with make.call("wpe", "Embedding"):
        places = make.op("Embedding", make.leaf("weight"))
    x = make.op("Add", tokens, places)
    for layer in range(layers):
        with make.call(f"h.{layer}", "GPT2Block"):
            x = _gpt2_block(make, x)
    x = make.norm("ln_f", x)
    with make.call("lm_head", "Linear"):
        x = make.op("UnsafeView", make.op("Mm", make.op("View", x), make.op("T", tied)))
    for op in ("View", "LogSoftmax", "NllLoss"):
        x = make.op(op, x)
    return make.graph()


def _conv1d(make: GraphMaker, name: str, x: str) -> str:
    with make.call(name, "Conv1D"):
        flat = make.op("View", x)
        return make.op("View", make.op("Addmm", make.leaf("bias"), flat, make.leaf("weight")))


def _gpt2_block(make: GraphMaker, x: str) -> str:
    normed = make.norm("ln_1", x)
    with make.call("attn", "GPT2Attention"):
        split = make.op("Split", _conv1d(make, "c_attn", normed))
        heads = [make.op("Transpose", make.op("View", split)) for _ in range(3)]
        scores = make.op("Matmul", heads[0], make.op("Transpose", heads[1]))
        for op in ("Div", "Where", "Softmax", "NativeDropout"):
            scores = make.op(op, scores)
        mixed = make.op("Matmul", scores, heads[2])
        for op in ("Transpose", "Clone", "View"):
            mixed = make.op(op, mixed)
        attention = make.op("NativeDropout", _conv1d(make, "c_proj", mixed))
    x = make.op("Add", attention, x)
    normed = make.norm("ln_2", x)
    with make.call("mlp", "GPT2MLP"):
        wide = _conv1d(make, "c_fc", normed)
        with make.call("act", "NewGELUActivation"):
            inner = make.op("Mul", make.op("Add", wide, make.op("Mul", make.op("Pow", wide))))
            wide = make.op("Mul", make.op("Mul", wide), make.op("Add", make.op("Tanh", inner)))
        out = make.op("NativeDropout", _conv1d(make, "c_proj", wide))
    return make.op("Add", x, out)


def lstm(steps: int = 1000) -> Graph:
    """Return LSTMCell in a loop: 15 nodes a step, and four parameters that all steps share."""
    make = GraphMaker()
    shared: list[str] = []
    h = c = ""
    total = ""
    for step in range(steps):
        with make.call(f"step {step}", "for", "iteration"), make.call("cell", "LSTMCell"):
            shared = shared or [make.leaf(name) for name in ("w_ih", "w_hh", "b_ih", "b_hh")]
            gates = make.op(
                "Add",
                make.op("Addmm", shared[2], make.op("T", shared[0])),
                make.op("Addmm", shared[3], make.op("T", shared[1]), *([h] if h else [])),
            )
            i, f, g, o = (make.op(op, gates) for op in ("Sigmoid", "Sigmoid", "Tanh", "Sigmoid"))
            new = make.op("Mul", i, g)
            c = make.op("Add", make.op("Mul", f, *([c] if c else [])), new)
            h = make.op("Mul", o, make.op("Tanh", c))
    total = make.op("Mean", h)
    del total
    return make.graph()


def unet(levels: int = 4) -> Graph:
    """Return an encoder and a decoder with a skip connection at each level."""
    make = GraphMaker()

    def block(name: str, x: str) -> str:
        with make.call(name, "DoubleConv"):
            for number in range(2):
                with make.call(f"conv{number}", "Conv2d"):
                    x = make.op("Convolution", x, make.leaf("weight"), make.leaf("bias"))
                with make.call(f"bn{number}", "BatchNorm2d"):
                    x = make.op("NativeBatchNorm", x, make.leaf("weight"), make.leaf("bias"))
                with make.call(f"relu{number}", "ReLU"):
                    x = make.op("Relu", x)
        return x

    x, skips = make.leaf("x"), []
    for level in range(levels):
        x = block(f"down.{level}", x)
        skips.append(x)
        with make.call(f"pool.{level}", "MaxPool2d"):
            x = make.op("MaxPool2DWithIndices", x)
    x = block("middle", x)
    for level in reversed(range(levels)):
        with make.call(f"up.{level}", "ConvTranspose2d"):
            x = make.op("Convolution", x, make.leaf("weight"), make.leaf("bias"))
        x = block(f"join.{level}", make.op("Cat", skips[level], x))
    make.op("MseLoss", x)
    return make.graph()


def residual(blocks: int = 500, *, outside: bool = False) -> Graph:
    """Return blocks with residual sums, which the blocks make or, if `outside`, their caller."""
    make = GraphMaker()
    x = make.linear("stem", make.leaf("x"))
    for block in range(blocks):
        with make.call(f"blocks.{block}", "Block"):
            inner = make.op("Relu", make.linear("fc1", x))
            inner = make.linear("fc2", inner)
            made = inner if outside else make.op("Add", x, inner)
        x = make.op("Add", x, made) if outside else made
    make.op("Mean", make.linear("head", x))
    return make.graph()


def dense(layers: int = 24) -> Graph:
    """Return layers that each take the results of all before, as in DenseNet."""
    make = GraphMaker()
    found = [make.linear("stem", make.leaf("x"))]
    with make.call("block", "DenseBlock"):
        for layer in range(layers):
            with make.call(f"layer{layer}", "DenseLayer"):
                found.append(make.op("Relu", make.linear("conv", make.op("Cat", *found))))
    make.op("Mean", make.op("Cat", *found))
    return make.graph()


def beside(count: int = 5000) -> Graph:
    """Return equal children side by side, none of which feeds another."""
    make = GraphMaker()
    x = make.leaf("x")
    with make.call("experts", "ModuleList"):
        found = []
        for number in range(count):
            with make.call(str(number), "Expert"):
                found.append(make.op("Relu", make.op("Mul", x, make.leaf("weight"))))
    make.op("Stack", *found)
    return make.graph()


def single() -> Graph:
    """Return a graph of one node."""
    make = GraphMaker()
    make.op("Sum")
    return make.graph()


MODELS: dict[str, Callable[[], Graph]] = {
    "GPT-2, 12 layers": gpt2,
    "LSTM × 1000": lstm,
    "U-Net": unet,
    "500 residual blocks": residual,
    "DenseNet-like": dense,
    "5,000 equal children": beside,
    "one node": single,
}
