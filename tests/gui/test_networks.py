"""Networks in the window: typed, fitted, compared, and kept in a session."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from local_engine import LocalEngine
from pytestqt.qtbot import QtBot
from window_acts import action, rested, shown, type_in, typed
from windows import PATIENCE_MS

from gradviz.core.graphs.tensors import Floats
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")

_NETWORK = "Linear(1, 8), Tanh(), Linear(8, 1)"
_BY_CHANCE = "Linear(1, 4), BatchNorm1d(4), Dropout(0.1), Linear(4, 1)"


def _train(window: MainWindow, qtbot: QtBot, steps: int) -> None:
    window.workbench.choose_steps(steps)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=PATIENCE_MS)
    rested(window, qtbot)


def test_that_a_typed_network_is_drawn_with_a_box_for_each_layer_and_fitted(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, _NETWORK)
    graph = window.state.graph
    assert graph is not None
    assert {"Linear", "Tanh"} <= {group.type_name for group in graph.groups}
    assert window.state.mode == "fit"
    assert window.state.training.optimizer == "adam"
    assert window.state.built is not None
    assert window.state.built.modes == ("fit", "point")
    assert _NETWORK in window.top.hint.text()
    window.workbench.choose_points(50)
    rested(window, qtbot)
    _train(window, qtbot, 300)
    losses = window.state.progress.losses.values
    assert len(losses) == 300
    assert losses[-1] < losses[0] / 10
    window.workbench.choose_mode("point")
    qtbot.waitUntil(lambda: window.state.mode == "point", timeout=PATIENCE_MS)


def test_that_an_error_in_a_network_is_told_at_once(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    typed(window, qtbot, _NETWORK)
    engine.sent.clear()
    type_in(window, "Linear(1, 16), Tanh(), Linear(8, 1)")
    error = window.state.error
    assert error is not None
    assert error.text[error.position] == "8"
    assert "it gets 16 inputs" in window.top.hint.text()
    assert engine.sent == []
    type_in(window, "a x + b")
    qtbot.waitUntil(lambda: window.state.model.source == "a x + b", timeout=PATIENCE_MS)


def test_that_networks_of_two_widths_are_compared(window: MainWindow, qtbot: QtBot) -> None:
    for text in (_NETWORK, "Linear(1, 32), ReLU(), Linear(32, 1)"):
        typed(window, qtbot, text)
        window.workbench.choose_points(20)
        window.workbench.choose_steps(40)
        rested(window, qtbot)
        window.workbench.comparison.add_present()
    window.workbench.comparison.run_or_stop()
    qtbot.waitUntil(lambda: not window.state.comparison.running, timeout=PATIENCE_MS)
    runs = window.state.comparison.runs
    assert [len(run.losses) for run in runs] == [40, 40]
    assert runs[0].candidate.model.source == _NETWORK


def test_that_a_session_keeps_a_network_with_chance_and_running_means(
    window: MainWindow, qtbot: QtBot, session_path: Path, open_another: Callable[[], MainWindow]
) -> None:
    typed(window, qtbot, _BY_CHANCE)
    window.workbench.choose_points(30)
    rested(window, qtbot)
    _train(window, qtbot, 40)
    with qtbot.waitSignal(window.session_files.saved, timeout=PATIENCE_MS):
        action(window, "gradviz.file.save_session").trigger()
    again = open_another()
    with qtbot.waitSignal(again.workbench.sessions.taken, timeout=PATIENCE_MS):
        again.session_files.open(session_path)
    rested(again, qtbot)
    qtbot.waitUntil(lambda: shown(again), timeout=PATIENCE_MS)
    assert again.top.field.text() == _BY_CHANCE
    assert again.state.progress.step == 40
    for each in (window, again):
        _train(each, qtbot, 80)
    assert again.state.progress.step == 80
    for one, other in zip(_numbers(again), _numbers(window), strict=True):
        assert np.array_equal(one, other)


def _numbers(window: MainWindow) -> tuple[Floats, Floats]:
    prediction = window.state.progress.prediction
    assert prediction is not None
    return window.state.progress.losses.values, prediction
