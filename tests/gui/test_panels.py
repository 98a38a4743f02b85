"""The docks: no overlap, no cut text, folding in a narrow window, and what is remembered."""

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QPoint, QRect, QSettings, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QMenu,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, rested, typed

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.plots.fit_panel import FitPanel
from gradviz.ui.workspaces import WORKSPACES, workspace_named

pytestmark = pytest.mark.usefixtures("layouts")

#: The offscreen platform says so of every floating panel.
floating_panels = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
SIZES = [(1440, 900), (1280, 720), (1024, 700)]
_SCROLLING = ("ScrollLeftButton", "ScrollRightButton")
NAMES = [row.id for row in WORKSPACES]


def fronts(workspace: str, width: int = 1440) -> set[str]:
    """Return the panels that are in front in a workspace at first."""
    places = workspace_named(workspace).arrangement_for(width).places
    return {place.opened[0] for place in places if place.opened}


def closed(window: MainWindow) -> set[str]:
    return {name for name, dock in window.panels.docks.items() if dock.isHidden()}


def resized(window: MainWindow, qtbot: QtBot, width: int, height: int) -> None:
    window.resize(width, height)
    qtbot.waitUntil(lambda: window.canvas.view.viewport().width() > 0, timeout=SOON_MS)
    rested(window, qtbot)


