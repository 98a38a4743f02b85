"""PyTorch's graph as data: structure, names, ids, values and saved tensors."""

import gc

import pytest
import torch
from captured_graphs import captured

from gradviz.core.errors import ModelError
from gradviz.core.graphs.graph import Graph
from gradviz.engine.data.torch_functions import legendre_p3
from gradviz.engine.recording import node_limit
from gradviz.engine.recording.capture import Walk, forward_name
from gradviz.engine.recording.forward_recorder import ForwardRecorder


def _scalar(value: float) -> torch.Tensor:
    return torch.tensor(value, requires_grad=True)


def _polynomial(x: torch.Tensor) -> torch.Tensor:
    return 5 * x**3 + 2 * x**2 + 4 * x + 8


def test_that_the_polynomial_has_its_nine_nodes_and_ten_edges() -> None:
    x = _scalar(2.0)
    graph = captured(_polynomial(x), {"x": x})
    assert [node.op for node in graph.nodes] == [
        *("Add", "Add", "Add", "Mul", "Mul", "Mul", "Pow", "Pow", "x"),
    ]
    assert len(graph.edges) == 10
    assert graph.nodes[-1].name == "AccumulateGrad"


def test_that_every_edge_is_one_that_pytorch_has() -> None:
    x = _scalar(2.0)
    output = _polynomial(x)
    graph = captured(output, {"x": x})
    assert output.grad_fn is not None
    expected = [
        node.name().rpartition("::")[2] for node, _ in output.grad_fn.next_functions if node
    ]
    found = [graph.node[edge.source].name for edge in graph.edges_into[graph.output]]
    assert found == expected


def test_that_nodes_come_after_all_that_use_them_and_leaves_last() -> None:
    x = _scalar(2.0)
    shared = torch.sin(x)
    graph = captured(x * shared + torch.cos(torch.cos(shared)) + x, {"x": x})
    place = {node.id: index for index, node in enumerate(graph.nodes)}
    assert all(place[edge.target] < place[edge.source] for edge in graph.edges)
    assert graph.nodes[0].kind == "output"
    assert graph.nodes[-1].kind == "leaf"


def test_that_equal_models_get_equal_ids() -> None:
    def graph() -> Graph:
        a, b = _scalar(1.0), _scalar(2.0)
        return captured((a * b + torch.sin(a)) * b, {"a": a, "b": b})

    first = graph()
    gc.collect()
    second = graph()
    assert [(n.id, n.op) for n in first.nodes] == [(n.id, n.op) for n in second.nodes]
    assert first.edges == second.edges


def test_that_ids_are_unique_when_wrappers_of_nodes_are_made_anew() -> None:
    x = _scalar(0.1)
    y = x
    for _ in range(200):
        y = torch.sin(y)
    gc.collect()
    graph = captured(y, {"x": x})
    assert len({node.id for node in graph.nodes}) == len(graph.nodes) == 201


def test_that_a_chain_of_five_thousand_operations_is_walked() -> None:
    x = _scalar(0.0)
    y = x
    for _ in range(5000):
        y = y + 1
    assert len(captured(y, {"x": x}).nodes) == 5001


def test_that_a_shared_operation_is_one_node_with_two_edges() -> None:
    x = _scalar(3.0)
    square = x * x
    graph = captured(square + square, {"x": x})
    assert [node.op for node in graph.nodes] == ["Add", "Mul", "x"]
    assert [(edge.target, edge.slot) for edge in graph.edges] == [
        ("n0", 0), ("n0", 1), ("n1", 0), ("n1", 1),
    ]  # fmt: skip


def test_that_leaves_are_in_the_order_of_their_names() -> None:
    a, b, c = _scalar(1.0), _scalar(2.0), _scalar(3.0)
    graph = captured(c * a + b, {"a": a, "b": b, "c": c})
    assert [node.op for node in graph.nodes[-3:]] == ["a", "b", "c"]


def test_that_leaves_without_a_name_are_counted() -> None:
    graph = captured(_scalar(1.0) * _scalar(2.0))
    assert [node.op for node in graph.nodes if node.kind == "leaf"] == ["leaf 1", "leaf 2"]


def test_that_a_leaf_alone_is_a_graph_of_one_node() -> None:
    x = _scalar(4.0)
    graph = captured(x, {"x": x})
    (node,) = graph.nodes
    assert (node.op, node.kind, graph.output) == ("x", "leaf", node.id)
    assert node.value is not None
    assert node.value.scalar == 4.0


def test_that_an_output_without_a_gradient_is_refused() -> None:
    with pytest.raises(ModelError, match="nothing to differentiate"):
        captured(torch.tensor(1.0))


def test_that_a_custom_function_is_marked_and_named() -> None:
    x = _scalar(0.5)
    graph = captured(2 * legendre_p3(x), {"x": x})
    node = graph.nodes[1]
    assert (node.kind, node.op) == ("function", "LegendrePolynomial3")
    assert node.name == "LegendrePolynomial3Backward"
    assert [(saved.name, saved.tensor and saved.tensor.scalar) for saved in node.saved] == [
        ("saved", 0.5)
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("MulBackward0", "Mul"),
        ("PowBackward1", "Pow"),
        ("LegendrePolynomial3Backward", "LegendrePolynomial3"),
        ("CopySlices", "CopySlices"),
        ("Backward", "Backward"),
    ],
)
def test_that_the_forward_name_is_the_backward_name_without_its_ending(
    name: str, expected: str
) -> None:
    assert forward_name(name) == expected


def test_that_shape_and_type_are_those_of_the_result() -> None:
    w = torch.ones(3, 2, dtype=torch.float64, requires_grad=True)
    graph = captured((torch.ones(5, 3, dtype=torch.float64) @ w).sum(0), {"w": w})
    assert [(node.shape, node.dtype) for node in graph.nodes] == [
        ((2,), "float64"),
        ((5, 2), "float64"),
        ((3, 2), "float64"),
    ]


def test_that_values_and_terms_are_those_of_the_forward_pass() -> None:
    x = _scalar(2.0)
    with ForwardRecorder() as recorder:
        recorder.name(x, "x")
        y = _polynomial(x)
    graph = captured(y, {"x": x}, recorder)
    found = {node.label: node.value.scalar for node in graph.nodes if node.value}
    assert found["5·x³"] == 40.0
    assert found["2·x²"] == 8.0
    assert found["5·x³ + 2·x² + 4·x + 8"] == 64.0


def test_that_the_order_of_outputs_is_kept_on_edges() -> None:
    x = torch.ones(2, requires_grad=True)
    first, second = x.unbind()
    graph = captured(first * second)
    assert [edge.output for edge in graph.edges_into["n0"]] == [0, 1]


def test_that_a_graph_of_too_many_nodes_is_refused_before_all_of_it_is_recorded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(node_limit, "MOST_NODES", 1_000)
    kept: list[torch.Tensor] = []

    def chain() -> torch.Tensor:
        x = _scalar(1.0)
        for _ in range(5_000):
            x = x * 2
            kept.append(x)
        return x

    with pytest.raises(ModelError, match=r"more than .* nodes"), ForwardRecorder():
        chain()
    assert len(kept) == 1_000
    unheard = chain()
    with pytest.raises(ModelError, match=r"more than .* nodes"):
        Walk(unheard, {})
