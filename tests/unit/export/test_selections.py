"""A selection of a graph as a picture of its own, and as text."""

import re

import msgspec
import pytest
from export_cases import figure_of, outlined_figure, tutorial_figure
from graphs_in_groups import grouped
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_graphs import tutorial_graph, tutorial_trace

from gradviz.core.graphs.outline import Showing
from gradviz.export.exporters import EXPORTERS
from gradviz.export.figure import GraphFigure
from gradviz.export.page import page
from gradviz.export.selections.texts import selection_text

pytestmark = pytest.mark.usefixtures("qapp")

NODES = [node.id for node in tutorial_graph().nodes]


def only(figure: GraphFigure, *items: str) -> GraphFigure:
    return msgspec.structs.replace(figure, only=frozenset(items))


def in_groups() -> GraphFigure:
    graph = grouped(tutorial_graph(), poly=["add3"], poly__b=["mulb", "b"], loss=["pow", "sub"])
    return outlined_figure(graph, Showing(frozenset({"poly"})), tutorial_trace(), 4)


def ids(svg: bytes, kind: str) -> set[str]:
    return {
        each.decode() for each in re.findall(rb'<g id="([^"]*)" class="%s' % kind.encode(), svg)
    }


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(NODES), min_size=1))
def test_that_the_nodes_and_the_edges_between_them_are_drawn_and_no_others(items: set[str]) -> None:
    figure = only(tutorial_figure(), *items)
    graph = tutorial_graph()
    svg = EXPORTERS[".svg"].render(figure)
    assert ids(svg, "node") == {f"node-{each}" for each in items}
    between = {e.id for e in graph.edges if {e.source, e.target} <= items}
    assert {edge.id for edge in figure.shown.edges} == between
    assert len(ids(svg, "edge")) == len(between)
    assert EXPORTERS[".png"].render(figure).startswith(b"\x89PNG")


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(NODES), min_size=1))
def test_that_each_box_lies_within_the_picture_as_far_apart_as_before(items: set[str]) -> None:
    whole = tutorial_figure()
    figure = only(whole, *items)
    area, placed = page(figure), figure.placed
    shifts = set()
    for item in items:
        (x, y), (width, height) = placed.centers[item], placed.sizes[item]
        assert area.left() <= x - width / 2
        assert x + width / 2 <= area.right()
        assert area.top() <= y - height / 2
        assert y + height / 2 <= area.bottom()
        was = whole.placed.centers[item]
        shifts.add((round(was[0] - x, 6), round(was[1] - y, 6)))
    assert len(shifts) == 1
    assert area.width() <= page(whole).width() + 24


def test_that_all_nodes_are_the_whole_graph() -> None:
    whole = tutorial_figure()
    figure = only(whole, *NODES)
    assert figure.shown.nodes == whole.shown.nodes
    assert figure.shown.edges == whole.shown.edges
    assert figure.picture.edges == whole.picture.edges
    assert figure.picture.nodes == whole.picture.nodes


def test_that_an_open_group_brings_all_within_it() -> None:
    figure = only(in_groups(), "@poly")
    svg = EXPORTERS[".svg"].render(figure)
    assert ids(svg, "frame") == {"poly-frame"}
    assert figure.shown.nodes
    outline = figure.outline
    assert outline is not None
    assert {outline.frame_of[node.id] for node in figure.shown.nodes} == {"@poly"}


def test_that_a_node_of_an_open_group_stands_without_its_frame() -> None:
    whole = in_groups()
    assert whole.outline is not None
    inside = next(item for item, frame in whole.outline.frame_of.items() if frame == "@poly")
    svg = EXPORTERS[".svg"].render(only(whole, inside))
    assert not ids(svg, "frame")


def test_that_the_text_has_names_shapes_values_and_gradients() -> None:
    graph, trace = tutorial_graph(), tutorial_trace()
    done = figure_of(graph, trace, len(trace.steps))
    text = selection_text(only(done, *NODES))
    parts = text.split("\n\n")
    assert len(parts) == len(graph.nodes)
    for node, part in zip(graph.nodes, parts, strict=True):
        assert part.startswith(f"{node.op} {node.name}")
        assert str(node.shape) in part
        executed = any(step.node == node.id for step in trace.steps)
        assert ("gradient " in part) == executed
    turn = selection_text(only(figure_of(graph, trace, 0), *NODES))
    assert "gradient " not in turn


def test_that_a_closed_group_is_text_with_the_number_of_its_nodes() -> None:
    text = selection_text(only(in_groups(), "@loss"))
    assert text.startswith("loss")
    assert "2 nodes" in text