def area(window: MainWindow, widget: QWidget) -> QRect:
    """Return where a widget is in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def seen(window: MainWindow, name: str) -> bool:
    """Tell whether any of a panel can be seen: it is not behind another tab, nor closed."""
    dock = window.panels.docks[name]
    return dock.isVisible() and (dock.isFloating() or window.rect().intersects(dock.geometry()))


def clipped(window: MainWindow) -> list[str]:
    """Return the texts of controls that have less room than they need."""
    found = []
    for kind in (QLabel, QToolButton, QComboBox, QAbstractButton):
        for widget in window.findChildren(kind):
            # The bars of tabs have buttons to scroll with, as narrow as Qt makes them.
            meant_to_elide = widget.objectName() in ("hint", *_SCROLLING)
            wraps = isinstance(widget, QLabel) and widget.wordWrap()
            if widget.visibleRegion().isEmpty() or meant_to_elide or wraps:
                continue
            if widget.width() < widget.minimumSizeHint().width():
                found.append(f"{widget} {widget.accessibleName()}")
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_that_panels_are_seen_whole_and_none_overlaps_another(
    window: MainWindow, qtbot: QtBot, name: str, size: tuple[int, int]
) -> None:
    resized(window, qtbot, *size)
    window.workbench.choose_workspace(name)
    rested(window, qtbot)
    wanted = fronts(name, size[0])
    assert {each for each in window.panels.docks if seen(window, each)} == wanted
    parts = {each: area(window, window.panels.docks[each]) for each in wanted}
    parts["canvas"] = area(window, window.canvas)
    for widget in (window.top, window.timeline, window.statusBar(), window.menuBar()):
        parts[str(widget)] = area(window, widget)
    assert all(window.rect().contains(part) for part in parts.values())
    names = list(parts)
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            assert not parts[one].intersects(parts[other]), (one, other)


@pytest.mark.parametrize("text", ["a + b x + c x^2 + d x^3", "5x^3 + 2x^2 + 4x + 8"])
@pytest.mark.parametrize("size", SIZES)
def test_that_every_text_has_the_room_it_needs(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int], text: str
) -> None:
    resized(window, qtbot, *size)
    typed(window, qtbot, text)
    window.workbench.move_cursor(3)
    for name in NAMES:
        window.workbench.choose_workspace(name)
        rested(window, qtbot)
        assert clipped(window) == [], name


def test_that_a_narrow_window_folds_its_sides_to_one_column(
    window: MainWindow, qtbot: QtBot
) -> None:
    resized(window, qtbot, 1024, 700)
    for name in NAMES:
        window.workbench.choose_workspace(name)
        rested(window, qtbot)
        assert window.minimumSizeHint().width() <= 1024
        assert window.minimumSizeHint().height() <= 700
        docks = [window.panels.docks[each] for each in fronts(name, 1024)]

        sides = {window.dockWidgetArea(dock) for dock in docks}
        assert len(sides - {Qt.DockWidgetArea.BottomDockWidgetArea}) == 1
        assert window.canvas.width() >= 600


@pytest.mark.parametrize("size", SIZES)
def test_that_the_tabs_of_panels_are_whole(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    resized(window, qtbot, *size)
    for name in NAMES:
        window.workbench.choose_workspace(name)
        rested(window, qtbot)
        bars = [bar for bar in window.findChildren(QTabBar) if bar.isVisible() and bar.count()]
        for bar, index in ((each, place) for each in bars for place in range(each.count())):
            needed = bar.fontMetrics().horizontalAdvance(bar.tabText(index))
            assert bar.tabRect(index).width() >= needed + 10
            assert bar.tabRect(index).right() < bar.width(), (name, bar.tabText(index))


def test_that_the_top_bar_of_a_narrow_window_is_whole(window: MainWindow, qtbot: QtBot) -> None:
    for text in ("a + b x", "sin(x)"):
        typed(window, qtbot, text)
        resized(window, qtbot, 1024, 700)
        assert window.top.field.width() >= 250
        controls = [each for each in window.top.findChildren(QWidget) if each.isVisible()]
        steps = [each for each in window.timeline.findChildren(QToolButton) if each.isVisible()]
        for control in (*controls, *steps):
            assert window.rect().contains(area(window, control)), control


def test_that_what_is_closed_stays_closed_when_the_window_folds(
    window: MainWindow, qtbot: QtBot
) -> None:
    before = closed(window)
    for name in ("result", "models"):
        window.panels.docks[name].close()
    for width in (1024, 1440):
        resized(window, qtbot, width, 800)
        assert closed(window) == before | {"result", "models"}


@floating_panels
def test_that_what_floats_goes_on_floating_when_the_window_folds(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.panels.docks["inspector"].setFloating(True)
    for width in (1024, 1440):
        resized(window, qtbot, width, 800)
        floating = [name for name, dock in window.panels.docks.items() if dock.isFloating()]
        assert floating == ["inspector"]


def test_that_a_panel_comes_back_from_the_view_menu(window: MainWindow) -> None:
    dock = window.panels.docks["fit"]
    dock.close()
    assert not seen(window, "fit")
    entries = [each for menu in window.menuBar().findChildren(QMenu) for each in menu.actions()]
    entry = next(each for each in entries if each.text() == "Fit" and each.isCheckable())
    entry.trigger()
    assert seen(window, "fit")


def test_that_the_panels_are_as_they_were_when_the_window_is_opened_again(
    window: MainWindow, settings: QSettings, qtbot: QtBot
) -> None:
    resized(window, qtbot, 780, 600)
    window.panels.docks["result"].close()
    window.close()
    settings.sync()
    again = MainWindow(LocalEngine(), settings)
    qtbot.addWidget(again)
    again.show()
    assert again.panels.docks["result"].isHidden()
    assert not again.panels.docks["fit"].isHidden()
    # How narrow the window may be follows from the model, and there is none yet.
    assert again.height() == window.height()
    again.close()


@floating_panels
def test_that_reset_puts_every_panel_back(window: MainWindow, qtbot: QtBot) -> None:
    first = {name: window.panels.docks[name].geometry() for name in fronts("learn")}
    shut = closed(window)
    window.panels.docks["result"].close()
    window.panels.docks["models"].setFloating(True)
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, window.panels.docks["explain"])
    action(window, "gradviz.view.reset_layout").trigger()
    rested(window, qtbot)
    assert closed(window) == shut
    for name, dock in window.panels.docks.items():
        assert not dock.isFloating()
        assert seen(window, name) == (name in first)
    for name, was in first.items():
        now = window.panels.docks[name].geometry()
        assert (now.center() - was.center()).manhattanLength() < 40


def test_that_an_arrangement_that_is_no_arrangement_does_no_harm(
    settings: QSettings, qtbot: QtBot
) -> None:
    settings.setValue("workspaces/learn/0/state", b"nothing that Qt knows")
    settings.setValue("geometry", b"neither")
    window = MainWindow(LocalEngine(), settings)
    qtbot.addWidget(window)
    window.show()
    assert {name for name in window.panels.docks if seen(window, name)} == fronts("learn")
    window.close()


def test_that_a_plot_of_what_has_no_value_stays_empty(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "log(x - 100)")
    fit = window.panels.widgets["fit"]
    assert isinstance(fit, FitPanel)
    shown = [name for name, curve in fit.curves.items() if curve.isVisible()]
    fit.grab()
    assert shown == []
    typed(window, qtbot, "log(x + 100)")
    assert fit.curves["point"].getData()[1].tolist() == pytest.approx([4.624973])
