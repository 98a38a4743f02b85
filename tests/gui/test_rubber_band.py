"""A rectangle that is drawn over the graph with Shift: marks, their count, and the zoom to them."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import action, click, ground, place_of, press, rested, typed

from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def drag(window: MainWindow, start: QPoint, end: QPoint) -> None:
    viewport, left = window.canvas.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, left, _SHIFT, start)
    for place in ((start + end) / 2, end):
        QTest.mouseMove(viewport, place)
    QTest.mouseRelease(viewport, left, _SHIFT, end)


def around(window: MainWindow, node: str) -> QRect:
    """Return where a node is in the view, with a little around it."""
    placement, view = window.canvas.placement, window.canvas.view
    assert placement is not None
    (x, y), (width, height) = placement.centers[node], placement.sizes[node]
    corners = (QPointF(x - width / 2, y - height / 2), QPointF(x + width / 2, y + height / 2))
    return QRect(*(view.mapFromScene(corner) for corner in corners)).adjusted(-4, -4, 4, 4)


def status(window: MainWindow) -> str:
    return window.statusBar()._labels["graph"].text()  # type: ignore[attr-defined, no-any-return]


def test_that_a_rectangle_marks_the_nodes_in_it_until_escape(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x")
    rested(window, qtbot)
    view, graph = window.canvas.view, window.state.graph
    assert graph is not None
    node = next(each.id for each in graph.nodes if each.op == "b")
    place = around(window, node)
    before = view.mapFromScene(0, 0)
    drag(window, place.topLeft(), place.bottomRight())
    assert window.state.picked == {node}
    assert view._item.marked == {node}
    assert view.mapFromScene(0, 0) == before
    assert status(window).endswith(", 1 marked")
    view.setFocus()
    press(window, Qt.Key.Key_Escape)
    assert not window.state.picked
    assert not view._item.marked
    assert "marked" not in status(window)
    drag(window, QPoint(1, 1), QPoint(view.width() - 2, view.height() - 2))
    assert window.state.picked == graph.node.keys()
    click(window, ground(window))
    assert not window.state.picked


def test_that_zoom_to_selection_fits_the_marked_nodes(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x + c x^2 + d x^3 + sin(e x) + cos(f x)")
    rested(window, qtbot)
    view, graph = window.canvas.view, window.state.graph
    assert graph is not None
    zoom = action(window, "gradviz.view.zoom_to_selection")
    window.workbench.select(None)
    window.workbench.move_cursor(0)
    assert not zoom.isEnabled()
    node = next(each.id for each in graph.nodes if each.op == "Sin")
    place = around(window, node)
    drag(window, place.topLeft(), place.bottomRight())
    before = view.scale_factor
    zoom.trigger()
    assert view.scale_factor > before
    middle = QRect(view.viewport().rect()).center()
    assert (place_of(window, node) - middle).manhattanLength() < view.height() / 4
    assert view.viewport().rect().contains(around(window, node))
