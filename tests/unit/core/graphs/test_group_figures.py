"""The figures of a group are those of its module."""

import pytest
import torch
from called_models import WIDTH, SmallGPT, graph_of_calls

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.group_figures import GroupFigures, element_bytes, figures_of
from gradviz.engine.tensors.summary import dtype_name

TOKENS = 3


def gpt() -> tuple[SmallGPT, Graph]:
    model = SmallGPT()
    compute = lambda: model(torch.arange(TOKENS))  # noqa: E731
    return model, graph_of_calls(compute, dict(model.named_parameters()))


def figures(graph: Graph, group: str) -> GroupFigures:
    return figures_of(graph, graph.grouping.index[group])


@pytest.mark.parametrize("path", ["h.0", "h.1.attn", "h.1.mlp.2", "ln_f"])
def test_that_parameters_are_those_of_the_module(path: str) -> None:
    model, graph = gpt()
    parameters = list(model.get_submodule(path).parameters())
    found = figures(graph, path)

    assert found.parameters == sum(each.numel() for each in parameters)
    assert found.parameter_bytes == sum(each.nbytes for each in parameters)


def test_that_shapes_are_those_of_the_tensors_that_cross_the_border() -> None:
    _, graph = gpt()
    whole = figures(graph, "SmallGPT")

    assert figures(graph, "h.1.attn").shapes_in == ((TOKENS, WIDTH),)
    assert figures(graph, "h.1.attn").shapes_out == ((TOKENS, WIDTH),)
    assert figures(graph, "h.1.mlp.0").shapes_out == ((TOKENS, 8),)
    assert whole.shapes_in == ()
    assert whole.shapes_out == ((TOKENS, 7),)
    assert whole.nodes == len(graph.nodes)


def test_that_bytes_are_those_of_the_values_and_of_what_is_saved() -> None:
    _, graph = gpt()
    gelu = figures(graph, "h.0.mlp.1")

    assert gelu.activation_bytes == TOKENS * 8 * 4
    assert gelu.saved_bytes == TOKENS * 8 * 4
    assert figures(graph, "h.0").saved_bytes > figures(graph, "h.0.attn").saved_bytes > 0


def test_that_a_dtype_has_as_many_bytes_as_in_torch() -> None:
    dtypes = {each for each in vars(torch).values() if isinstance(each, torch.dtype)}

    assert {each: element_bytes(dtype_name(each)) for each in dtypes} == {
        each: each.itemsize for each in dtypes
    }
    assert element_bytes("") == 0
