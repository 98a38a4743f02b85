"""The graph of an ONNX model: its operators, parameters, inputs and outputs, and their types."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gradviz.core.errors import OwnModelError, words_of
from gradviz.core.graphs.graph import Edge, Graph, Node, NodeKind
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.tensors import TensorSummary, sizes_text
from gradviz.core.language.saying import listed, sentences, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.own.onnx_files.onnx_attributes import attributes_text, constant_of
from gradviz.own.onnx_files.onnx_file import damaged, graphs_within, operators_of
from gradviz.own.onnx_files.onnx_groups import ModuleGroups
from gradviz.own.onnx_files.onnx_tensors import (
    ValueType,
    summary,
    type_of,
    value_type,
    without_values,
)
from gradviz.own.source import FORWARD_ALONE

#: So many outputs of an operator are told with their types.
_MOST_TOLD: Final = 20


def onnx_graph(name: str, model: Any) -> Graph:
    """Return the graph of a model; its large tensors are emptied for it.

    Args:
        name: The name of the file, for errors.
        model: An `onnx.ModelProto`.

    Raises:
        OwnModelError: its parts do not go together.
    """
    builder = _Builder(model)
    try:
        builder.take_parameters()
        builder.infer_types()
        return builder.built()
    except OwnModelError:
        raise
    except Exception as error:
        # A damaged file raises errors of many kinds, wherever its parts do not go together.
        raise damaged(name, words_of(error)) from error


class _Builder:
    """Makes the nodes and edges; each value of the graph is known by its name."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._graph = model.graph
        self._types: dict[str, ValueType] = {}
        self._notes = [tr(FORWARD_ALONE), *_made_by(model)]
        self._summaries: dict[str, TensorSummary] = {}
        #: By the name of a value the id of its node, and which of its outputs it is.
        self._makers: dict[str, tuple[str, int]] = {}
        self._users: dict[str, list[int]] = {}
        self._edges: list[Edge] = []
        self._groups = ModuleGroups()
        self._group_of: dict[str, int] = {}

    def take_parameters(self) -> None:
        """Summarize the parameters, and the constants too, before their values are let go."""
        for tensor in self._graph.initializer:
            self._define(tensor.name, f"parameter.{len(self._summaries)}")
            self._summaries[tensor.name] = summary(tensor)
            self._types[tensor.name] = type_of(tensor)
        for tensor in self._graph.sparse_initializer:
            name = tensor.values.name
            self._define(name, f"parameter.{len(self._summaries)}")
            bare = ValueType(type_of(tensor.values).dtype, tuple(map(int, tensor.dims)))
            self._summaries[name] = TensorSummary(shape=bare.shape, dtype=bare.dtype, device="")
            self._types[name] = bare
        for operator in self._graph.node:
            constant = constant_of(operator)
            if constant is not None and operator.output:
                self._summaries[operator.output[0]] = summary(constant)

    def infer_types(self) -> None:
        """Learn the types that the file tells and those that follow from them."""
        without_values(self._graph.initializer)
        constants = map(constant_of, operators_of(self._model))
        without_values(each for each in constants if each is not None)
        graph = self._inferred()
        for each in (*self._graph.input, *self._graph.output, *graph.value_info, *graph.output):
            self._types.setdefault(each.name, ValueType())
            found = value_type(each.type)
            if found.dtype or found.sizes is not None:
                self._types[each.name] = found

    def _inferred(self) -> Any:
        from onnx.shape_inference import infer_shapes

        try:
            return infer_shapes(self._model, data_prop=True).graph
        except Exception as error:  # noqa: BLE001 - told to the reader: the graph itself is there
            note = tr("The shapes could not be inferred: {reason}.", reason=words_of(error))
            self._notes.append(note)
            return self._graph

    def built(self) -> Graph:
        """Return the whole graph, from the outputs back to the parameters."""
        inputs = [
            self._input(place, each.name)
            for place, each in enumerate(self._graph.input)
            if each.name not in self._summaries
        ]
        operators = [self._operator(place, each) for place, each in enumerate(self._graph.node)]
        outputs = [self._output(place, each) for place, each in enumerate(self._graph.output)]
        if not outputs:
            raise ValueError(tr("it has no output"))
        constants = {each.output[0] for each in self._graph.node if each.output}
        parameters = [
            self._parameter(name, found)
            for name, found in self._summaries.items()
            if name not in constants
        ]
        nodes = (*outputs, *reversed(operators), *inputs, *parameters)
        has_groups = bool(self._groups.groups)
        return Graph(
            nodes=nodes,
            edges=tuple(self._edges),
            output=outputs[0].id,
            note=sentences(self._notes),
            groups=tuple(self._groups.groups),
            group_of=(
                tuple(self._group_of.get(each.id, NO_GROUP) for each in nodes) if has_groups else ()
            ),
        )

    def _input(self, place: int, name: str) -> Node:
        key = f"input.{place}"
        self._define(name, key)
        return self._node(key, name, "input", label=tr("input of the model"), value=name)

    def _parameter(self, name: str, found: TensorSummary) -> Node:
        key, _ = self._makers[name]
        self._group_of[key] = self._groups.of_parameter(name, self._users.get(name, ()))
        return Node(
            id=key,
            op=name,
            name="",
            kind="leaf",
            shape=found.shape,
            dtype=found.dtype,
            value=found,
        )

    def _operator(self, place: int, operator: Any) -> Node:
        key = f"op.{place}"
        if not operator.op_type:
            raise ValueError(tr("operator {number} has no type", number=place))
        group = self._group_of[key] = self._groups.of(operator)
        used = [*operator.input, *dict.fromkeys(_taken_from_outside(operator))]
        for slot, name in enumerate(used):
            if name:
                self._link(name, key, slot, group)
        for output, name in enumerate(operator.output):
            if name:
                self._define(name, key, output)
        made = [each for each in operator.output if each]
        title = operator.name.rpartition("/")[2]
        return self._node(
            key,
            operator.op_type,
            operator.name or _kind_of(operator),
            label=title if title != operator.op_type else "",
            value=made[0] if made else "",
            note=self._note(operator, made),
        )

    def _output(self, place: int, declared: Any) -> Node:
        key = f"output.{place}"
        self._link(declared.name, key, 0, NO_GROUP)
        return self._node(key, declared.name, "output", kind="output", value=declared.name)

    def _node(
        self,
        key: str,
        op: str,
        name: str,
        *,
        value: str,
        kind: NodeKind = "operation",
        label: str = "",
        note: str = "",
    ) -> Node:
        found = self._types.get(value, ValueType())
        return Node(
            id=key,
            op=op,
            name=name,
            kind=kind,
            label=label,
            shape=found.shape,
            sizes="" if found.is_fixed else _unfixed(found),
            dtype=found.dtype,
            value=self._summaries.get(value) if op == "Constant" else None,
            note=note,
        )

    def _note(self, operator: Any, made: list[str]) -> str:
        """Return all that an operator is set to, and its outputs where there are several."""
        parts = [attributes_text(operator)]
        if operator.domain not in ("", "ai.onnx"):
            parts.append(tr("of {domain}", domain=operator.domain))
        if len(made) > 1:
            outputs = listed(map(self._typed, made[:_MOST_TOLD]))
            parts.append(tr("outputs: {outputs}", outputs=outputs))
        return "; ".join(part for part in parts if part)

    def _typed(self, name: str) -> str:
        found = self._types.get(name, ValueType())
        shape = "" if found.sizes is None else sizes_text(found.sizes)
        return " ".join(part for part in (name, found.dtype, shape) if part)

    def _define(self, name: str, key: str, output: int = 0) -> None:
        if name in self._makers:
            raise ValueError(tr("{name} is made twice", name=name))
        self._makers[name] = (key, output)

    def _link(self, name: str, key: str, slot: int, group: int) -> None:
        if name not in self._makers:
            raise ValueError(tr("{name} is used before anything has made it", name=name))
        source, output = self._makers[name]
        self._users.setdefault(name, []).append(group)
        self._edges.append(
            Edge(id=f"{key}.{slot}", source=source, target=key, slot=slot, output=output)
        )


