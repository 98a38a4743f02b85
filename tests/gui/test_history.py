"""The training's history in the window: any step again, branches, and the optimizer's last step."""

from functools import partial

import numpy as np
import pytest
from local_engine import LocalEngine
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_acts import action, press

from gradviz.core.number_text import equation_text
from gradviz.protocol.commands import StartTraining, VisitStep
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.plots.loss_panel import LossPanel
from gradviz.ui.panels.plots.parameters_panel import ParametersPanel
from gradviz.ui.panels.result_panel import ResultPanel
from gradviz.ui.panels.training.optimizer_panel import OptimizerPanel

_ALT = Qt.KeyboardModifier.AltModifier


def trained(window: MainWindow, qtbot: QtBot, steps: int) -> None:
    """Train to the end of so many steps."""
    window.workbench.choose_steps(steps)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.running, timeout=5000)
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=20_000)
    assert window.state.progress.step == steps


def shows(window: MainWindow, step: int) -> bool:
    """Tell whether the whole window stands at `step`."""
    progress, trace = window.state.progress, window.state.trace
    told = progress.explained is not None or step == 0
    return (
        progress.step == step
        and progress.explained_step == step
        and told
        and trace is not None
        and trace.at_step == step
    )


def visited(window: MainWindow, qtbot: QtBot, step: int) -> None:
    """Choose `step` in the box and wait until everything shows it."""
    window.history.step.setValue(step)
    qtbot.waitUntil(lambda: shows(window, step), timeout=5000)


def loss_panel(window: MainWindow) -> LossPanel:
    panel = window.panels.widgets["loss"]
    assert isinstance(panel, LossPanel)
    panel.draw()
    return panel


def test_that_a_visit_shows_that_moment_everywhere(window: MainWindow, qtbot: QtBot) -> None:
    trained(window, qtbot, 60)
    window.workbench.choose_steps(120)
    trained(window, qtbot, 120)
    newest = dict(window.state.progress.parameters)
    visited(window, qtbot, 60)
    progress = window.state.progress
    assert progress.parameters != newest
    assert progress.visited_loss == progress.losses.values[60]
    assert len(progress.losses) == 120
    panel = loss_panel(window)
    assert panel.marker is not None
    assert panel.marker.isVisible()
    assert panel.marker.value() == 60
    qtbot.waitUntil(lambda: "at step 60: the past" in panel.heading.text(), timeout=5000)
    assert "an earlier step" in window.history.sign.text()
    assert window.history.slider.value() == 60
    window.show_panel("result")
    result = window.panels.widgets["result"]
    assert isinstance(result, ResultPanel)
    qtbot.waitUntil(lambda: result.line.text() == equation_text(progress.equation), timeout=5000)
    assert window.state.graph is not None
    for node in window.state.graph.nodes:
        if node.kind == "leaf" and node.value is not None:
            assert node.value.scalar == progress.parameters[node.op]
    visited(window, qtbot, 120)
    assert progress.parameters == newest
    assert not loss_panel(window).marker.isVisible()  # type: ignore[union-attr]
    assert "the newest" in window.history.sign.text()


def test_that_train_goes_on_from_the_past_and_leaves_the_old_losses_faint(
    window: MainWindow, qtbot: QtBot
) -> None:
    trained(window, qtbot, 100)
    before = window.state.progress.losses.values.copy()
    visited(window, qtbot, 40)
    window.workbench.choose_learning_rate(1e-7)
    trained(window, qtbot, 100)
    progress = window.state.progress
    (branch,) = progress.branches
    assert branch.start == 40
    assert np.array_equal(branch.losses, before[40:])
    assert np.array_equal(progress.losses.values[:41], before[:41])
    assert not np.array_equal(progress.losses.values[41:], before[41:])
    assert progress.newest is None
    steps, _ = loss_panel(window).branches[0].getData()
    assert steps[0] == 40
    assert steps[-1] == 99


