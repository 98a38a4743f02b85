"""The main job on the real processes: type, step, step back, train, export."""

import os
import signal
from pathlib import Path

import psutil
import pytest
from export_dialogs import press_ok
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from gradviz.app import ENGINE_COMMAND
from gradviz.ui.bridge import Bridge
from gradviz.ui.dialogs.picture_choice import PictureDialog
from gradviz.ui.main_window import MainWindow

#: What the tutorial's own script prints for seed 0, on the CPU with torch 2.13.
TUTORIAL = {99: 3238.300537109375, 1999: 12.286677360534668}
PATIENCE_MS = 30_000


@pytest.fixture
def bridge() -> Bridge:
    return Bridge(ENGINE_COMMAND)


@pytest.fixture
def window(bridge: Bridge, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Return a window as the program opens it."""
    bridge.start()
    window = MainWindow(bridge, QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.canvas.placement is not None, timeout=PATIENCE_MS)
    return window


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def choose_picture() -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PictureDialog)
    press_ok(dialog)


def test_that_a_user_can_type_step_step_back_train_and_export(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    field, state = window.top.field, window.state
    field.selectAll()
    QTest.keyClicks(field, "y = a + b x + c x^2 + d x^3")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state.model.source.startswith("y = a"), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(state.steps) == 13, timeout=PATIENCE_MS)

    for _ in range(5):
        press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Left)
    assert state.cursor == 4

    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: state.progress.step == 2000, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not state.progress.running, timeout=PATIENCE_MS)
    losses = state.progress.losses.values
    assert {step: losses[step] for step in TUTORIAL} == pytest.approx(TUTORIAL, rel=1e-6)
    qtbot.waitUntil(lambda: state.trace is not None and state.trace.at_step == 2000, timeout=5000)

    target = tmp_path / "fit.svg"
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QFileDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(target)])
    QTimer.singleShot(0, choose_picture)
    press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(target.exists, timeout=PATIENCE_MS)
    assert target.read_text(encoding="utf-8").lstrip().startswith("<?xml")
    window.close()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_that_a_dead_engine_is_restarted_and_the_model_rebuilt_from_what_was_typed(
    window: MainWindow, bridge: Bridge, qtbot: QtBot, how: signal.Signals
) -> None:
    state = window.state
    window.top.field.selectAll()
    QTest.keyClicks(window.top.field, "a + b x")
    qtbot.waitUntil(lambda: set(state.progress.parameters) == {"a", "b"}, timeout=PATIENCE_MS)
    window.workbench.choose_steps(1_000_000)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: state.progress.step > 0, timeout=PATIENCE_MS)
    dead = bridge.engine_pid
    assert dead is not None
    os.kill(dead, how)
    qtbot.waitUntil(window.notices.isVisible, timeout=PATIENCE_MS)
    assert f"signal {how.value}" in window.notices.text.text()
    assert not state.progress.running
    run = state.built.run if state.built else 0
    qtbot.waitUntil(lambda: state.engine == "ready", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: state.built is not None and state.built.run > run, timeout=PATIENCE_MS)
    assert state.model.source == "a + b x"
    assert bridge.engine_pid != dead
    window.workbench.train_one_step()
    qtbot.waitUntil(lambda: state.progress.step == 1, timeout=PATIENCE_MS)
    window.close()


def test_that_a_dead_layout_process_costs_nothing_but_time(
    window: MainWindow, qtbot: QtBot
) -> None:
    pid = next(
        child.pid for child in psutil.Process().children() if "gradviz.layout" in child.cmdline()
    )
    os.kill(pid, signal.SIGKILL)
    before = window.canvas.placement
    window.top.field.selectAll()
    QTest.keyClicks(window.top.field, "sin(x) exp(x)")
    qtbot.waitUntil(lambda: window.canvas.placement is not before, timeout=PATIENCE_MS)
    assert window.state.error is None
    window.close()


def test_that_closing_the_window_while_training_leaves_no_process(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    window.workbench.choose_steps(1_000_000)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step > 0, timeout=PATIENCE_MS)
    pid = bridge.engine_pid
    assert pid is not None
    window.close()
    assert not psutil.pid_exists(pid)
