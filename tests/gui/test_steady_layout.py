"""Nothing moves that the user did not move: the graph, the timeline, the titles of panels."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QMenu, QTabBar
from pytestqt.qtbot import QtBot
from window_acts import rested, typed

from gradviz.ui.canvas.overlays import CanvasBar
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.window_state import Notice

pytestmark = pytest.mark.usefixtures("layouts")

SIZES = [(1440, 900), (1280, 720), (1024, 700)]
#: The offscreen platform says so of every menu.
popups = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)


def view_of(window: MainWindow) -> tuple[float, QPointF]:
    """Return the scale of the graph, and the point of it that is in the upper left corner."""
    view = window.canvas.view
    return view.scale_factor, view.mapToScene(0, 0)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("zoomed", [False, True])
def test_that_a_notice_leaves_scale_and_place_of_the_graph(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int], zoomed: bool
) -> None:
    window.resize(*size)
    typed(window, qtbot, "a + b x + c x^2")
    if zoomed:
        window.canvas.zoom_in()
    rested(window, qtbot)
    before, bar = view_of(window), window.canvas.findChild(CanvasBar)
    assert bar is not None
    place = bar.geometry()
    window.state.noticed.emit(Notice("engine", "It did not work. " * 12, "Do it otherwise."))
    rested(window, qtbot)
    assert window.notices.isVisible()
    assert view_of(window) == before
    covered = QRect(window.notices.mapTo(window, QPoint()), window.notices.size())
    here = QRect(bar.mapTo(window, QPoint()), bar.size())
    assert not covered.intersects(here)
    text = window.notices.text
    assert text.height() >= text.heightForWidth(text.width())
    window.notices.hide()
    rested(window, qtbot)
    assert view_of(window) == before
    assert bar.geometry() == place


@pytest.mark.parametrize("size", SIZES)
def test_that_the_timeline_keeps_its_width_at_every_step(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    widths = set()
    for text in ("x^2", "a + sigmoid(b x) + P3(c x)", "log(1 + exp(x)) + sqrt(abs(sin(x)))"):
        typed(window, qtbot, text)
        for cursor in range(window.state.first_cursor, len(window.state.steps) + 1):
            window.workbench.move_cursor(cursor)
            rested(window, qtbot)
            widths.add(window.timeline.scrubber.width())
    assert len(widths) == 1


def test_that_both_lines_of_the_place_of_the_walk_are_in_sight(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x + c x^2")
    rested(window, qtbot)
    where = window.timeline.findChild(QLabel, "where")
    assert isinstance(where, QLabel)
    assert "of step 0" in where.text()
    assert where.height() >= where.sizeHint().height()


def titles_of(window: MainWindow, dock: QDockWidget) -> int:
    """Return how many times the title of a panel in front is seen."""
    bars = [bar for bar in window.findChildren(QTabBar) if window.rect().contains(bar.geometry())]
    tabs = [bar.tabText(place) for bar in bars for place in range(bar.count())]
    return tabs.count(dock.windowTitle()) + (dock.titleBarWidget() is None)


@popups
@pytest.mark.parametrize("size", SIZES)
def test_that_the_title_of_a_panel_stands_once(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    rested(window, qtbot)
    for name, dock in window.panels.docks.items():
        if window.panels.widgets[name].seen:
            assert titles_of(window, dock) == 1, name
    window.panels.docks["fit"].setFloating(True)
    rested(window, qtbot)
    assert window.panels.docks["fit"].titleBarWidget() is None
    window.panels.docks["explain"].close()
    rested(window, qtbot)
    assert titles_of(window, window.panels.docks["inspector"]) == 1


@popups
def test_that_a_tab_floats_and_closes_its_panel(window: MainWindow, qtbot: QtBot) -> None:
    window.workbench.choose_workspace("train")
    rested(window, qtbot)
    bar = next(
        bar
        for bar in window.findChildren(QTabBar)
        if bar.isVisible() and "CODE" in [bar.tabText(i) for i in range(bar.count())]
    )
    place = [bar.tabText(i) for i in range(bar.count())].index("CODE")
    for entry, dock in (
        ("Close", window.panels.docks["code"]),
        ("Float", window.panels.docks["console"]),
    ):
        place = [bar.tabText(i) for i in range(bar.count())].index(dock.windowTitle())
        bar.customContextMenuRequested.emit(bar.tabRect(place).center())
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        next(each for each in menu.actions() if each.text() == entry).trigger()
        menu.close()
        rested(window, qtbot)
    assert window.panels.docks["code"].isHidden()
    assert window.panels.docks["console"].isFloating()
