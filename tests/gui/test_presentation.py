"""The presentation: the graph and one panel, large, and everything as before once it is left."""

from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, press, rested, typed

from gradviz.render.style import METRICS
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.plots.plot_panel import PlotPanel
from gradviz.ui.presentation.presentation import PRESENTED, Presentation
from gradviz.ui.state.window_state import Notice
from gradviz.ui.widgets.theme import PRESENTED_PIXELS

pytestmark = pytest.mark.usefixtures("layouts")
POLYNOMIAL = "5x^3 + 2x^2 + 4x + 8"


def present(window: MainWindow, qtbot: QtBot) -> Presentation:
    press(window, Qt.Key.Key_F11)
    rested(window, qtbot)
    assert window.presentation.isVisible()
    return window.presentation


def small_texts(widget: QWidget) -> list[str]:
    """Return the visible texts that are lower than a projector needs."""
    found = [
        f"{type(each).__name__} {each.objectName()} {each.fontInfo().pixelSize()}"
        for kind in (QLabel, QAbstractButton, QComboBox)
        for each in widget.findChildren(kind)
        if each.isVisible() and each.fontInfo().pixelSize() < PRESENTED_PIXELS
    ]
    for browser in widget.findChildren(QTextBrowser):
        found += [
            f"{text} {size}"
            for text, size in sizes_in(browser.document())
            if size < PRESENTED_PIXELS and browser.isVisible()
        ]
    return found


def sizes_in(document: QTextDocument) -> list[tuple[str, int]]:
    """Return each piece of a document with its height in pixels."""
    found, block = [], document.begin()
    while block.isValid():
        pieces: Any = block
        for piece in pieces:
            fragment = piece.fragment()
            found.append((fragment.text(), fragment.charFormat().font().pixelSize()))
        block = block.next()
    return found


def is_dark(window: MainWindow) -> bool:
    # The window is painted again once all of it is dark.
    return window.canvas.view._item.look.name == "dark" and window.updatesEnabled()


def seen_panels(window: MainWindow) -> dict[str, bool]:
    return {name: panel.seen for name, panel in window.panels.widgets.items()}


@pytest.mark.parametrize("panel", PRESENTED)
def test_that_no_text_is_small(
    window: MainWindow, settings: QSettings, qtbot: QtBot, panel: str
) -> None:
    settings.setValue("presented_panel", panel)
    typed(window, qtbot, POLYNOMIAL)
    window.workbench.move_cursor(3)
    large = present(window, qtbot)
    assert small_texts(large) == []
    assert window.canvas.view.scale_factor * METRICS.aside_font >= PRESENTED_PIXELS
    assert window.canvas.window() is large


def test_that_plots_have_large_axes_and_thick_lines(
    window: MainWindow, settings: QSettings, qtbot: QtBot
) -> None:
    settings.setValue("presented_panel", "loss")
    window.workbench.choose_steps(5)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step == 5, timeout=4 * SOON_MS)
    rested(window, qtbot)
    (shown,) = (each for each in present(window, qtbot).findChildren(PlotPanel) if each.isVisible())
    (usual,) = (window.panels.widgets["loss"],)
    assert isinstance(usual, PlotPanel)
    usual.set_seen(True)
    usual.refresh()
    assert shown.plot is not None
    assert usual.plot is not None
    for side in ("left", "bottom"):
        axis = shown.plot.getAxis(side)
        assert axis.style["tickFont"].pixelSize() >= PRESENTED_PIXELS
        assert f"{PRESENTED_PIXELS}px" in axis.label.toHtml()
    widths = [
        max(item.opts["pen"].widthF() for item in plot.listDataItems() if item.opts["pen"])
        for plot in (shown.plot, usual.plot)
    ]
    assert widths[0] > widths[1]


