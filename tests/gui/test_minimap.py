"""The minimap: there where a part of the graph alone is in sight, and a way to the other parts."""

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import action, rested, typed
from windows import opened

from gradviz.ui.canvas.minimap import Minimap
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")


def zoomed(window: MainWindow, qtbot: QtBot) -> Minimap:
    typed(window, qtbot, "a x^3 + b x^2 + sin(c x)")
    for _ in range(5):
        action(window, "gradviz.view.zoom_in").trigger()
    rested(window, qtbot)
    return window.canvas.minimap


def test_that_it_is_there_where_a_part_alone_is_in_sight(window: MainWindow, qtbot: QtBot) -> None:
    minimap = zoomed(window, qtbot)
    assert minimap.isVisible()
    assert window.canvas.rect().contains(minimap.geometry())
    action(window, "gradviz.view.fit").trigger()
    rested(window, qtbot)
    assert not minimap.isVisible()


def test_that_it_leaves_the_node_of_the_step_in_sight(window: MainWindow, qtbot: QtBot) -> None:
    minimap = zoomed(window, qtbot)
    window.workbench.move_cursor(1)
    rested(window, qtbot)
    view, node = window.canvas.view, window.state.current_node
    assert node is not None
    right = minimap.geometry()
    hidden = view.rect_in_view(node)
    assert hidden is not None
    # The node is taken beneath the minimap.
    for bar, distance in (
        (view.horizontalScrollBar(), hidden.center().x() - right.center().x()),
        (view.verticalScrollBar(), hidden.center().y() - right.center().y()),
    ):
        bar.setRange(-2000, 4000)
        bar.setValue(bar.value() + distance)
    moved = view.rect_in_view(node)
    assert moved is not None
    assert moved.intersects(right)
    assert not moved.intersects(minimap.geometry())
    assert window.canvas.rect().contains(minimap.geometry())
    bar = view.horizontalScrollBar()
    bar.setValue(bar.value() + moved.center().x() - window.canvas.width() // 2)
    assert minimap.geometry() == right


def test_that_it_comes_whole_over_a_graph_that_is_wide(window: MainWindow, qtbot: QtBot) -> None:
    action(window, "gradviz.view.direction").trigger()
    typed(window, qtbot, "sin(cos(sin(cos(x))))")
    rested(window, qtbot)
    assert not window.canvas.minimap.isVisible()
    for _ in range(5):
        action(window, "gradviz.view.zoom_in").trigger()
    minimap = window.canvas.minimap
    assert minimap.isVisible()
    assert minimap.width() > 120
    assert window.canvas.rect().contains(minimap.geometry())


def test_that_a_press_and_a_drag_take_the_view_there(window: MainWindow, qtbot: QtBot) -> None:
    minimap = zoomed(window, qtbot)
    view = window.canvas.view
    corners = [QPoint(8, 8), QPoint(minimap.width() - 8, minimap.height() - 8)]
    seen = []
    for corner in corners:
        QTest.mousePress(minimap, Qt.MouseButton.LeftButton, pos=corner)
        seen.append(view.in_sight)
        assert minimap.seen_part().adjusted(-2, -2, 2, 2).contains(corner.toPointF())
    assert seen[0].left() < seen[1].left() or seen[0].top() < seen[1].top()
    QTest.mouseMove(minimap, corners[0])
    QTest.mouseRelease(minimap, Qt.MouseButton.LeftButton, pos=corners[0])
    # It stays there while the window becomes larger, where a fitted graph would be fitted anew.
    scale = view.scale_factor
    window.resize(window.width() - 40, window.height())
    rested(window, qtbot)
    assert view.scale_factor == scale


def test_that_the_seen_part_follows_the_scroll_bars(window: MainWindow, qtbot: QtBot) -> None:
    minimap = zoomed(window, qtbot)
    bar = window.canvas.view.verticalScrollBar()
    bar.setValue(bar.minimum())
    top = minimap.seen_part().top()
    bar.setValue(bar.maximum())
    assert minimap.seen_part().top() > top


def test_that_it_can_be_switched_off_for_good(
    window: MainWindow, settings: QSettings, qtbot: QtBot
) -> None:
    minimap = zoomed(window, qtbot)
    action(window, "gradviz.view.minimap").trigger()
    assert not minimap.isVisible()
    assert not action(window, "gradviz.view.minimap").isChecked()
    window.close()
    later = opened(LocalEngine(), settings, qtbot)
    rested(later, qtbot)
    assert not zoomed(later, qtbot).isVisible()
    action(later, "gradviz.view.minimap").trigger()
    assert later.canvas.minimap.isVisible()
    later.close()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_that_a_fitted_graph_needs_none_once_it_is_trained(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    typed(window, qtbot, "a + b x + c x^2 + d x^3")
    window.workbench.train_one_step()
    rested(window, qtbot)
    # The bar of the training has taken some of the height.
    assert window.history.isVisible()
    assert not window.canvas.minimap.isVisible()
