"""JSON files, and the document that the command line prints too."""

import json
import math
from pathlib import Path
from typing import Any

import msgspec
import pytest
from export_cases import LABELS
from graphs_in_groups import grouped, groupings
from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import labelled_graph, scalar, shared_graph, tutorial_graph, tutorial_trace

from gradviz.core.graphs.outline import Showing
from gradviz.core.graphs.trace import Step, Trace
from gradviz.export.figure import GraphFigure
from gradviz.export.formats.json import VERSION, graph_document, render


def written(figure: GraphFigure) -> Any:
    """Return what a file of `figure` holds, read strictly."""

    def refuse(name: str) -> None:
        pytest.fail(f"{name} is no JSON")

    return json.loads(render(figure), parse_constant=refuse)


def test_that_a_file_has_the_graph_the_pass_and_the_cursor() -> None:
    graph, trace = tutorial_graph(), tutorial_trace()
    document = written(GraphFigure(graph=graph, trace=trace, cursor=5))
    assert (document["version"], document["cursor"]) == (VERSION, 5)
    assert [node["id"] for node in document["nodes"]] == [node.id for node in graph.nodes]
    assert document["edges"] == [msgspec.structs.asdict(edge) for edge in graph.edges]
    assert [step["node"] for step in document["steps"]] == [step.node for step in trace.steps]
    assert [step["node"] for step in document["forward"]] == list(trace.forward)
    assert set(document["leaf_grads"]) == {graph.node[leaf].op for leaf in trace.leaf_grads}
    assert document["output_node"] == graph.output


def test_that_a_file_is_the_document_of_the_command_line_and_a_cursor() -> None:
    graph, trace = tutorial_graph(), tutorial_trace()
    document = written(GraphFigure(graph=graph, trace=trace, cursor=3))
    assert document.pop("cursor") == 3
    assert "torch" in document.pop("metadata")
    assert document == json.loads(json.dumps(graph_document(graph, trace)))


def test_that_a_graph_without_a_pass_has_no_fields_of_one() -> None:
    document = written(GraphFigure(graph=tutorial_graph()))
    assert set(document) == {
        "schema",
        "version",
        "output",
        "output_node",
        "nodes",
        "edges",
        "cursor",
        "metadata",
    }


def test_that_a_gradients_graph_has_no_output_where_it_is_not_told() -> None:
    graph = msgspec.structs.replace(shared_graph(), order=2)
    assert graph_document(graph)["output"] is None
    assert graph_document(graph, output=4.0)["output"] == 4.0


@pytest.mark.parametrize("label", LABELS)
def test_that_any_label_reads_back_as_it_was(label: str) -> None:
    assert written(GraphFigure(graph=labelled_graph(label)))["nodes"][0]["label"] == label


def test_that_a_number_that_is_not_finite_is_a_word_in_a_file() -> None:
    gradients = tuple(scalar(value) for value in (math.nan, math.inf, -math.inf))
    trace = Trace(steps=(Step(node="y", grad_outputs=gradients, grad_inputs=()),), leaf_grads={})
    step = written(GraphFigure(graph=shared_graph(), trace=trace))["steps"][0]
    assert step["grad_outputs"] == ["NaN", "Infinity", "-Infinity"]


def test_that_the_same_graph_gives_the_same_bytes() -> None:
    first, second = (render(GraphFigure(graph=tutorial_graph())) for _ in range(2))
    assert first == second


def test_that_the_documentation_is_of_this_version() -> None:
    page = Path(__file__).parents[4] / "docs" / "json.md"
    assert f"`version` | {VERSION}" in page.read_text()


def test_that_groups_and_what_is_shown_of_them_are_told() -> None:
    graph = grouped(tutorial_graph(), poly=["add3"], poly__b=["mulb", "b"], loss=["pow", "sub"])
    shown = Showing(opened=frozenset({"poly"}))
    document = written(GraphFigure(graph=graph, showing=shown))
    assert document["groups"][2] == {
        "id": "poly.b",
        "title": "b",
        "kind": "module",
        "parent": "poly",
        "class": "B",
        "path": "poly.b",
        "call": 1,
        "nodes": ["mulb", "b"],
    }
    outline = document["outline"]
    assert outline["frames"] == [{"id": "@poly", "group": "poly", "frame": None}]
    assert outline["boxes"][1] == {
        "id": "@poly.b",
        "title": "b",
        "groups": ["poly.b"],
        "frame": "@poly",
        "nodes": ["mulb", "b"],
    }
    assert "groups" not in written(GraphFigure(graph=tutorial_graph(), showing=shown))


@given(st.data())
def test_that_each_node_and_edge_is_in_one_place_of_the_outline(data: st.DataObject) -> None:
    graph = data.draw(groupings(tutorial_graph()))
    opened = data.draw(st.frozensets(st.sampled_from([group.id for group in graph.groups])))
    document = written(GraphFigure(graph=graph, showing=Showing(opened=opened)))
    outline = document["outline"]
    inside = [node for box in outline["boxes"] for node in box["nodes"]]
    assert sorted(inside + outline["nodes"]) == sorted(node.id for node in graph.nodes)
    frames = {None, *(frame["id"] for frame in outline["frames"])}
    assert {box["frame"] for box in outline["boxes"]} <= frames
    ends = {*outline["nodes"], *(box["id"] for box in outline["boxes"])}
    assert all({edge["source"], edge["target"]} <= ends for edge in outline["edges"])
    carried = [edge for bundle in outline["edges"] for edge in bundle["edges"]]
    assert len(carried) == len(set(carried))
    own = [node for group in document["groups"] for node in group["nodes"]]
    assert len(own) == len(set(own)) == sum(place >= 0 for place in graph.group_of)
