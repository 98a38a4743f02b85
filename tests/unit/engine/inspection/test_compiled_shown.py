"""The graphs of a compiled function are shown as one graph, as AOTAutograd has them."""

import re
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from own_models import HEAD, model_of, written

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import outline_of
from gradviz.core.graphs.shown.first_picture import MOST_BOXES, first_picture
from gradviz.core.graphs.shown.opening import opened_at_least
from gradviz.engine.inspection.answers import Inspected, whole
from gradviz.engine.inspection.compiled.inner_graph import inner_graph
from gradviz.engine.inspection.compiled.sizes import TrueSizes
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run
from gradviz.engine.torch_internals.compiled_graphs import CompiledGraphs, CompiledNode
from gradviz.engine.torch_internals.traced_graphs import parsed
from gradviz.protocol.questions import CompiledShown, ShowCompiled
from gradviz.render.groups.rough_measure import rough_size

# Dynamo itself reads the gradient of an input that is no leaf.
pytestmark = pytest.mark.filterwarnings("ignore:The .grad attribute")

MODELS = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 3)
    def forward(self, x):
        return torch.tanh(self.a(x))
class Square(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
    def forward(self, x):
        return torch.tanh(self.a(x))
class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm, self.a, self.b = nn.LayerNorm(4), nn.Linear(4, 4), nn.Linear(4, 4)
    def forward(self, x):
        return x + self.b(torch.tanh(self.a(self.norm(x))))
class Deep(nn.Module):
    def __init__(self):
        super().__init__()
        self.h = nn.ModuleList(Layer() for _ in range(4))
    def forward(self, x):
        for layer in self.h:
            x = layer(x)
        return x
def Layers():
    return torch.compile(Deep(), backend="aot_eager")
def Whole():
    return torch.compile(Net(), backend="aot_eager")
def Dynamic():
    return torch.compile(Net(), backend="aot_eager", dynamic=True)
class Twice(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = torch.compile(Square(), backend="aot_eager")
        self.out = nn.Linear(4, 1)
    def forward(self, x):
        return self.out(self.inner(self.inner(x * 2)))
class Breaks(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.b = nn.Linear(4, 4)
    def forward(self, x):
        h = self.a(x).sin()
        torch._dynamo.graph_break()
        return self.b(h).cos()
def Broken():
    return torch.compile(Breaks(), backend="aot_eager")
class Hiding:
    def __init__(self, graph):
        self.run = graph.forward
    def __call__(self, *args):
        return self.run(*args)
def hiding(graph, inputs):
    from torch._dynamo.backends.common import aot_autograd
    keep = lambda graph, inputs: Hiding(graph)
    return aot_autograd(fw_compiler=keep, bw_compiler=keep)(graph, inputs)
def Hidden():
    return torch.compile(Net(), backend=hiding)
def Scripted():
    net = torch.jit.script(Net())
    for _ in range(3):
        net(torch.ones(2, 4))
    return net
def example_inputs():
    return torch.ones(2, 4)
"""
)


def recorded(folder: Path, name: str) -> Recording:
    torch._dynamo.reset()
    return Run(model_of(written(folder, MODELS), name)).recording()[1]


def compiled_nodes(recording: Recording) -> list[str]:
    return [node.id for node in recording.graph.nodes if node.op == "CompiledFunction"]


def shown(recording: Recording, node: str) -> CompiledShown:
    found = whole(ShowCompiled(node), Inspected(recording))
    assert isinstance(found, CompiledShown)
    return found


def graph_of(recording: Recording, node: str) -> Graph:
    graph = shown(recording, node).graph
    assert graph is not None
    return graph


def labels(graph: Graph) -> dict[str, str]:
    return {node.op: node.label for node in graph.nodes if node.name in ("", "argument")}


def test_that_both_graphs_have_their_operations_parameters_and_results(tmp_path: Path) -> None:
    recording = recorded(tmp_path, "Whole")
    (node,) = compiled_nodes(recording)
    graph = graph_of(recording, node)
    assert [group.id for group in graph.groups] == ["forward", "backward"]
    assert {"addmm", "tanh", "tanh_backward", "mm"} <= {each.op for each in graph.nodes}
    assert labels(graph)["primals_1"] == "_orig_mod.a.weight"
    assert labels(graph)["primals_2"] == "_orig_mod.a.bias"
    results = {each.op: each.shape for each in graph.nodes if each.kind == "output"}
    assert results["output"] == (2, 3)
    assert results["gradient of _orig_mod.a.weight"] == (3, 4)
    assert results["gradient of _orig_mod.a.bias"] == (3,)


def test_that_every_edge_ends_at_nodes_and_no_node_is_behind_itself(tmp_path: Path) -> None:
    recording = recorded(tmp_path, "Whole")
    graph = graph_of(recording, compiled_nodes(recording)[0])
    place = graph.place
    # Nodes are ordered from the output back, but for the leaves.
    for edge in graph.edges:
        assert graph.node[edge.source].kind == "leaf" or place[edge.source] > place[edge.target]
    assert graph.output in place
    assert len(place) == len(graph.nodes) == len(graph.group_of)


def test_that_saved_values_lead_from_the_forward_to_the_backward_graph(tmp_path: Path) -> None:
    recording = recorded(tmp_path, "Whole")
    (node,) = compiled_nodes(recording)
    graph = graph_of(recording, node)
    crossing = [
        edge
        for edge in graph.edges
        if edge.source.startswith("forward") and edge.target.startswith("backward")
    ]
    assert crossing
    saved = {each.name for each in recording.graph.node[node].saved}
    assert {graph.node[edge.target].op for edge in crossing} <= saved


def test_that_saved_tensors_have_the_names_of_the_compiler(tmp_path: Path) -> None:
    recording = recorded(tmp_path, "Whole")
    (node,) = compiled_nodes(recording)
    saved = recording.graph.node[node].saved
    assert saved
    assert all(re.fullmatch(r"[a-z]\w*_?\d*", each.name) for each in saved)
    assert "saved_tensors" not in " ".join(each.name for each in saved)
    named = {each.name: each.tensor for each in saved if each.tensor is not None}
    assert named["primals_3"].values == (1.0,) * 8
    assert recording.tensors.saved[node].keys() == named.keys()


def test_that_each_node_of_a_function_has_its_own_sources(tmp_path: Path) -> None:
    recording = recorded(tmp_path, "Twice")
    nodes = compiled_nodes(recording)
    assert len(nodes) == 2
    inputs = [labels(graph_of(recording, node)) for node in nodes]
    assert all("inner._orig_mod.a.weight" in each.values() for each in inputs)
    # The second call takes the result of the first.
    assert f"CompiledFunction {nodes[1]}" in inputs[0].values()
    assert f"CompiledFunction {nodes[1]}" not in inputs[1].values()


def test_that_each_part_of_a_broken_graph_is_a_graph(tmp_path: Path) -> None:
    recording = recorded(tmp_path, "Broken")
    operations = [
        {each.op for each in graph_of(recording, node).nodes} for node in compiled_nodes(recording)
    ]
    assert len(operations) == 2
    assert "cos" in operations[0]
    assert "sin" in operations[1]


def test_that_sizes_that_may_change_are_told_with_the_numbers_of_the_pass(tmp_path: Path) -> None:
    recording = recorded(tmp_path, "Dynamic")
    graph = graph_of(recording, compiled_nodes(recording)[0])
    output = next(each for each in graph.nodes if each.op == "output")
    assert output.shape == (2, 3)
    symbol = re.search(r"\((\w+), 3\)", output.label)
    assert symbol is not None
    assert f"{symbol[1]} = 2" in labels(graph).values()
    assert "saved_tensors" not in str(recording.graph.nodes)


@pytest.mark.filterwarnings("ignore:Your compiler for AOTAutograd")
def test_that_a_graph_that_was_not_kept_is_told(tmp_path: Path) -> None:
    recording = recorded(tmp_path, "Hidden")
    found = shown(recording, compiled_nodes(recording)[0])
    assert found.note == "The compiler has not kept its forward graph."
    assert found.graph is not None
    assert [group.id for group in found.graph.groups] == ["backward"]
    results = [each.op for each in found.graph.nodes if each.kind == "output"]
    assert "gradient of _orig_mod.a.weight" in results


@pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated")
def test_that_torchscript_and_single_operations_say_that_they_have_none(tmp_path: Path) -> None:
    recording = recorded(tmp_path, "Scripted")
    node = next(each for each in recording.graph.nodes if each.op == "DifferentiableGraph")
    assert "TorchScript" in node.note
    told = shown(recording, node.id)
    assert told.graph is None
    assert "TorchScript does not tell" in told.note
    other = shown(recording, recording.graph.output)
    assert (other.graph, other.note) == (
        None,
        "This node is of one operation: torch.compile has not made it.",
    )


def test_that_a_text_of_inductor_gives_the_same_kind_of_graph() -> None:
    forward = parsed(
        'class G:\n def forward(self, primals_1: "f32[s1, 2][2, 1]cpu"):\n'
        '  exp: "f32[s1, 2][2, 1]cpu" = torch.ops.aten.exp.default(primals_1)\n'
        "  return (exp, exp)\n"
    )
    backward = parsed(
        'class G:\n def forward(self, exp: "f32[s1, 2]", tangents_1: "f32[s1, 2]"):\n'
        '  mul: "f32[s1, 2*s1]" = torch.ops.aten.mul.Tensor(tangents_1, exp)\n'
        "  return (mul,)\n"
    )
    node = CompiledNode(None, saved=((5, 2),), results=((5, 2),), tensors=1)
    graph = inner_graph(CompiledGraphs(forward, backward), node, {})
    assert graph is not None
    shapes = {each.id: each.shape for each in graph.nodes}
    assert shapes["forward.exp"] == (5, 2)
    assert shapes["backward.mul"] == (5, 10)
    assert ("forward.exp", "backward.exp") in {(each.source, each.target) for each in graph.edges}
    assert "gradient of primals_1" in {each.op for each in graph.nodes}


def test_that_neither_graph_gives_none() -> None:
    assert inner_graph(CompiledGraphs(None, None), CompiledNode(None), {}) is None


@given(st.text(max_size=20))
def test_that_no_formula_of_a_size_raises(text: str) -> None:
    sizes = TrueSizes()
    sizes.learn("s0", 3)
    found = sizes.shape((text,))
    assert found is None or isinstance(found[0], int)


@pytest.mark.parametrize(
    ("formula", "number"),
    [("s0", 3), ("2*s0 + 1", 7), ("s0//2", 1), ("s0//0", None), ("f(s0)", None), ("s1", None)],
)
def test_that_a_formula_is_taken_with_the_numbers_of_the_pass(
    formula: str, number: int | None
) -> None:
    sizes = TrueSizes()
    sizes.learn("s0", 3)
    assert sizes.number(formula) == number


def test_that_a_large_one_is_grouped_by_its_modules_in_both_passes(tmp_path: Path) -> None:
    recording = recorded(tmp_path, "Layers")
    (node,) = compiled_nodes(recording)
    graph = graph_of(recording, node)
    groups, of = graph.groups, graph.grouping.group_of
    owner = {each.id: groups[place].id for each, place in zip(graph.nodes, of, strict=True)}
    paths = {"h.0", "h.0.norm", "h.0.a", "h.0.b", "h.3"}
    for name in ("forward", "backward"):
        assert {f"{name}.{path}" for path in paths} <= {each.id for each in groups}
    assert {each.type_name for each in groups if each.path == "h.1"} == {"Layer"}
    tanh = [owner[each.id] for each in graph.nodes if each.op in ("tanh", "tanh_backward")]
    assert {"forward.h.2", "backward.h.2"} <= set(tanh)
    gradients = {each.op: owner[each.id] for each in graph.nodes if each.op.startswith("gradient")}
    assert gradients["gradient of _orig_mod.h.2.a.weight"] == "backward.h.2.a"
    weights = [each for each in graph.nodes if each.label == "_orig_mod.h.2.a.bias"]
    assert owner[weights[0].id] == "forward.h.2.a"
    (output,) = (each for each in graph.nodes if each.op == "output")
    assert owner[output.id] == "forward"


def test_that_a_large_one_is_readable_at_first(tmp_path: Path) -> None:
    recording = recorded(tmp_path, "Layers")
    (node,) = compiled_nodes(recording)
    graph = graph_of(recording, node)
    showing = opened_at_least(graph, first_picture(graph, rough_size))
    first = outline_of(graph, showing)
    assert len(first.graph.nodes) <= MOST_BOXES
    assert {"forward", "backward"} <= {each.group.id for each in first.frames}


def test_that_a_small_one_has_its_two_passes_alone(tmp_path: Path) -> None:
    recording = recorded(tmp_path, "Whole")
    (node,) = compiled_nodes(recording)
    assert [each.id for each in graph_of(recording, node).groups] == ["forward", "backward"]
