"""A node whose gradient has come shows its value too, above it, and the texts do not overlap."""

from itertools import combinations

import msgspec
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from sample_graphs import shared_graph, shared_trace, tutorial_graph, tutorial_trace

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.render import node_painter
from gradviz.render.fonts import Face
from gradviz.render.measure import boxes
from gradviz.render.picture import NodeView, picture
from gradviz.render.style import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")
_CASES = ((shared_graph(), shared_trace()), (tutorial_graph(), tutorial_trace()))


def texts(view: NodeView, rect: QRectF, monkeypatch: pytest.MonkeyPatch) -> dict[str, QRectF]:
    """Paint one node, and return where each of its texts stands."""
    found: dict[str, QRectF] = {}

    def note(
        painter: QPainter, face: Face, x: float, baseline: float, text: str, color: str
    ) -> None:
        if text:
            place = QRectF(x, baseline - face.ascent, face.width(text), face.ascent)
            found[text] = painter.transform().mapRect(place)

    monkeypatch.setattr(node_painter, "_text", note)
    image = QImage(600, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    node_painter.paint_node(painter, view, rect, LIGHT, 1.0, title=view.title, ghost=False)
    node_painter.paint_values(painter, view, rect, LIGHT, 1.0)
    painter.end()
    return found


@pytest.mark.parametrize(("graph", "trace"), _CASES)
def test_that_every_number_of_an_operation_stays_when_its_gradient_comes(
    graph: Graph, trace: Trace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = {box.id: QRectF(10, 10, box.width, box.height) for box in boxes(graph)}
    shown = 0
    for cursor in range(len(trace.steps) + 1):
        for view in picture(graph, trace, cursor).nodes.values():
            found = texts(view, sizes[view.id], monkeypatch)
            assert all(sizes[view.id].contains(each) for each in found.values())
            for one, other in combinations(found.values(), 2):
                assert not one.adjusted(0.5, 0.5, -0.5, -0.5).intersects(other)
            if view.kind != "leaf" and view.gradient and view.has_number:
                assert found[view.value].bottom() < found[view.gradient].bottom()
                shown += 1
    assert shown


def test_that_a_shape_is_whole_or_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    graph, trace = tutorial_graph(), tutorial_trace()
    sizes = {box.id: box for box in boxes(graph)}
    seen: set[bool] = set()
    for view in picture(graph, trace, len(trace.steps)).nodes.values():
        if view.kind == "leaf":
            continue
        shape = "(784, 512)"
        bare = msgspec.structs.replace(view.node, label="", shape=(784, 512))
        told = msgspec.structs.replace(view, node=bare)
        for width in (60.0, sizes[view.id].width, 400.0):
            found = texts(told, QRectF(10, 10, width, sizes[view.id].height), monkeypatch)
            assert not [text for text in found if "…" in text and "(" in text]
            seen.add(shape in found)
    assert seen == {True, False}


def test_that_a_label_is_left_out_where_next_to_nothing_of_it_has_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph, trace = tutorial_graph(), tutorial_trace()
    view = next(
        each
        for each in picture(graph, trace, len(trace.steps)).nodes.values()
        if each.kind == "operation" and each.gradient
    )
    long = msgspec.structs.replace(view, node=msgspec.structs.replace(view.node, label="a + b·x"))
    cut: set[str] = set()
    for width in range(60, 260, 4):
        found = texts(long, QRectF(10, 10, width, 44), monkeypatch)
        cut |= {text for text in found if "…" in text}
    assert all(len(text) >= 6 for text in cut)
    assert "a + b·x" in texts(long, QRectF(10, 10, 300, 44), monkeypatch)