def test_that_the_parameters_of_the_past_leave_the_curves_as_they_are(
    window: MainWindow, qtbot: QtBot
) -> None:
    trained(window, qtbot, 100)
    panel = window.panels.widgets["parameters"]
    assert isinstance(panel, ParametersPanel)
    before = panel.time_series.arrays()
    visited(window, qtbot, 5)
    assert all(map(np.array_equal, panel.time_series.arrays(), before))
    window.panels.widgets["parameters"].come_to_front()
    qtbot.waitUntil(lambda: panel.marker is not None)
    panel.draw()
    assert panel.marker is not None
    assert (panel.marker.isVisible(), panel.marker.value()) == (True, 5)
    trained(window, qtbot, 100)
    steps, _ = panel.time_series.arrays()
    assert all(np.diff(steps) > 0)


def test_that_alt_and_arrows_walk_through_the_training(window: MainWindow, qtbot: QtBot) -> None:
    trained(window, qtbot, 30)
    for key, step in (
        (Qt.Key.Key_Left, 29),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_End, 30),
    ):
        press(window, key, _ALT)
        qtbot.waitUntil(partial(shows, window, step), timeout=5000)
    assert not action(window, "gradviz.train.visit_forward").isEnabled()


def test_that_of_many_moves_only_the_last_is_asked_for(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    trained(window, qtbot, 50)
    asked = len(engine.sent)
    for step in range(49, 9, -1):
        window.history.slider.setValue(step)
    qtbot.waitUntil(lambda: shows(window, 10), timeout=5000)
    assert [command.step for command in engine.sent[asked:]] == [49, 10]  # type: ignore[union-attr]


def test_that_train_pressed_on_the_way_begins_at_the_step_that_is_shown(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    trained(window, qtbot, 50)
    window.history.slider.setValue(30)
    window.history.slider.setValue(20)
    asked = len(engine.sent)
    trained(window, qtbot, 50)
    visit, start = engine.sent[asked:]
    assert isinstance(visit, VisitStep)
    assert isinstance(start, StartTraining)
    assert [branch.start for branch in window.state.progress.branches] == [20]


def test_that_the_history_waits_while_training_runs(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.history.slider.isEnabled()
    window.workbench.choose_steps(1_000_000)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step > 0, timeout=5000)
    assert not window.history.slider.isEnabled()
    assert not action(window, "gradviz.train.visit_back").isEnabled()
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=5000)
    assert window.history.slider.isEnabled()
    window.workbench.reset_training()
    qtbot.waitUntil(lambda: window.state.progress.step == 0, timeout=5000)
    assert not window.history.slider.isEnabled()


@pytest.mark.parametrize(("name", "buffer"), [("adam", "exp_avg_sq"), ("lbfgs", None)])
def test_that_the_optimizer_panel_tells_the_last_step(
    window: MainWindow, qtbot: QtBot, name: str, buffer: str | None
) -> None:
    window.workbench.choose_optimizer(name)
    panel = window.panels.widgets["optimizer"]
    assert isinstance(panel, OptimizerPanel)
    window.panels.widgets["optimizer"].come_to_front()
    window.workbench.train_one_step()
    qtbot.waitUntil(lambda: shows(window, 1), timeout=5000)
    qtbot.waitUntil(lambda: panel.table.model().rowCount() == 4, timeout=5000)
    table = panel.table
    model, across = table.model(), Qt.Orientation.Horizontal
    columns = [model.headerData(place, across) for place in range(model.columnCount())]
    assert columns[:5] == ["name", "update", "gradient", "value", "new"]
    assert (buffer is None) == (len(columns) == 5)
    assert buffer is None or buffer in columns
    assert ("n_iter" in panel.whole.text()) == (name == "lbfgs")
    names = [table.whole_texts(row)[0] for row in range(4)]
    assert names == ["a", "b", "c", "d"]
    value = table.whole_texts(0)[4].replace("\N{MINUS SIGN}", "-")
    assert np.float32(value) == window.state.progress.parameters["a"]
    window.workbench.reset_training()
    qtbot.waitUntil(lambda: window.state.progress.step == 0, timeout=5000)
    qtbot.waitUntil(lambda: not panel.table.isVisible(), timeout=5000)
