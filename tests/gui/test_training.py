"""Training in the window: the curve, the loss, the parameters, and what goes wrong."""

import numpy as np
import pytest
from local_engine import LocalEngine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import rested

from gradviz.protocol.commands import BuildModel, ChangeLearningRate
from gradviz.render.plots.drawn_curves import few, thinned
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.plots.fit_panel import FitPanel
from gradviz.ui.panels.plots.loss_panel import LossPanel
from gradviz.ui.panels.result_panel import ResultPanel
from gradviz.ui.panels.training.training_panel import TrainingPanel


def training(window: MainWindow) -> TrainingPanel:
    widget = window.panels.widgets["training"]
    assert isinstance(widget, TrainingPanel)
    return widget


def click(qtbot: QtBot, window: MainWindow, name: str) -> None:
    button = getattr(window.top, name)
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def trained(window: MainWindow, qtbot: QtBot, steps: int) -> None:
    """Train `steps` steps and wait for the last recording."""
    training(window).steps.setValue(steps)
    click(qtbot, window, "train")
    qtbot.waitUntil(lambda: window.state.progress.step >= steps, timeout=20_000)
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=5000)


def test_that_training_shows_the_result_of_the_tutorial(window: MainWindow, qtbot: QtBot) -> None:
    trained(window, qtbot, 2000)
    losses = window.state.progress.losses.values
    assert len(losses) == 2000
    assert losses[99] == pytest.approx(3238.300537109375, rel=1e-6)
    assert losses[1999] == pytest.approx(12.286677360534668, rel=1e-6)
    result = window.panels.widgets["result"]
    assert isinstance(result, ResultPanel)
    assert result.line.text().startswith("y = 0.0586")
    assert "x^3" in result.line.text()


def test_that_the_curves_show_the_last_frame(window: MainWindow, qtbot: QtBot) -> None:
    trained(window, qtbot, 300)
    fit, loss = window.panels.widgets["fit"], window.panels.widgets["loss"]
    assert isinstance(fit, FitPanel)
    assert isinstance(loss, LossPanel)
    fit.draw()
    loss.draw()
    places, shown = fit.curves["prediction"].getData()
    assert window.state.progress.prediction is not None
    whole = next(each for each in fit.series() if each.name == "y_pred")
    assert np.array_equal(whole.y, window.state.progress.prediction)
    assert np.isin(places, whole.x).all()
    assert np.isin(shown, whole.y).all()
    _, target = fit.curves["target"].getData()
    assert np.abs(target - np.sin(fit.curves["target"].getData()[0])).max() < 1e-6
    qtbot.waitUntil(lambda: "at step 299" in loss.heading.text(), timeout=5000)


def test_that_the_graph_shows_the_trained_parameters_once_it_stands(
    window: MainWindow, qtbot: QtBot
) -> None:
    trained(window, qtbot, 50)
    qtbot.waitUntil(lambda: window.state.trace.at_step == 50, timeout=5000)  # type: ignore[union-attr]
    assert window.state.graph is not None
    for node in window.state.graph.nodes:
        if node.kind == "leaf" and node.value is not None:
            assert node.value.scalar == window.state.progress.parameters[node.op]


def test_that_pause_stands_still_and_train_goes_on_from_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    training(window).steps.setValue(100_000)
    click(qtbot, window, "train")
    qtbot.waitUntil(lambda: window.state.progress.step > 0, timeout=5000)
    click(qtbot, window, "train")
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=5000)
    stood = window.state.progress.step
    rested(window, qtbot)
    assert window.state.progress.step == stood
    click(qtbot, window, "train")
    qtbot.waitUntil(lambda: window.state.progress.step > stood, timeout=5000)
    assert len(window.state.progress.losses) == window.state.progress.step


def test_that_one_press_of_step_does_one_step(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, "step")
    qtbot.waitUntil(lambda: window.state.progress.step == 1, timeout=5000)
    click(qtbot, window, "step")
    qtbot.waitUntil(lambda: window.state.progress.step == 2, timeout=5000)
    assert len(window.state.progress.losses) == 2


