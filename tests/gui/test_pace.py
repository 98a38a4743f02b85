"""The speed of training: chosen beside Train, remembered, and the same results."""

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, typed

from gradviz.protocol.commands import ChangePace, StartTraining
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")


def choose(window: MainWindow, title: str) -> None:
    """Choose an entry of the button's menu."""
    (entry,) = (each for each in window.top.pace.menu().actions() if each.text() == title)
    assert entry.isEnabled()
    entry.trigger()


def test_that_a_chosen_speed_slows_the_training_and_is_remembered(
    window: MainWindow, engine: LocalEngine, settings: QSettings, qtbot: QtBot
) -> None:
    assert window.top.pace.text() == "full speed"
    choose(window, "Train at 1 step a second")
    assert window.top.pace.text() == "1 step/s"
    assert settings.value("pace") == "1.0"
    assert action(window, "gradviz.train.pace_1").isChecked()
    window.workbench.train_or_pause()
    state = window.state
    qtbot.waitUntil(lambda: bool(state.trace and state.trace.at_step == 1), timeout=SOON_MS)
    assert state.progress.step == 1
    assert state.progress.running
    (start,) = (each for each in engine.sent if isinstance(each, StartTraining))
    assert start.steps_per_second == 1.0
    choose(window, "Train at full speed")
    qtbot.waitUntil(lambda: not state.progress.running, timeout=4 * SOON_MS)
    assert state.progress.step == state.training.steps
    assert [each.steps_per_second for each in engine.sent if isinstance(each, ChangePace)] == [0.0]


def test_that_the_speed_is_there_the_next_time(
    engine: LocalEngine, settings: QSettings, qtbot: QtBot
) -> None:
    settings.setValue("pace", "10.0")
    window = MainWindow(engine, settings)
    qtbot.addWidget(window)
    assert window.state.pace == 10.0
    window.resize(1440, 900)
    window.show()
    assert window.top.pace.text() == "10 steps/s"
    settings.setValue("pace", "nonsense")
    other = MainWindow(LocalEngine(), settings)
    qtbot.addWidget(other)
    assert other.state.pace == 0.0


def test_that_the_status_tells_the_steps_a_second(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "Train at 10 steps a second")
    window.workbench.train_or_pause()
    labels = window.statusBar().findChildren(QLabel)
    qtbot.waitUntil(
        lambda: any(each.text().startswith("training 10 steps/s") for each in labels),
        timeout=2 * SOON_MS,
    )
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=SOON_MS)


def test_that_the_speed_is_reached_by_keys_and_gone_where_nothing_is_trained(
    window: MainWindow, qtbot: QtBot
) -> None:
    button = window.top.pace
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert button.accessibleName() == "Speed of training"
    assert button.toolTip()
    assert button.isVisible()
    typed(window, qtbot, "x^2")
    assert not button.isVisible()
