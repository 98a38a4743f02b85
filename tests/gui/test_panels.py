"""The docks: their first places, folding in a narrow window, and what is remembered."""

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
from gradviz.ui.panels import PANELS
from gradviz.ui.panels.plots.fit_panel import FitPanel

pytestmark = pytest.mark.usefixtures("layouts")

#: The offscreen platform says so of every floating panel.
floating_panels = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
SIDES = ("models", "training", "result", "inspector", "explain")
_SCROLLING = ("ScrollLeftButton", "ScrollRightButton")
#: They are opened when they are asked for.
CLOSED = [panel.id for panel in PANELS if not panel.opened]
#: Each stands as a tab behind another panel.
BEHIND = {panel.id: panel.behind for panel in PANELS if panel.behind}
FRONT = tuple(panel.id for panel in PANELS if not panel.behind)


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


def test_that_all_panels_are_seen_and_none_overlaps_another(window: MainWindow) -> None:
    parts = {name: area(window, window.panels.docks[name]) for name in FRONT}
    parts["canvas"] = area(window, window.canvas)
    for widget in (window.top, window.timeline, window.statusBar(), window.menuBar()):
        parts[str(widget)] = area(window, widget)
    assert [name for name in window.panels.docks if seen(window, name)] == list(FRONT)
    assert all(window.rect().contains(part) for part in parts.values())
    names = list(parts)
    for index, name in enumerate(names):
        for other in names[index + 1 :]:
            assert not parts[name].intersects(parts[other]), (name, other)


@pytest.mark.parametrize("text", ["a + b x + c x^2 + d x^3", "5x^3 + 2x^2 + 4x + 8"])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_that_every_text_has_the_room_it_needs(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int], text: str
) -> None:
    resized(window, qtbot, *size)
    typed(window, qtbot, text)
    window.workbench.move_cursor(3)
    rested(window, qtbot)
    assert clipped(window) == []


def test_that_a_narrow_window_folds_its_sides_to_tabs_on_the_left(
    window: MainWindow, qtbot: QtBot
) -> None:
    resized(window, qtbot, 1024, 700)
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 700
    assert [name for name in SIDES if seen(window, name)] == ["models"]
    for name in SIDES:
        left = window.dockWidgetArea(window.panels.docks[name])
        assert left == Qt.DockWidgetArea.LeftDockWidgetArea
    assert window.canvas.width() >= 400
    assert seen(window, "fit")
    assert seen(window, "loss")
    assert abs(window.panels.docks["fit"].width() - window.panels.docks["loss"].width()) < 20


def test_that_the_tabs_of_a_narrow_window_are_whole(window: MainWindow, qtbot: QtBot) -> None:
    resized(window, qtbot, 1024, 700)
    bars = [bar for bar in window.findChildren(QTabBar) if bar.isVisible()]
    texts = [[bar.tabText(index).lower() for index in range(bar.count())] for bar in bars]
    expected = [
        ["fit", "residual", "code", "console", "images", "compare"],
        list(SIDES),
        ["loss", "parameters", "gradients", "optimizer"],
    ]
    assert sorted(texts) == sorted(expected)
    for bar, index in ((each, place) for each in bars for place in range(each.count())):
        needed = bar.fontMetrics().horizontalAdvance(bar.tabText(index))
        assert bar.tabRect(index).width() >= needed + 10
        # Five at the side have no room beside one another, but can be scrolled to.
        assert bar.tabRect(index).right() < bar.width() or bar.count() == len(SIDES)
        assert bar.usesScrollButtons()


def test_that_the_top_bar_of_a_narrow_window_is_whole(window: MainWindow, qtbot: QtBot) -> None:
    for text in ("a + b x", "sin(x)"):
        typed(window, qtbot, text)
        resized(window, qtbot, 1024, 700)
        assert window.top.field.width() >= 250
        controls = [each for each in window.top.findChildren(QWidget) if each.isVisible()]
        for control in (*controls, *window.timeline.findChildren(QToolButton)):
            assert window.rect().contains(area(window, control)), control


def test_that_a_wide_window_unfolds_again(window: MainWindow, qtbot: QtBot) -> None:
    resized(window, qtbot, 1024, 700)
    resized(window, qtbot, 1440, 900)
    assert all(seen(window, name) for name in FRONT)
    right = window.dockWidgetArea(window.panels.docks["inspector"])
    assert right == Qt.DockWidgetArea.RightDockWidgetArea


def test_that_what_is_closed_stays_closed_when_the_window_folds(
    window: MainWindow, qtbot: QtBot
) -> None:
    for name in ("result", "loss"):
        window.panels.docks[name].close()
    for width in (1024, 1440):
        resized(window, qtbot, width, 800)
        closed = [name for name, dock in window.panels.docks.items() if dock.isHidden()]
        assert sorted(closed) == sorted(["result", "loss", *CLOSED])


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
    window.panels.docks["loss"].close()
    window.close()
    settings.sync()
    again = MainWindow(LocalEngine(), settings)
    qtbot.addWidget(again)
    again.show()
    assert again.panels.docks["loss"].isHidden()
    assert not again.panels.docks["fit"].isHidden()
    # How narrow the window may be follows from the model, and there is none yet.
    assert again.height() == window.height()
    again.close()


@floating_panels
def test_that_reset_puts_every_panel_back(window: MainWindow, qtbot: QtBot) -> None:
    first = {name: dock.geometry() for name, dock in window.panels.docks.items()}
    window.panels.docks["loss"].close()
    window.panels.docks["models"].setFloating(True)
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, window.panels.docks["inspector"])
    action(window, "gradviz.view.reset_layout").trigger()
    rested(window, qtbot)
    for name, dock in window.panels.docks.items():
        assert not dock.isFloating()
        assert seen(window, name) == (name in FRONT)
        assert (
            name in BEHIND
            or (dock.geometry().center() - first[name].center()).manhattanLength() < 40
        )


def test_that_an_arrangement_that_is_no_arrangement_does_no_harm(
    settings: QSettings, qtbot: QtBot
) -> None:
    settings.setValue("docks", b"nothing that Qt knows")
    settings.setValue("geometry", b"neither")
    window = MainWindow(LocalEngine(), settings)
    qtbot.addWidget(window)
    window.show()
    hidden = [name for name, dock in window.panels.docks.items() if dock.isHidden()]
    assert hidden == CLOSED
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
