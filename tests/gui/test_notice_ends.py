"""Each notice ends with its cause, and with nothing else."""

from collections.abc import Callable
from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, exported, press, typed

from gradviz.protocol.events import FailureSubject
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.notice_causes import ENDS, Notice, Subject

pytestmark = pytest.mark.usefixtures("layouts")

Act = Callable[[MainWindow, QtBot], None]


def build(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")


def reset(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.state.training_changed, timeout=SOON_MS):
        window.workbench.reset_training()


def train(window: MainWindow, qtbot: QtBot) -> None:
    before = window.state.progress.step
    window.workbench.choose_steps(5)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step > before, timeout=SOON_MS)
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=SOON_MS)


def set_rate(window: MainWindow, _: QtBot) -> None:
    window.workbench.choose_learning_rate(1e-7)


def change_data(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.state.data_changed, timeout=SOON_MS):
        window.workbench.choose_data(target="cos(x)")


def copy(window: MainWindow, qtbot: QtBot) -> None:
    window.exports.copy_graph()
    exported(window, qtbot)


def choose(window: MainWindow, _: QtBot) -> None:
    assert window.state.graph is not None
    window.workbench.select(window.state.graph.output)


_ENDED_BY: dict[Subject, tuple[Act, ...]] = {
    "expression": (build,),
    "model": (build,),
    "trust": (build,),
    "session": (build,),
    "device": (build,),
    "layout": (build,),
    "engine": (build,),
    "kept recording": (build,),
    "data": (build, change_data),
    "training": (build, reset, train, set_rate, change_data),
    "settings": (build, set_rate),
    "comparison": (build, train),
    "recording": (build, train),
    "export": (copy,),
    "way": (build, choose),
    "window": (),
}
_LEFT_BY: dict[Subject, tuple[Act, ...]] = {
    "model": (set_rate, copy),
    "engine": (set_rate, train, copy),
    "data": (train, set_rate),
    "training": (copy,),
    "export": (build, train),
    "window": (build, train, copy),
}


def test_that_every_subject_has_its_ends() -> None:
    assert set(ENDS) == set(_ENDED_BY)
    assert set(get_args(FailureSubject)) <= set(ENDS)


@pytest.mark.parametrize("subject", _ENDED_BY)
def test_that_a_notice_ends_with_its_cause(
    window: MainWindow, qtbot: QtBot, subject: Subject
) -> None:
    for act in _ENDED_BY[subject]:
        window.state.noticed.emit(Notice(subject, "It did not work."))
        assert window.notices.isVisible()
        act(window, qtbot)
        assert window.notices.isHidden(), act.__name__


@pytest.mark.parametrize("subject", _LEFT_BY)
def test_that_a_notice_stays_while_its_cause_does(
    window: MainWindow, qtbot: QtBot, subject: Subject
) -> None:
    window.state.noticed.emit(Notice(subject, "It did not work."))
    for act in _LEFT_BY[subject]:
        act(window, qtbot)
        assert window.notices.isVisible(), act.__name__


def test_that_a_divergence_is_told_until_the_training_is_reset(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workbench.choose_learning_rate(1e-2)
    window.workbench.train_or_pause()
    qtbot.waitUntil(window.notices.isVisible, timeout=SOON_MS)
    window.workbench.visit_step(0)
    qtbot.waitUntil(lambda: window.state.progress.explained_step == 0, timeout=SOON_MS)
    assert window.notices.isVisible()
    press(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.notices.isHidden, timeout=SOON_MS)


def test_that_a_ready_made_model_chosen_anew_says_which_settings_are_kept(
    window: MainWindow, qtbot: QtBot
) -> None:
    state, workbench = window.state, window.workbench
    assert state.built is not None
    own, run = state.built.training, workbench.standing_run
    workbench.choose_optimizer("adam")
    workbench.choose_learning_rate(0.25)
    workbench.choose_model("autograd")
    qtbot.waitUntil(lambda: workbench.standing_run != run, timeout=4 * SOON_MS)
    assert "Your settings are kept" in window.notices.text.text()
    assert "learning rate 0.25" in window.notices.text.text()
    assert window.notices.acting.text() == "Use the model's own"
    QTest.mouseClick(window.notices.acting, Qt.MouseButton.LeftButton)
    assert state.training == own
    assert "own settings" in window.notices.text.text()
    assert not action(window, "gradviz.train.own_settings").isEnabled()


def test_that_another_model_brings_its_settings_and_tells_of_kept_steps(
    window: MainWindow, qtbot: QtBot
) -> None:
    workbench = window.workbench
    workbench.choose_learning_rate(0.25)
    workbench.choose_steps(77)
    run = workbench.standing_run
    workbench.choose_model("optim")
    qtbot.waitUntil(lambda: workbench.standing_run != run, timeout=4 * SOON_MS)
    assert window.state.training.learning_rate != 0.25
    assert "Your settings are kept: 77 steps." in window.notices.text.text()
    press(
        window,
        Qt.Key.Key_D,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert window.state.training.steps == 2000
