"""The forward and the backward graph of a compiled function as one graph of two groups."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.groups import Group
from gradviz.core.graphs.shown.first_picture import MOST_BOXES
from gradviz.core.graphs.tensors import sizes_text
from gradviz.core.language.saying import tr
from gradviz.engine.inspection.compiled.inner_groups import InnerGroups, Modules, common, outer
from gradviz.engine.inspection.compiled.sizes import TrueSizes
from gradviz.engine.torch_internals.compiled_graphs import TANGENT, CompiledGraphs, CompiledNode
from gradviz.engine.torch_internals.traced_graphs import TracedGraph, TracedNode

InnerPass = Literal["forward", "backward"]


class Giver(NamedTuple):
    """Where an argument comes from: a parameter or the operation that made it, by its name."""

    name: str = ""
    is_parameter: bool = False


_GROUPS: Final[Mapping[InnerPass, Group]] = {
    "forward": Group(id="forward", title="forward", kind="function", type_name="compiled"),
    "backward": Group(id="backward", title="backward", kind="function", type_name="compiled"),
}


def inner_graph(
    graphs: CompiledGraphs,
    node: CompiledNode,
    sources: Mapping[int, Giver],
    note: str = "",
) -> Graph | None:
    """Return both graphs as one; None where neither was kept.

    Args:
        graphs: The traced graphs.
        node: What the node of the compiled function tells.
        sources: Where the tensors that the function takes come from, by their places among them.
        note: A remark for a reader of the graph.
    """
    parts = [_InnerPart(each, graph) for each, graph in _kept(graphs)]
    if not parts:
        return None
    sizes = _sizes(graphs, node)
    names = _names(graphs, node, sources)
    for part in parts:
        part.build(sizes, names, node)
    nodes, edges = _joined(parts)
    groups = InnerGroups(with_modules=len(nodes) > MOST_BOXES)
    for part in parts:
        groups.add(_GROUPS[part.name], part.modules())
    return Graph(
        nodes=nodes,
        edges=tuple(each for each in edges if each.source in groups.of),
        output=nodes[0].id,
        note=note,
        groups=tuple(groups.groups),
        group_of=tuple(groups.of[each.id] for each in nodes),
    )


def _kept(graphs: CompiledGraphs) -> Iterator[tuple[InnerPass, TracedGraph]]:
    if graphs.forward is not None:
        yield "forward", graphs.forward
    if graphs.backward is not None:
        yield "backward", graphs.backward


def _sizes(graphs: CompiledGraphs, node: CompiledNode) -> TrueSizes:
    """Return the sizes of this pass, by the true shapes of all that the node tells."""
    sizes = TrueSizes()
    if graphs.forward is not None:
        by_name = {each.name: each for each in graphs.forward.nodes}
        for name, shape in zip(graphs.forward.outputs, node.results, strict=False):
            if name is not None:
                sizes.learn_shape(by_name[name].shape, shape)
    if graphs.backward is not None:
        arguments = graphs.backward.arguments
        for argument, size in zip(arguments, node.sizes, strict=False):
            sizes.learn(argument.symbol, size)
        for argument, shape in zip(arguments[len(node.sizes) :], node.saved, strict=False):
            sizes.learn_shape(argument.shape, shape)
    return sizes


def _names(
    graphs: CompiledGraphs, node: CompiledNode, sources: Mapping[int, Giver]
) -> Sequence[tuple[str, Giver]]:
    """Return for each argument of the forward pass AOTAutograd's name, and its source."""
    if graphs.forward is None:
        count = len(graphs.backward.outputs) if graphs.backward is not None else 0
        names = [f"primals_{place}" for place in range(1, count + 1)]
        tensors = list(range(count))
    else:
        arguments = graphs.forward.arguments
        names = [each.name for each in arguments]
        tensors = [place for place, each in enumerate(arguments) if not each.symbol]
    found = [Giver()] * len(names)
    if len(tensors) == node.tensors:
        for place, argument in enumerate(tensors):
            found[argument] = sources.get(place, Giver())
    return list(zip(names, found, strict=True))


def _joined(parts: "Sequence[_InnerPart]") -> tuple[tuple[Node, ...], list[Edge]]:
    """Return the nodes of both, from the last output back to the arguments, and the edges."""
    nodes = [each for part in reversed(parts) for each in reversed(part.nodes)]
    inner = [each for each in nodes if each.kind != "leaf"]
    leaves = [each for each in nodes if each.kind == "leaf"]
    return (*inner, *leaves), [edge for part in parts for edge in part.edges]


