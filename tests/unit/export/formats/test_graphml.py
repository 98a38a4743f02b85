"""GraphML, as networkx reads it."""

import math
from typing import Any

import msgspec
import networkx
import pytest
from export_cases import LABELS
from grouped_graphs import gpt2
from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import labelled_graph, shared_graph, shared_trace, tutorial_graph, tutorial_trace

from gradviz.export.figure import GraphFigure
from gradviz.export.formats.graphml import render
from gradviz.export.origin import Origin
from gradviz.render.characters import visible


def read(figure: GraphFigure) -> Any:
    return networkx.parse_graphml(render(figure).decode())


def test_that_nodes_and_edges_are_those_of_the_graph() -> None:
    graph = tutorial_graph()
    found = read(GraphFigure(graph=graph, trace=tutorial_trace(), cursor=5))
    assert found.is_directed()
    assert set(found.nodes) == {node.id for node in graph.nodes}
    assert {(a, b) for a, b in found.edges()} == {(e.source, e.target) for e in graph.edges}
    node = found.nodes["muld"]
    assert (node["op"], node["name"], node["label"]) == ("Mul", "MulBackward0", "d x³")
    assert (node["shape"], node["dtype"], node["state"]) == ("(2000,)", "float32", "now")
    assert node["norm"] == 508.2
    assert node["gradient_norm"] == pytest.approx(958.5, rel=1e-3)
    assert found.nodes["d"]["value"] == -0.0906
    assert "gradient_norm" not in found.nodes["mulb"]
    assert found.edges["d", "muld"]["slot"] == 0


def test_that_several_edges_between_two_nodes_are_kept() -> None:
    found = read(GraphFigure(graph=shared_graph(), trace=shared_trace()))
    assert found.number_of_edges() == len(shared_graph().edges)


def test_that_groups_are_data_of_the_nodes() -> None:
    graph = gpt2(2)
    found = read(GraphFigure(graph=graph))
    for place, node in enumerate(graph.nodes):
        group = graph.groups[graph.grouping.group_of[place]]
        if graph.grouping.group_of[place] >= 0:
            assert found.nodes[node.id]["group"] == group.id
            assert found.nodes[node.id].get("module", "") == group.path


@pytest.mark.parametrize("label", LABELS)
def test_that_any_text_is_read_back(label: str) -> None:
    origin = Origin(model=label, torch="2.13.0", seed=3)
    found = read(GraphFigure(graph=labelled_graph(label), origin=origin))
    assert visible(label) in [data.get("label") for _, data in found.nodes(data=True)]
    assert (found.graph["model"], found.graph["torch"]) == (visible(label), "2.13.0")
    assert found.graph["seed"] == 3


@given(st.floats())
def test_that_any_value_is_read_back(value: float) -> None:
    graph = tutorial_graph()
    nodes = [
        msgspec.structs.replace(node, value=msgspec.structs.replace(node.value, values=(value,)))
        if node.id == "d" and node.value is not None
        else node
        for node in graph.nodes
    ]
    found = read(GraphFigure(graph=msgspec.structs.replace(graph, nodes=tuple(nodes))))
    back = found.nodes["d"]["value"]
    assert back == value or (math.isnan(back) and math.isnan(value))
