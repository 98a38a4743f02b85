"""A traced graph as data: the same of an fx graph, and of the text that inductor keeps of it."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import fx
from torch.fx.experimental.proxy_tensor import make_fx

from gradviz.engine.torch_internals.traced_graphs import TracedGraph, parsed, traced

TEXT = """class GraphModule(torch.nn.Module):
    def forward(
        self, primals_1: "f32[4, 4][4, 1]cpu", primals_2: "Sym(s7)", primals_3: "f32[s7, 4][4, 1]"
    ):
        # No stacktrace found for following nodes
        permute: "f32[4, 4][1, 4]cpu" = torch.ops.aten.permute.default(primals_1, [1, 0])
        mm: "bf16[s7, Max(1, s7)][4, 1]cpu" = torch.ops.aten.mm.default(primals_3, permute)
        var_mean = torch.ops.aten.var_mean.correction(mm, [1], correction = primals_2)
        getitem: "i64[][]cpu" = var_mean[0];  var_mean = None
        mul: "Sym(2*s7)" = primals_2 * 2
        _tensor_constant0: "b8[3][1]cpu" = self._tensor_constant0
        return (mm, None, getitem, mul, primals_1, _tensor_constant0)
"""


def text_graph(text: str = TEXT) -> TracedGraph:
    found = parsed(text)
    assert found is not None
    return found


def test_that_a_text_gives_operations_inputs_shapes_and_types() -> None:
    graph = text_graph()
    node = {each.name: each for each in graph.nodes}
    assert [each.name for each in graph.arguments] == ["primals_1", "primals_2", "primals_3"]
    assert graph.operations == ("permute", "mm", "var_mean", "getitem", "mult")
    assert node["mm"].target == "aten.mm.default"
    assert node["mm"].inputs == ("primals_3", "permute")
    assert node["mm"].shape == ("s7", "Max(1, s7)")
    assert (node["mm"].dtype, node["mm"].device) == ("bfloat16", "cpu")
    assert node["var_mean"].inputs == ("mm", "primals_2")
    assert node["var_mean"].shape is None
    assert node["getitem"].shape == ()
    assert node["primals_2"].symbol == "s7"
    assert node["mul"].symbol == "2*s7"
    assert (node["_tensor_constant0"].kind, node["_tensor_constant0"].dtype) == ("constant", "bool")
    assert graph.outputs == ("mm", None, "getitem", "mul", "primals_1", "_tensor_constant0")


def test_that_an_fx_graph_is_told_as_pytorch_has_it() -> None:
    def net(x: torch.Tensor, w: torch.Tensor) -> tuple[torch.Tensor, None]:
        return torch.tanh(x @ w.t()), None

    module = make_fx(net, tracing_mode="fake")(torch.ones(3, 4), torch.ones(2, 4))
    graph = traced(module)
    node = {each.name: each for each in graph.nodes}
    assert graph.operations == ("t", "mm", "tanh")
    assert graph.outputs == ("tanh", None)
    assert node["mm"].shape == (3, 2)
    assert node["mm"].inputs == tuple(each.name for each in fx_node(module, "mm").all_input_nodes)
    assert (node["mm"].dtype, node["mm"].device) == ("float32", "cpu")


def fx_node(module: fx.GraphModule, name: str) -> fx.Node:
    found = {node.name: node for node in module.graph.nodes}[name]
    assert isinstance(found, fx.Node)
    return found


def test_that_a_shape_that_fx_does_not_keep_is_none() -> None:
    graph = traced(fx.symbolic_trace(lambda x: x.exp()))
    assert [each.shape for each in graph.nodes] == [None, None]


def test_that_both_forms_of_a_graph_have_the_same_edges() -> None:
    def net(x: torch.Tensor) -> torch.Tensor:
        return (x.exp() + x).sum()

    module = make_fx(net, tracing_mode="fake")(torch.ones(2, 3))
    text = module.print_readable(print_output=False)
    assert [(each.op, each.inputs) for each in text_graph(text).nodes[1:]] == [
        (each.op, each.inputs) for each in traced(module).nodes[1:]
    ]


@pytest.mark.parametrize("text", ["", "1 +", "x = 3", "def other(): pass", "\0", "(" * 5000])
def test_that_a_text_of_another_form_gives_none(text: str) -> None:
    assert parsed(text) is None


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.text(max_size=3))
def test_that_no_damaged_text_raises(first: int, last: int, between: str) -> None:
    parsed(TEXT[:first] + between + TEXT[last:])