def _unfixed(found: ValueType) -> str:
    return tr("(shape not known)") if found.sizes is None else sizes_text(found.sizes)


def _kind_of(operator: Any) -> str:
    return f"{operator.domain or 'ai.onnx'}.{operator.op_type}"


def _made_by(model: Any) -> Iterator[str]:
    """Yield a sentence on the program that made the file, and the operators that it uses."""
    versions: Mapping[str, int] = {
        each.domain or "ai.onnx": each.version for each in model.opset_import
    }
    sets = listed(f"{domain} {version}" for domain, version in list(versions.items())[:5])
    maker = f"{model.producer_name} {model.producer_version}".strip()
    if maker:
        yield tr("Operators of {sets}, made by {maker}.", sets=sets, maker=maker)
    else:
        yield tr("Operators of {sets}.", sets=sets)
    if model.functions:
        yield tr_n(
            "Of {shown} functions of the file each call is a node.",
            "Of {shown} function of the file each call is a node.",
            len(model.functions),
            shown=counted(len(model.functions)),
        )


def _taken_from_outside(operator: Any) -> Iterator[str]:
    """Yield the values that the graphs of an operator take from the graph around it."""
    for graph in graphs_within(operator):
        yield from _free_names(graph)


def _free_names(graph: Any) -> Iterator[str]:
    own = {each.name for each in (*graph.input, *graph.initializer)}
    own.update(each.values.name for each in graph.sparse_initializer)
    for operator in graph.node:
        for name in (*operator.input, *_taken_from_outside(operator)):
            if name and name not in own:
                yield name
        own.update(operator.output)
    for each in graph.output:
        if each.name not in own:
            yield each.name
