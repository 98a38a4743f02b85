"""A network of two inputs in the window: its points, its surface while it learns, its targets."""

import numpy as np
import pytest
from local_engine import LocalEngine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, rested, typed
from windows import PATIENCE_MS

from gradviz.protocol.commands import BuildModel
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.plots.plane_panel import PlanePanel
from gradviz.ui.panels.training.training_panel import TrainingPanel

pytestmark = pytest.mark.usefixtures("layouts")

_NETWORK = "Linear(2, 8), Tanh(), Linear(8, 1)"


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot) -> PlanePanel:
    window.workbench.choose_points(60)
    typed(window, qtbot, _NETWORK)
    found = window.panels.widgets["plane"]
    assert isinstance(found, PlanePanel)
    found.come_to_front()
    qtbot.waitUntil(lambda: found.seen and found.plot is not None, timeout=SOON_MS)
    rested(window, qtbot)
    return found


def _shown(panel: PlanePanel) -> list[str]:
    return [str(item.name()) for item in panel.points if item.isVisible()]


def _training(window: MainWindow) -> TrainingPanel:
    found = window.panels.widgets["training"]
    assert isinstance(found, TrainingPanel)
    return found


def test_that_points_surface_and_accuracy_are_shown_while_it_learns(
    window: MainWindow, panel: PlanePanel, qtbot: QtBot
) -> None:
    assert window.top.target.text() == "target <b>rings</b>"
    assert _shown(panel) == ["class 0", "class 0, held out", "class 1", "class 1, held out"]
    symbols = {item.opts["symbol"] for item in panel.points if item.isVisible()}
    assert len(symbols) == 2
    assert panel._image is not None
    first = panel._image.image.copy()
    window.workbench.choose_steps(300)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=PATIENCE_MS)
    rested(window, qtbot)
    assert not np.array_equal(panel._image.image, first)
    surface = window.state.surface
    assert surface is not None
    assert surface.step == 300
    assert surface.learnt > 50
    qtbot.waitUntil(lambda: "at step 300" in panel.heading.text(), timeout=SOON_MS)
    assert "held out" in panel.heading.text()
    names = {series.name for series in panel.series()}
    assert names == set(_shown(panel))


def test_that_it_comes_once_into_each_workspace_that_follows_the_training(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workbench.choose_workspace("learn")
    typed(window, qtbot, _NETWORK)
    plane = window.panels.widgets["plane"]
    qtbot.waitUntil(lambda: plane.seen, timeout=SOON_MS)
    window.workbench.choose_workspace("train")
    qtbot.waitUntil(lambda: plane.seen, timeout=SOON_MS)
    window.panels.docks["plane"].close()
    for workspace in ("debug", "train"):
        window.workbench.choose_workspace(workspace)
        rested(window, qtbot)
        assert not plane.seen


def test_that_it_comes_into_no_other_workspace_once_its_network_is_gone(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workbench.choose_workspace("learn")
    typed(window, qtbot, _NETWORK)
    typed(window, qtbot, "a + b x")
    window.workbench.choose_workspace("train")
    rested(window, qtbot)
    assert window.panels.docks["plane"].isHidden()


def test_that_another_target_is_chosen_in_the_panel_and_in_the_form(
    window: MainWindow, engine: LocalEngine, panel: PlanePanel, qtbot: QtBot
) -> None:
    panel.target.setFocus()
    QTest.keyClick(panel.target, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: _target(window) == "spirals", timeout=SOON_MS)
    rested(window, qtbot)
    line = _training(window).data.target
    assert line.isEnabled()
    line.setText("XOR")
    line.setFocus()
    line.setModified(True)
    QTest.keyClicks(line, " ")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _target(window) == "xor", timeout=SOON_MS)
    assert panel.target.currentData() == "xor"
    engine.sent.clear()
    line.selectAll()
    QTest.keyClicks(line, "sin(x)")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "rings, spirals" in _training(window).data.messages["target"].text()
    assert not any(isinstance(command, BuildModel) for command in engine.sent)


def test_that_an_expression_after_it_has_a_target_over_x_again(
    window: MainWindow, panel: PlanePanel, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a x + b")
    assert window.state.model.target == "sin(x)"
    assert window.state.built is not None
    assert window.state.built.plane is None
    assert window.state.surface is None
    window.workbench.choose_mode("fit")
    qtbot.waitUntil(lambda: window.state.mode == "fit", timeout=SOON_MS)
    typed(window, qtbot, _NETWORK)
    window.workbench.choose_model("autograd")
    qtbot.waitUntil(lambda: _target(window) == "sin(x)", timeout=SOON_MS)


def test_that_the_losses_are_those_of_its_target(
    window: MainWindow, panel: PlanePanel, qtbot: QtBot
) -> None:
    losses = _training(window).loss
    assert losses.findData("BCEWithLogitsLoss, mean") >= 0
    typed(window, qtbot, "Linear(2, 8), Tanh(), Linear(8, 2)")
    assert losses.findData("cross-entropy") >= 0
    assert losses.findData("MSELoss, mean") < 0


def _target(window: MainWindow) -> str:
    return window.state.built.model.target if window.state.built else ""
