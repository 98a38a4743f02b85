"""Boxes that fit every text they may show."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from sample_graphs import labelled_graph, scalar, shared_graph, tutorial_graph, tutorial_trace

from gradviz.core.graphs.graph import Graph, Node, NodeKind
from gradviz.render.fonts import fonts
from gradviz.render.measure import boxes, links
from gradviz.render.picture import picture
from gradviz.render.style import METRICS

pytestmark = pytest.mark.usefixtures("qapp")


def test_that_every_text_fits_at_every_step() -> None:
    graph, faces = tutorial_graph(), fonts()
    by_id = {box.id: box for box in boxes(graph)}
    for cursor in range(14):
        for view in picture(graph, tutorial_trace(), cursor).nodes.values():
            room = by_id[view.id].width - 2 * METRICS.padding_x
            first = faces.title.width(view.title) + faces.aside.width(view.aside)
            second = faces.subtitle.width(view.subtitle)
            second += faces.value.width(view.gradient or view.value)
            assert first + METRICS.tick < room
            assert second < room


def test_that_boxes_are_never_smaller_than_a_node_must_be() -> None:
    for box in boxes(shared_graph()):
        assert box.width >= METRICS.node_width
        assert box.height >= METRICS.node_height


def test_that_only_leaves_may_be_split() -> None:
    assert {box.id for box in boxes(tutorial_graph()) if box.leaf} == {"a", "b", "c", "d"}


def test_that_a_very_long_name_does_not_make_the_box_endless() -> None:
    assert all(box.width < 600 for box in boxes(labelled_graph("w" * 4_000)))


def test_that_links_follow_the_edges() -> None:
    graph: Graph = tutorial_graph()
    assert [msgspec.structs.astuple(link) for link in links(graph)] == [
        (edge.id, edge.source, edge.target) for edge in graph.edges
    ]


def test_that_a_larger_interface_font_does_not_change_the_graph(qapp: QApplication) -> None:
    before = boxes(tutorial_graph())
    font = qapp.font()
    try:
        larger = qapp.font()
        larger.setPointSize(font.pointSize() + 6)
        qapp.setFont(larger)
        assert boxes(tutorial_graph()) == before
    finally:
        qapp.setFont(font)


@given(st.lists(st.one_of(st.none(), st.floats(width=32), st.floats()), min_size=1, max_size=8))
def test_that_nodes_measured_together_are_as_wide_as_each_alone(values: list[float | None]) -> None:
    def node(place: int, kind: NodeKind, value: float | None) -> Node:
        summary = None if value is None else scalar(value)
        return Node(id=f"{kind}{place}", op="Mul", name="M", kind=kind, value=summary)

    nodes = [
        node(place, kind, value)
        for place, value in enumerate(values)
        for kind in ("operation", "leaf")
    ]
    together = boxes(Graph(nodes=tuple(nodes), edges=(), output=nodes[0].id))
    alone = [boxes(Graph(nodes=(each,), edges=(), output=each.id))[0] for each in nodes]
    assert list(together) == alone
