"""Findings name the group that a node is in as a reader of the model knows it."""

import msgspec
import torch
from called_models import SmallGPT, graph_of_calls

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.rows.group_names import LeafPlaces, group_name, name_around
from gradviz.engine.runs.run import Run


def small_gpt() -> tuple[SmallGPT, Graph]:
    model = SmallGPT(layers=1)
    names = dict(model.named_parameters())
    return model, graph_of_calls(lambda: model(torch.arange(3)), names)


def test_that_the_parameters_of_a_module_are_in_its_group() -> None:
    model, graph = small_gpt()
    leaves = LeafPlaces(graph)
    for module, each in model.named_modules():
        # The weight of wte is used by the head too: it is in the group around both.
        for name in () if module == "wte" else dict(each.named_parameters(recurse=False)):
            full = f"{module}.{name}"
            node, group = leaves.node(full), leaves.group(full)
            assert node is not None
            assert graph.node[node].op == full
            assert group is not None
            assert group_name(group) == name_around(graph, node) == module


def test_that_a_parameter_that_is_not_in_the_graph_is_in_the_nearest_module_that_is() -> None:
    leaves = LeafPlaces(small_gpt()[1])
    assert leaves.node("h.0.attn.unused") is None
    for name, expected in (("h.0.attn.unused", "h.0.attn"), ("h.0.attn.spare.bias", "h.0.attn")):
        group = leaves.group(name)
        assert group is not None
        assert group_name(group) == expected
    assert leaves.group("spare") is None


def test_that_the_group_of_a_backward_pass_says_of_which_module() -> None:
    graph = Run(Model(source="nn", points=50, order=2)).recording()[1].graph
    names = {name_around(graph, node.id) for node in graph.nodes if node.order == 2}
    assert names <= {"", "backward of 0", "backward of 1", "backward of Sequential"}
    assert "backward of 0" in names
    # A parameter is a part of no backward pass.
    group = LeafPlaces(graph).group("0.spare")
    assert group is not None
    assert group_name(group) == "0"


def test_that_a_node_that_is_nowhere_has_no_name_around_it() -> None:
    _, graph = small_gpt()
    assert name_around(graph, "no such node") == ""
    assert name_around(msgspec.structs.replace(graph, groups=(), group_of=()), graph.output) == ""
