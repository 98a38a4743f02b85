"""An ONNX file as a graph: its operators, types, parameters and modules."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from onnx_models import model_of, residual, saved
from torch import nn

from gradviz.core.graphs.graph import Graph, Node
from gradviz.own.onnx_files.graph_reading import graph_of_onnx
from gradviz.own.onnx_files.onnx_file import read_onnx
from gradviz.own.onnx_files.onnx_graph import onnx_graph


def graph_of(model: Any, folder: Path) -> Graph:
    path = saved(model, folder / "net.onnx")
    return onnx_graph(path.name, read_onnx(path))


def node(graph: Graph, op: str) -> Node:
    (found,) = (each for each in graph.nodes if each.op == op)
    return found


def group_of(graph: Graph, found: Node) -> str:
    place = graph.group_of[graph.place[found.id]]
    return graph.groups[place].id if place >= 0 else ""


def test_that_operators_have_name_type_and_shape_with_named_sizes(tmp_path: Path) -> None:
    graph = graph_of(residual(), tmp_path)
    assert graph.nodes[0].kind == "output"
    softmax = node(graph, "Softmax")
    assert (softmax.name, softmax.dtype, softmax.sizes) == ("/Softmax", "float32", "(batch, 4)")
    assert softmax.note == "axis = -1"
    assert [each.op for each in graph.nodes if each.kind == "operation"][-1] == "x"
    assert "made by tests" in graph.note
    assert "has a forward graph alone" in graph.note
    assert {each.label for each in graph.nodes if each.op == "Relu"} == {"Relu_1"}


def test_that_edges_are_those_of_the_file(tmp_path: Path) -> None:
    model = residual()
    graph = graph_of(model, tmp_path)
    maker = {name: each.name for each in model.graph.node for name in each.output}
    expected = {
        (maker.get(name, name), each.name, slot)
        for each in model.graph.node
        for slot, name in enumerate(each.input)
    }
    named = {each.id: each.name if each.id.startswith("op.") else each.op for each in graph.nodes}
    found = {
        (named[each.source], named[each.target], each.slot)
        for each in graph.edges
        if not each.target.startswith("output")
    }
    assert found == expected


def test_that_a_parameter_is_summarized_and_a_large_one_is_not(tmp_path: Path) -> None:
    rows = np.random.default_rng(0).normal(size=(3, 5)).astype(np.float32)
    large = np.ones((1001, 1000), np.float32)
    model = model_of(
        [helper.make_node("Gemm", ["x", "w"], ["h"]), helper.make_node("Mul", ["v", "v"], ["y"])],
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2, 3])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1001, 1000])],
        [numpy_helper.from_array(rows, "w"), numpy_helper.from_array(large, "v")],
    )
    graph = graph_of(model, tmp_path)
    small, other = node(graph, "w").value, node(graph, "v").value
    assert small is not None
    assert other is not None
    assert small.norm == pytest.approx(float(np.linalg.norm(rows)))
    assert small.minimum == float(rows.min())
    assert small.values == tuple(rows.ravel().tolist())
    assert (other.shape, other.norm) == ((1001, 1000), None)
    assert node(graph, "Gemm").shape == (2, 5)


def test_that_modules_are_groups_by_the_paths_in_names(tmp_path: Path) -> None:
    graph = graph_of(residual(2), tmp_path)
    assert [each.id for each in graph.groups] == [
        "layers",
        "layers.0",
        "layers.0.attn",
        "layers.1",
        "layers.1.attn",
    ]
    parents = [graph.groups[each.parent].id for each in graph.groups if each.parent >= 0]
    assert parents == ["layers", "layers.0", "layers", "layers.1"]
    assert group_of(graph, node(graph, "layers.1.attn.weight")) == "layers.1.attn"
    assert group_of(graph, node(graph, "Softmax")) == ""


def test_that_modules_are_groups_by_the_metadata_of_newer_exporters(tmp_path: Path) -> None:
    model = residual(1)
    for each in model.graph.node:
        each.name = f"node_{each.op_type}"
        for key, value in (
            ("name_scopes", "['', 'h.0', 'h.0.attn', 'matmul']"),
            ("class_hierarchy", "['net.Net', 'net.Block', 'torch.nn.Linear', 'aten.matmul']"),
        ):
            entry = each.metadata_props.add()
            entry.key, entry.value = f"pkg.torch.onnx.{key}", value
    graph = graph_of(model, tmp_path)
    assert [(each.id, each.title, each.type_name) for each in graph.groups] == [
        ("h.0", "h.0", "Block"),
        ("h.0.attn", "attn", "Linear"),
    ]


@pytest.mark.parametrize("text", ["[1, 2]", "[" * 3000, "__import__('os')", "['a'", "{}", "[b'']"])
def test_that_metadata_of_another_form_makes_no_groups(tmp_path: Path, text: str) -> None:
    model = residual(1)
    entry = model.graph.node[0].metadata_props.add()
    entry.key, entry.value = "pkg.torch.onnx.name_scopes", text
    graph = graph_of(model, tmp_path)
    assert [each.id for each in graph.groups][:1] == ["layers"]


def test_that_a_branch_takes_values_from_around_it(tmp_path: Path) -> None:
    value = helper.make_tensor_value_info
    outer = [
        value("c", TensorProto.BOOL, []),
        value("a", TensorProto.FLOAT, [2]),
        value("b", TensorProto.FLOAT, [2]),
    ]
    result = [value("r", TensorProto.FLOAT, [2])]
    then = helper.make_graph([helper.make_node("Relu", ["a"], ["r"])], "then", [], result)
    other = helper.make_graph([helper.make_node("Neg", ["b"], ["r"])], "else", [], result)
    model = model_of(
        [helper.make_node("If", ["c"], ["y"], then_branch=then, else_branch=other)],
        outer,
        [value("y", TensorProto.FLOAT, [2])],
    )
    graph = graph_of(model, tmp_path)
    branch = node(graph, "If")
    assert {graph.node[each.source].op for each in graph.edges_into[branch.id]} == {"a", "b", "c"}
    assert "a graph of 1 operator" in branch.note


def test_that_an_operator_nobody_knows_is_shown_without_a_shape(tmp_path: Path) -> None:
    model = residual(1)
    model.graph.node[-1].op_type = "Surprise"
    model.graph.node[-1].domain = "com.example"
    model.opset_import.append(helper.make_opsetid("com.example", 1))
    found = node(graph_of(model, tmp_path), "Surprise")
    assert found.sizes == "(shape not known)"
    assert "of com.example" in found.note


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(4, 4) for _ in range(2))
        self.head = nn.Linear(4, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = torch.relu(layer(x))
        out: torch.Tensor = self.head(x)
        return out


def test_that_a_file_of_pytorch_has_its_shapes_modules_and_weights(tmp_path: Path) -> None:
    path, net = tmp_path / "net.onnx", Net()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(net, (torch.ones(2, 4),), path, dynamo=False)
    graph = graph_of_onnx(str(path))
    shapes = [each.shape for each in graph.nodes if each.op == "Gemm"]
    assert shapes == [(2, 3), (2, 4), (2, 4)]
    assert {each.path for each in graph.groups} >= {"layers.0", "layers.1", "head"}
    weights = {each.op: each.value for each in graph.nodes if each.kind == "leaf"}
    for name, parameter in net.named_parameters():
        value = weights[name]
        assert value is not None
        assert value.norm == pytest.approx(float(parameter.detach().double().norm()))


def test_that_the_process_gives_the_same_graph(tmp_path: Path) -> None:
    path = saved(residual(), tmp_path / "net.onnx")
    assert graph_of_onnx(str(path)) == onnx_graph(path.name, read_onnx(path))


def test_that_the_file_is_as_it_was(tmp_path: Path) -> None:
    path = saved(residual(), tmp_path / "net.onnx")
    before = path.read_bytes()
    graph_of_onnx(str(path))
    assert path.read_bytes() == before