@pytest.mark.parametrize("key", [Qt.Key.Key_F11, Qt.Key.Key_Escape])
def test_that_all_is_as_before_when_it_is_left(
    window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    typed(window, qtbot, POLYNOMIAL)
    window.workbench.move_cursor(3)
    view = window.canvas.view
    view.zoom_in()
    rested(window, qtbot)
    home, state = window.canvas.parentWidget(), window.saveState()
    before = (view.scale_factor, view.in_sight.center(), window.canvas.geometry())
    seen, geometry, font = seen_panels(window), window.geometry(), QApplication.font().pixelSize()
    sheet, look = window.styleSheet(), view._item.look
    large = present(window, qtbot)
    press(window, key)
    rested(window, qtbot)
    assert not large.isVisible()
    assert not window.state.presenting
    assert window.canvas.parentWidget() is home
    assert window.canvas.isVisible()
    assert (window.geometry(), window.saveState(), seen_panels(window)) == (geometry, state, seen)
    assert (window.styleSheet(), QApplication.font().pixelSize()) == (sheet, font)
    assert view._item.look is look
    scale, middle, place = before
    assert window.canvas.geometry() == place
    assert view.scale_factor == pytest.approx(scale)
    assert (view.in_sight.center() - middle).manhattanLength() < 3
    assert view.hasFocus()


def test_that_a_fitted_graph_is_fitted_again(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, POLYNOMIAL)
    rested(window, qtbot)
    window.canvas.fit()
    scale = window.canvas.view.scale_factor
    present(window, qtbot)
    press(window, Qt.Key.Key_Escape)
    rested(window, qtbot)
    assert window.canvas.view.scale_factor == pytest.approx(scale)


def test_that_steps_are_taken_and_the_current_node_is_in_sight(
    window: MainWindow, qtbot: QtBot
) -> None:
    rested(window, qtbot)
    window.canvas.view.setFocus()
    large = present(window, qtbot)
    large.resize(1024, 700)
    for step in (1, 2, 3):
        press(window, Qt.Key.Key_Right)
        rested(window, qtbot)
        assert window.state.cursor == step
        node = window.state.current_node
        assert node is not None
        qtbot.waitUntil(
            lambda node=node: window.canvas.view.in_sight.contains(  # type: ignore[misc]
                window.canvas.view._rect_of(node) or window.canvas.view.in_sight
            ),
            timeout=SOON_MS,
        )
        assert f"<b>{step}</b>" in large._bar.where.text()


def test_that_the_panel_is_chosen_there_and_remembered(
    window: MainWindow, settings: QSettings, qtbot: QtBot
) -> None:
    rested(window, qtbot)
    large = present(window, qtbot)
    box = large._bar.panel
    assert box.currentData() == PRESENTED[0]
    box.setFocus()
    QTest.keyClicks(box, "Result")
    rested(window, qtbot)
    assert settings.value("presented_panel") == "result"
    shown = [name for name, panel in large._panels.items() if panel.isVisible() and panel.seen]
    assert shown == ["result"]
    settings.setValue("presented_panel", "nonsense")
    assert large.panel == PRESENTED[0]


def test_that_another_theme_and_model_reach_it(window: MainWindow, qtbot: QtBot) -> None:
    rested(window, qtbot)
    large = present(window, qtbot)
    window.choose_theme("dark")
    qtbot.waitUntil(lambda: window.canvas.view._item.look.stroke > 1 and is_dark(window))
    assert window.canvas.view._item.look.stroke > 1
    window.workbench.choose_model("optim")
    rested(window, qtbot)
    assert window.canvas.view.scale_factor * METRICS.aside_font >= PRESENTED_PIXELS
    assert small_texts(large) == []


def test_that_an_error_is_told_there(window: MainWindow, qtbot: QtBot) -> None:
    rested(window, qtbot)
    large = present(window, qtbot)
    window.state.noticed.emit(Notice("engine", "The engine ended.", "It starts anew."))
    assert large._told.isVisible()
    assert large._told.text() == "The engine ended. It starts anew."


def test_that_the_banner_of_the_window_takes_no_room_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, POLYNOMIAL)
    rested(window, qtbot)
    window.state.noticed.emit(Notice("engine", "The engine ended.", "It starts anew."))
    rested(window, qtbot)
    above = window.canvas.readout.y()
    present(window, qtbot)
    assert window.canvas.readout.y() < above
    press(window, Qt.Key.Key_Escape)
    rested(window, qtbot)
    assert window.canvas.readout.y() == above


def test_that_to_edit_the_expression_leaves_it(window: MainWindow, qtbot: QtBot) -> None:
    rested(window, qtbot)
    large = present(window, qtbot)
    action(window, "gradviz.edit.expression").trigger()
    assert not large.isVisible()
    assert window.top.field.hasFocus() or window.focusWidget() is window.top.field


def test_that_the_window_closes_from_there(window: MainWindow, qtbot: QtBot) -> None:
    rested(window, qtbot)
    large = present(window, qtbot)
    window.close()
    assert not large.isVisible()
    assert not window.state.presenting