def test_that_reset_returns_to_the_same_initial_weights(window: MainWindow, qtbot: QtBot) -> None:
    before = dict(window.state.progress.parameters)
    trained(window, qtbot, 20)
    assert window.state.progress.parameters != before
    click(qtbot, window, "reset")
    qtbot.waitUntil(lambda: window.state.progress.step == 0, timeout=5000)
    assert window.state.progress.parameters == before
    assert len(window.state.progress.losses) == 0
    assert not window.top.reset.isEnabled()


def test_that_the_learning_rate_changes_while_it_runs(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    panel = training(window)
    panel.steps.setValue(100_000)
    click(qtbot, window, "train")
    qtbot.waitUntil(lambda: window.state.progress.step > 0, timeout=5000)
    panel.learning_rate.setFocus()
    panel.learning_rate.selectAll()
    QTest.keyClicks(panel.learning_rate, "2e-6")
    QTest.keyClick(panel.learning_rate, Qt.Key.Key_Return)
    assert isinstance(engine.sent[-1], ChangeLearningRate)
    assert engine.sent[-1].learning_rate == 2e-6
    assert window.state.progress.running


@pytest.mark.parametrize("text", ["0", "nan", "-1", "inf", "fast", ""])
def test_that_a_learning_rate_that_cannot_work_is_refused(
    window: MainWindow, engine: LocalEngine, text: str
) -> None:
    panel = training(window)
    engine.sent.clear()
    panel.learning_rate.setFocus()
    panel.learning_rate.selectAll()
    QTest.keyClick(panel.learning_rate, Qt.Key.Key_Delete)
    QTest.keyClicks(panel.learning_rate, text)
    QTest.keyClick(panel.learning_rate, Qt.Key.Key_Return)
    assert panel.message.isVisible()
    assert "learning rate" in panel.message.text()
    assert engine.sent == []
    assert window.state.training.learning_rate == 1e-6


def test_that_a_run_that_diverges_stops_and_says_at_which_step(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = training(window)
    panel.learning_rate.setText("1e-2")
    panel.learning_rate.editingFinished.emit()
    click(qtbot, window, "train")
    qtbot.waitUntil(lambda: window.notices.isVisible(), timeout=10_000)
    assert not window.state.progress.running
    assert f"step {window.state.progress.step}" in window.notices.text.text()
    assert all(np.isfinite(value) for value in window.state.progress.parameters.values())


def test_that_another_seed_draws_other_weights(window: MainWindow, qtbot: QtBot) -> None:
    before = dict(window.state.progress.parameters)
    training(window).seed.setValue(1)
    qtbot.waitUntil(lambda: window.state.progress.parameters != before, timeout=5000)
    training(window).seed.setValue(0)
    qtbot.waitUntil(lambda: window.state.progress.parameters == before, timeout=5000)


def test_that_a_run_shows_all_gradients_while_it_trains(window: MainWindow, qtbot: QtBot) -> None:
    trained(window, qtbot, 10)
    assert window.state.cursor == len(window.state.steps)


def test_that_a_changed_expression_ends_the_run(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    training(window).steps.setValue(100_000)
    click(qtbot, window, "train")
    qtbot.waitUntil(lambda: window.state.progress.step > 0, timeout=5000)
    window.top.field.selectAll()
    QTest.keyClicks(window.top.field, "a + b x")
    qtbot.waitUntil(lambda: set(window.state.progress.parameters) == {"a", "b"}, timeout=5000)
    assert isinstance(engine.sent[-1], BuildModel)
    assert window.state.progress.step == 0
    assert not window.state.progress.running


def test_that_a_long_loss_is_thinned_and_keeps_its_last_value() -> None:
    losses = np.linspace(10, 1, 100_001)
    steps, shown = few(*thinned(losses))
    assert len(steps) < 1000
    assert steps[-1] == 100_000
    assert shown[-1] == 1


def test_that_a_loss_that_is_not_above_zero_is_left_out_of_the_logarithm() -> None:
    _, shown = thinned(np.array([1.0, 0.0, -1.0, 2.0]))
    assert np.isnan(shown[1:3]).all()
    assert shown[3] == 2
