"""The words of a drawn graph: of a large one, of those boxes that are in sight or near."""

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sample_graphs import tutorial_graph, tutorial_trace, wide_graph

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Placement
from gradviz.render.picture import picture
from gradviz.render.shades import Shades
from gradviz.render.style import LIGHT
from gradviz.ui.canvas.graph_item import GraphItem
from gradviz.ui.canvas.spoken_graph import SpokenGraph

_WIDTH, _HEIGHT, _ACROSS = 100.0, 40.0, 50


class _View:
    """Sees a part of the graph at its own size."""

    def __init__(self, item: GraphItem, in_sight: QRectF) -> None:
        self._item, self.seen = item, in_sight
        self.clicked: list[str] = []

    @property
    def in_sight(self) -> QRectF:
        return self.seen

    def place_of(self, item: str) -> QRectF | None:
        placement = self._item.placement
        assert placement is not None
        if item not in placement.centers:
            return None
        x, y = placement.centers[item]
        return QRectF(x - _WIDTH / 2, y - _HEIGHT / 2, _WIDTH, _HEIGHT)

    def in_pixels(self, place: QRectF) -> QRect:
        return place.translated(-self.seen.topLeft()).toRect()

    def item_at(self, place: QPoint) -> str | None:
        return None

    def click_on(self, item: str) -> None:
        self.clicked.append(item)


def placed(graph: Graph) -> Placement:
    """Return the nodes in rows of fifty."""
    places = {
        node.id: (
            (number % _ACROSS + 0.5) * 2 * _WIDTH,
            (number // _ACROSS + 0.5) * 2 * _HEIGHT,
        )
        for number, node in enumerate(graph.nodes)
    }
    return Placement(
        plan="rows",
        width=2 * _WIDTH * _ACROSS,
        height=2 * _HEIGHT * (len(places) // _ACROSS + 1),
        centers=places,
        curves={},
        sizes=dict.fromkeys(places, (_WIDTH, _HEIGHT)),
    )


def told(owner: QWidget, graph: Graph, in_sight: QRectF) -> tuple[SpokenGraph, GraphItem, _View]:
    item = GraphItem(LIGHT, owner)
    item.graph, item.picture, item.placement = graph, picture(graph), placed(graph)
    view = _View(item, in_sight)
    return SpokenGraph(item, view), item, view


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    """Return a widget to which the items belong."""
    owner = QWidget()
    qtbot.addWidget(owner)
    return owner


def test_that_of_a_large_graph_the_boxes_in_sight_or_near_are_told(owner: QWidget) -> None:
    graph = wide_graph(15_000)
    spoken, _, view = told(owner, graph, QRectF(0, 0, 1000, 400))
    first = spoken.keys()
    # Half of the sight's size around it is near.
    assert 20 <= len(first) <= 100
    assert graph.nodes[0].id in first
    view.seen = QRectF(4000, 8000, 1000, 400)
    other = spoken.keys()
    assert not set(first) & set(other)
    assert 20 <= len(other) <= 150


def test_that_nothing_is_made_anew_while_nothing_has_changed(owner: QWidget) -> None:
    graph = wide_graph(2000)
    spoken, item, _ = told(owner, graph, QRectF(0, 0, 1000, 400))
    keys = spoken.keys()
    assert spoken.keys() is keys
    # Another recording of the same graph, in the same places.
    item.graph = wide_graph(2000)
    assert spoken.keys() is keys


def test_that_boxes_are_read_in_rows(owner: QWidget) -> None:
    graph = wide_graph(150)
    spoken, _, _ = told(owner, graph, QRectF(0, 0, 1000, 400))
    assert list(spoken.keys()) == [node.id for node in graph.nodes]


def test_that_a_verdict_and_the_state_are_told(owner: QWidget) -> None:
    graph, trace = tutorial_graph(), tutorial_trace()
    spoken, item, view = told(owner, graph, QRectF(0, 0, 1000, 400))
    item.picture = picture(graph, trace, 1)
    now = trace.steps[0].node
    item.shades = Shades(verdicts={now: "exploding"})
    part = spoken.part(now)
    assert part is not None
    assert part.value.endswith("current step, exploding")
    assert spoken.part("no such node") is None
    spoken.choose(now)
    assert view.clicked == [now]


def test_that_the_chosen_box_is_the_current_part(owner: QWidget) -> None:
    graph = tutorial_graph()
    spoken, item, _ = told(owner, graph, QRectF(0, 0, 1000, 400))
    assert spoken.current() is None
    item.selected = graph.output
    assert spoken.current() == graph.output
    part = spoken.part(graph.output)
    assert part is not None
    assert part.chosen
    item.selected = "gone"
    assert spoken.current() is None
