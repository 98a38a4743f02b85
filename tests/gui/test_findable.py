"""What can be done is seen: menus have arrows, nodes have tips, the focus is marked."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QHelpEvent, QIcon, QImage, QStatusTipEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, ground, place_of, texts_of, typed

from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")

#: The offscreen platform says so of every tool tip.
tool_tips = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)


def image_of(widget: QWidget, part: QRect | None = None) -> QImage:
    return widget.grab(part or widget.rect()).toImage()


def rest(window: MainWindow, place: QPoint) -> None:
    """Leave the mouse where it is for a while: Qt asks for the tool tip then."""
    viewport = window.canvas.view.viewport()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024])
def test_that_a_button_with_a_menu_has_an_arrow(
    window: MainWindow, qtbot: QtBot, theme: str, width: int
) -> None:
    window.choose_theme(theme)
    window.resize(width, 720)
    typed(window, qtbot, "x^3")
    action(window, "gradviz.model.create_graph").trigger()
    qtbot.waitUntil(window.top.direction.isVisible, timeout=SOON_MS)
    buttons = [
        each
        for each in window.findChildren(QToolButton)
        if each.isVisible() and each.popupMode() == QToolButton.ToolButtonPopupMode.InstantPopup
    ]
    assert {window.top.device, window.top.export, window.top.direction} <= set(buttons)
    for button in buttons:
        button.setText("")
        button.setIcon(QIcon())
        end = QRect(button.width() - 22, 8, 16, button.height() - 16)
        with_arrow = image_of(button, end)
        colours = {with_arrow.pixel(x, y) for x in range(16) for y in range(end.height())}
        assert len(colours) > 1, button.accessibleName()


@tool_tips
def test_that_the_tip_of_a_node_stays_while_the_mouse_rests_on_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.state.graph is not None
    place = place_of(window, window.state.graph.output)
    QTest.mouseMove(window.canvas.view.viewport(), ground(window))
    QTest.mouseMove(window.canvas.view.viewport(), place)
    qtbot.waitUntil(lambda: "SumBackward0" in QToolTip.text(), timeout=SOON_MS)
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible(), timeout=SOON_MS)
    rest(window, place)
    assert "SumBackward0" in QToolTip.text()
    QToolTip.hideText()


def test_that_a_tip_of_the_status_bar_leaves_the_state_of_the_engine_in_sight(
    window: MainWindow,
) -> None:
    status = window.statusBar()
    before = [text for text in texts_of(status, QLabel) if text]
    assert any("engine ready" in text for text in before)
    QApplication.sendEvent(window, QStatusTipEvent("Do one training step"))
    assert status.currentMessage() == "Do one training step"
    assert [text for text in texts_of(status, QLabel) if text] == [*before, "Do one training step"]
    QApplication.sendEvent(window, QStatusTipEvent(""))
    assert [text for text in texts_of(status, QLabel) if text] == before


def test_that_a_long_message_is_whole_on_hover_and_pushes_nothing_aside(
    window: MainWindow,
) -> None:
    window.resize(1024, 700)
    status, text = window.statusBar(), "Written to a file with a name of many letters " * 6
    places = [label.geometry() for label in status.findChildren(QLabel) if label.text()]
    status.showMessage(text, 50_000)
    assert [label.geometry() for label in status.findChildren(QLabel) if label.text()][
        : len(places)
    ] == places
    told = status.findChild(QLabel, "told")
    assert told is not None
    assert told.text().endswith("…")
    assert told.fontMetrics().horizontalAdvance(told.text()) <= told.width()
    assert told.toolTip() == text
