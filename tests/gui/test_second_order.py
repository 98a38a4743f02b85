"""The graph of the gradient in the window: switched on, stepped, turned to another direction."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, press, shown, typed

from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")
CUBIC = "5x^3 + 2x^2 + 4x + 8"


def order(window: MainWindow) -> int:
    """Return the order of the graph that is shown."""
    return window.state.graph.order if window.state.graph else 0


def direction(window: MainWindow) -> str:
    """Return along what the model that stands is differentiated."""
    return window.state.built.model.direction if window.state.built else ""


def differentiated(window: MainWindow, qtbot: QtBot, source: str) -> None:
    """Type an expression and switch second order on."""
    typed(window, qtbot, source)
    press(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: order(window) == 2 and shown(window), timeout=SOON_MS)


def test_that_the_gradients_graph_is_stepped_with_the_same_keys(
    window: MainWindow, qtbot: QtBot
) -> None:
    differentiated(window, qtbot, CUBIC)
    press(window, Qt.Key.Key_End)
    assert window.state.cursor == len(window.state.steps)
    assert "d²y/dx² = <b>64</b>" in window.canvas.readout.text()
    assert action(window, "gradviz.model.create_graph").isChecked()
    assert window.top.direction.isVisible()
    press(window, Qt.Key.Key_Home)
    walked = [window.state.cursor]
    while window.state.cursor < len(window.state.steps):
        press(window, Qt.Key.Key_Right)
        walked.append(window.state.cursor)
    assert walked == list(range(walked[0], len(window.state.steps) + 1))
    press(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: order(window) == 1 and shown(window), timeout=SOON_MS)
    assert not window.top.direction.isVisible()
    assert not action(window, "gradviz.model.create_graph").isChecked()


def test_that_no_slope_is_told_that_is_none(window: MainWindow, qtbot: QtBot) -> None:
    differentiated(window, qtbot, CUBIC)
    assert "dy/dx" not in window.canvas.readout.text()
    labels = window.panels.widgets["result"].findChildren(QLabel)
    texts = [label.text() for label in labels]
    assert "d²y/dx²" in texts
    assert "dy/dx" not in texts


def test_that_a_leaf_is_chosen_as_the_direction(window: MainWindow, qtbot: QtBot) -> None:
    differentiated(window, qtbot, "a + b x")
    window.top.direction.fill()
    offered = {each.text(): each for each in window.top.direction.menu().actions()}
    assert {"Along all ones", "Along the gradient itself", "Along a alone"} <= offered.keys()
    offered["Along b alone"].trigger()
    qtbot.waitUntil(lambda: direction(window) == "b", timeout=SOON_MS)
    assert "along b alone" in window.top.direction.text()
    # Another model has no b, and is differentiated along ones again.
    typed(window, qtbot, "c x^2")
    assert direction(window) == "ones"
    assert order(window) == 2


def test_that_a_refused_order_leaves_the_graph_and_the_switch(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "4x + 8")
    press(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.notices.isVisible, timeout=SOON_MS)
    assert "gradient is constant" in window.notices.text.text()
    assert order(window) == 1
    assert not action(window, "gradviz.model.create_graph").isChecked()
