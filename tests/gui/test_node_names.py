"""Nodes by the names of the forward or the backward pass, in the window and after a restart."""

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, rested, typed
from windows import opened

from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")


def titles(window: MainWindow) -> list[str]:
    shown = window.canvas.picture()
    assert shown is not None
    return [view.title for view in shown.nodes.values()]


def widths(window: MainWindow) -> dict[str, float]:
    placement = window.canvas.placement
    assert placement is not None
    return {node: width for node, (width, _) in placement.sizes.items()}


def test_that_an_action_names_nodes_as_the_backward_pass_does(
    window: MainWindow, qtbot: QtBot, settings: QSettings
) -> None:
    typed(window, qtbot, "tan(a x) + b")
    graph = window.state.graph
    assert graph is not None
    operations = [node for node in graph.nodes if node.kind != "leaf"]
    leaves = [node.op for node in graph.nodes if node.kind == "leaf"]
    before = widths(window)
    backward = action(window, "gradviz.view.backward_names")
    backward.trigger()
    assert backward.isChecked()
    qtbot.waitUntil(lambda: widths(window) != before, timeout=SOON_MS)
    rested(window, qtbot)
    assert set(titles(window)) == {*(node.name for node in operations), *leaves}
    assert window.state.graph is graph
    assert not window.canvas.marks.came
    backward.trigger()
    qtbot.waitUntil(lambda: widths(window) == before, timeout=SOON_MS)
    assert set(titles(window)) == {*(node.op for node in operations), *leaves}


def test_that_the_names_are_remembered(window: MainWindow, qtbot: QtBot) -> None:
    action(window, "gradviz.view.backward_names").trigger()
    again = opened(type(window._engine)(), window._settings, qtbot)
    rested(again, qtbot)
    assert action(again, "gradviz.view.backward_names").isChecked()
    assert "AddBackward0" in " ".join(titles(again))
    again.close()
