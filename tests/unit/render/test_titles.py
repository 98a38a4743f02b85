"""Titles that are wider than a node stay apart on the screen, and are whole in files."""

import pytest
from PySide6.QtGui import QGuiApplication

from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.export.figure import GraphFigure
from gradviz.export.formats.svg import render
from gradviz.export.page import _lines, laid_out, page
from gradviz.render.fonts import fonts
from gradviz.render.style import METRICS
from gradviz.render.titles import short_titles

pytestmark = pytest.mark.usefixtures("qapp")


def named_graph(*names: str) -> Graph:
    leaves = tuple(Node(id=name, op=name, name="AccumulateGrad", kind="leaf") for name in names)
    output = Node(id="sum", op="Sum", name="SumBackward0", kind="output")
    edges = tuple(
        Edge(id=f"e{place}", source=name, target="sum", slot=place)
        for place, name in enumerate(names)
    )
    return Graph(nodes=(output, *leaves), edges=edges, output="sum")


LONG = [
    f"encoder.layers.encoder_layer_{i}.self_attention.{part}_proj_weight"
    for i in range(12)
    for part in ("in", "out")
]


def test_that_the_names_of_a_deep_network_are_whole_in_their_nodes() -> None:
    names = [f"layer{i}.{j}.downsample.{k}.weight" for i in range(4) for j in "012" for k in "01"]
    names += [f"transformer.h.{i}.attn.c_attn.weight" for i in range(12)]
    assert short_titles(named_graph(*names)) == {}


def test_that_longer_ones_fit_and_stay_apart() -> None:
    titles = short_titles(named_graph(*LONG, "a"))
    assert set(titles) == set(LONG)
    assert len(set(titles.values())) == len(LONG)
    assert all(fonts().title.width(text) <= METRICS.longest_title for text in titles.values())


def test_that_another_recording_of_a_graph_has_the_same_titles() -> None:
    assert short_titles(named_graph(*LONG)) is short_titles(named_graph(*LONG))


def test_that_an_exported_picture_has_every_name_whole() -> None:
    graph = named_graph(*LONG[:4])
    svg = render(GraphFigure(graph=graph, placement=laid_out(graph))).decode()
    titles = short_titles(graph)
    for name in LONG[:4]:
        assert f"{titles[name]} is {name}" in svg
    assert QGuiApplication.instance() is not None


def test_that_a_file_is_not_wider_for_a_name_that_is_longer_than_any_line() -> None:
    long, longest = "block." * 60 + "weight", "x" * 20_000 + ".weight"
    graph = named_graph(long, longest)
    figure = GraphFigure(graph=graph, placement=laid_out(graph))
    area = page(figure)

    assert area.width() < 1200
    assert area.height() < figure.placed.height + 200
    assert "".join(_lines(long, 1000.0)) == long
    assert all(fonts().subtitle.width(line) <= 1000 for line in _lines(long, 1000.0))
    assert _lines(longest, 300.0)[-1].endswith(".weight")
