"""DOT source, read back by Graphviz itself."""

import re
from xml.etree import ElementTree as ET

import pygraphviz
import pytest
from export_cases import LABELS
from graphs_in_groups import grouped
from sample_graphs import labelled_graph, shared_graph, tutorial_graph, tutorial_trace

from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.outline import Showing
from gradviz.export.figure import GraphFigure
from gradviz.export.formats.dot import render
from gradviz.render.characters import visible
from gradviz.render.style import LIGHT


def read(source: bytes) -> pygraphviz.AGraph:
    return pygraphviz.AGraph(string=source.decode())


def drawn_texts(source: bytes) -> list[str]:
    """Return the lines that Graphviz shows."""
    svg = read(source).draw(format="svg", prog="dot")
    root = ET.fromstring(svg)  # noqa: S314 - our own file
    return [(element.text or "") for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_that_nodes_and_arrows_from_leaf_to_output_are_there() -> None:
    graph = read(render(GraphFigure(graph=tutorial_graph())))
    assert graph.number_of_nodes() == 13
    assert ("n12", "n10") in graph.edges()
    assert graph.get_node("n12").attr["fillcolor"] == "lightblue"
    assert graph.get_node("n0").attr["fillcolor"] == "darkolivegreen1"
    assert graph.get_node("n12").attr["label"] == "b\\n0.8372\\n()"


@pytest.mark.parametrize("label", LABELS)
def test_that_graphviz_shows_any_label_as_it_was(label: str) -> None:
    shown = drawn_texts(render(GraphFigure(graph=labelled_graph(label))))
    # Graphviz writes a space that must not be lost as one that cannot be broken.
    texts = {text.replace("\u00a0", " ").strip() for text in shown}
    assert visible(label).strip() in texts


def test_that_ids_cannot_become_ports_or_syntax() -> None:
    graph = Graph(
        nodes=(
            Node(id="a:b", op="Mul", name="MulBackward0", kind="output"),
            Node(id='"}', op="x", name="AccumulateGrad", kind="leaf"),
        ),
        edges=(Edge(id="e", source='"}', target="a:b", slot=0),),
        output="a:b",
    )
    assert read(render(GraphFigure(graph=graph))).edges() == [("n1", "n0")]


def test_that_a_label_longer_than_graphviz_reads_is_shortened() -> None:
    assert read(render(GraphFigure(graph=labelled_graph("w" * 40_000)))).number_of_nodes() == 2


def test_that_the_gradient_turns_its_arrows_around() -> None:
    source = render(GraphFigure(graph=tutorial_graph(), trace=tutorial_trace(), cursor=5))
    graph = read(source)
    now = graph.get_edge("n5", "n3").attr
    assert (now["dir"], now["color"], now["label"]) == ("back", LIGHT.now, "grad ‖·‖ 958.5")
    assert graph.get_edge("n8", "n5").attr["style"] == "dashed"
    assert graph.get_edge("n1", "n0").attr["color"] == LIGHT.done
    assert graph.get_edge("n12", "n10").attr["dir"] in (None, "")
    assert graph.get_node("n5").attr["color"] == LIGHT.now


def test_that_the_same_graph_gives_the_same_bytes() -> None:
    first, second = (render(GraphFigure(graph=shared_graph())) for _ in range(2))
    assert first == second
    assert not re.search(rb"0x[0-9a-f]{6,}", first)


def test_that_an_open_group_is_a_cluster_and_a_closed_one_a_node() -> None:
    graph = grouped(
        tutorial_graph(),
        poly=["add3"],
        poly__terms=["add2", "add1", "a", "mulc", "c"],
        poly__b=["mulb", "b"],
        loss=["pow", "sub"],
    )
    opened = Showing(opened=frozenset({"poly", "poly.terms"}))
    drawn = read(render(GraphFigure(graph=graph, showing=opened)))
    (outer,) = drawn.subgraphs()
    (inner,) = outer.subgraphs()
    assert (outer.graph_attr["label"], inner.graph_attr["label"]) == ("poly: Poly", "terms: Terms")
    labels = {node: node.attr["label"].split("\\n") for node in drawn.nodes()}
    (closed,) = (node for node, label in labels.items() if label[0] == "b")
    assert labels[closed] == ["b", "B", "2 nodes"]
    assert (closed in outer.nodes(), closed in inner.nodes()) == (True, False)
    assert len(inner.nodes()) == 5
    assert len(outer.nodes()) == 7
    assert len(drawn.nodes()) == 13 - 1 - 1


def test_that_an_edge_tells_how_many_it_stands_for() -> None:
    graph = grouped(shared_graph(), sums=["y", "sq", "lin"])
    drawn = read(render(GraphFigure(graph=graph, showing=Showing())))
    assert [edge.attr["label"] for edge in drawn.edges()] == ["×2"]


@pytest.mark.parametrize("label", LABELS)
def test_that_any_name_of_a_group_is_shown_as_it_is(label: str) -> None:
    title = label.replace(".", "")
    graph = grouped(labelled_graph("y"), **{title: ["y"]})
    for opened in (frozenset({title}), frozenset[str]()):
        source = render(GraphFigure(graph=graph, showing=Showing(opened=opened)))
        shown = " ".join(drawn_texts(source)).replace("\u00a0", " ")
        assert visible(title).strip() in shown