class _InnerPart:
    """The nodes and edges of one of the two graphs, in the order of its operations."""

    def __init__(self, name: InnerPass, graph: TracedGraph) -> None:
        self.name = name
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self._graph = graph
        self._inputs: dict[str, int] = {}
        #: The nodes of parameters, of saved values and of gradients of parameters.
        self._owned: set[str] = set()

    def build(
        self, sizes: TrueSizes, names: Sequence[tuple[str, Giver]], node: CompiledNode
    ) -> None:
        """Make the nodes and edges."""
        sources = dict(names)
        for each in self._graph.nodes:
            saved = self._is_saved(each)
            source = sources.get(each.name, Giver())
            self.nodes.append(self._value(each, sizes, source, saved=saved))
            if saved or source.is_parameter:
                self._owned.add(self._id(each.name))
            if saved and each.name not in sources:
                self._link(f"forward.{each.name}", self._id(each.name))
            for used in each.inputs:
                self._link(self._id(used), self._id(each.name))
        by_name = {each.name: each for each in self._graph.nodes}
        results = self._results(names, len(node.results))
        for place, (title, name, is_owned) in enumerate(results):
            self._give(place, title, by_name[name], sizes)
            if is_owned:
                self._owned.add(self.nodes[-1].id)

    def modules(self) -> dict[str, Modules]:
        """Return for each node the modules that it is shown in, by its id.

        What has none of its own is with its module: a parameter or a saved value with all that
        use it, the gradient of a parameter with the operation that gives it, and a sum of
        gradients around the module that gave the last of them.
        """
        found: dict[str, Modules] = {}
        sources: dict[str, str] = {}
        users: dict[str, list[Modules]] = {}
        place = {each.name: number for number, each in enumerate(self._graph.nodes)}
        for each in self._graph.nodes:
            own = each.modules
            if not own and each.inputs and self.name == "backward":
                newest = max(each.inputs, key=lambda name: place[name])
                own = outer(found[self._id(newest)])
            found[self._id(each.name)] = own
        for edge in self.edges:
            sources[edge.target] = edge.source
            users.setdefault(edge.source, []).append(found.get(edge.target, ()))
        for node in self.nodes:
            is_owned = node.id in self._owned
            if node.kind == "output":
                found[node.id] = found[sources[node.id]] if is_owned else ()
            elif is_owned and not found[node.id]:
                found[node.id] = common(users.get(node.id, ()))
        return found

    def _id(self, name: str) -> str:
        return f"{self.name}.{name}"

    def _is_saved(self, value: TracedNode) -> bool:
        """Tell whether it is a value of the forward pass that the backward pass was given."""
        is_argument = self.name == "backward" and value.kind == "argument"
        return is_argument and not value.name.startswith(TANGENT)

    def _value(self, value: TracedNode, sizes: TrueSizes, source: Giver, *, saved: bool) -> Node:
        shape = sizes.shape(value.shape)
        is_parameter = source.is_parameter and not saved
        return Node(
            id=self._id(value.name),
            op=value.op if value.kind == "operation" else value.name,
            name="" if is_parameter else _name(value, saved=saved),
            kind="leaf" if is_parameter else "operation",
            label=_with_sizes(_label(value, source.name, saved=saved), value, sizes),
            shape=shape or (),
            dtype=value.dtype,
            device=value.device,
        )

    def _results(
        self, names: Sequence[tuple[str, Giver]], results: int
    ) -> Iterator[tuple[str, str, bool]]:
        """Yield for each result that leaves the function a title and the name of its value.

        The third is whether it is the gradient of a parameter.
        """
        outputs = self._graph.outputs
        if self.name == "forward":
            # Behind the results are those values that the backward pass is given.
            given = [each for each in outputs[:results] if each is not None]
            for place, each in enumerate(given):
                yield ("output" if len(given) == 1 else f"output {place}"), each, False
            return
        for (name, source), value in zip(names, outputs, strict=False):
            if value is not None:
                yield f"gradient of {source.name or name}", value, source.is_parameter

    def _give(self, place: int, title: str, value: TracedNode, sizes: TrueSizes) -> None:
        shape = sizes.shape(value.shape)
        node = Node(
            id=self._id(f"result.{place}"),
            op=title,
            name="returned",
            kind="output",
            label=_with_sizes(value.name, value, sizes),
            shape=shape or (),
            dtype=value.dtype,
            device=value.device,
        )
        self.nodes.append(node)
        self._link(self._id(value.name), node.id)

    def _link(self, source: str, target: str) -> None:
        slot = self._inputs[target] = self._inputs.get(target, -1) + 1
        self.edges.append(Edge(id=f"{target}.{slot}", source=source, target=target, slot=slot))


def _name(value: TracedNode, *, saved: bool) -> str:
    """Return the whole name of an operation, or in one word how else the value came to be."""
    if value.kind == "argument":
        return "saved" if saved else "argument"
    return value.target if value.kind == "operation" else value.kind


def _label(value: TracedNode, source: str, *, saved: bool) -> str:
    """Return where an argument comes from, or the name of another value."""
    if value.kind != "argument":
        # The name tells nothing where it is that of the operation.
        return "" if value.name == value.op or value.kind == "constant" else value.name
    if value.name.startswith(TANGENT):
        return tr("gradient that arrives")
    return source or (tr("saved in the forward pass") if saved else tr("input of the function"))


def _with_sizes(label: str, value: TracedNode, sizes: TrueSizes) -> str:
    """Return a label with those sizes that may change; of a size its formula and number."""
    if value.symbol:
        number = sizes.number(value.symbol)
        return value.symbol if number is None else f"{value.symbol} = {number}"
    if any(isinstance(size, str) for size in value.shape or ()):
        return f"{label} {sizes_text(value.shape or ())}".strip()
    if value.shape is None:
        return tr("{label} (shape not kept)", label=label).strip()
    return label
