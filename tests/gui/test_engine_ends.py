"""The window goes on whatever the engine does: it never waits for it, and is told of its end."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import psutil
import pytest
from own_models import NET, model_of, written
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import action, shown, stands, typed

from gradviz.protocol.commands import BuildModel
from gradviz.ui.bridge import Bridge
from gradviz.ui.main_window import MainWindow

ANSWER_MS = 60_000
DEAF = NET.replace("return self", "sum(range(10 ** 11))\n        return self")
LEAVING = (
    "import subprocess, sys\n"
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'],"
    " start_new_session=True)\n" + NET
)


@contextmanager
def ticking() -> Iterator[list[int]]:
    """Count how often the window's event loop comes round."""
    ticks: list[int] = []
    clock = QTimer(interval=10)
    clock.timeout.connect(lambda: ticks.append(1))
    clock.start()
    yield ticks
    clock.stop()


def bridge_of(window: MainWindow) -> Bridge:
    engine = window._engine
    assert isinstance(engine, Bridge)
    return engine


def build(window: MainWindow, path: Path) -> None:
    """Build the model in a file that is trusted."""
    window.workbench.choose_own(model_of(path))


def ready(window: MainWindow) -> bool:
    return window.state.engine == "ready" and not window.state.building


def test_that_typing_goes_on_while_the_engine_does_not_read(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = real_window
    bridge, pid = bridge_of(window), bridge_of(window).engine_pid
    build(window, written(tmp_path, DEAF))
    for run in range(2, 2000):
        bridge.send(BuildModel(run, window.state.model))
    with ticking() as ticks:
        window.top.field.setFocus()
        QTest.keyClicks(window.top.field, "a x + b")
        qtbot.waitUntil(lambda: len(ticks) >= 10, timeout=ANSWER_MS)
    assert window.state.building
    assert pid is not None
    action(window, "gradviz.model.stop").trigger()
    qtbot.waitUntil(lambda: ready(window) and stands(window, "a x + b"), timeout=ANSWER_MS)
    assert not psutil.pid_exists(pid)


@pytest.mark.parametrize("way", ["killed", "restarted", "closed"])
def test_that_a_process_that_a_model_left_behind_keeps_nobody_waiting(
    way: str, real_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, path = real_window, written(tmp_path, LEAVING)
    build(window, path)
    qtbot.waitUntil(lambda: stands(window, str(path)), timeout=ANSWER_MS)
    pid = bridge_of(window).engine_pid
    assert pid is not None
    left = [each for each in psutil.Process(pid).children() if "sleep" in " ".join(each.cmdline())]
    assert left
    match way:
        case "killed":
            with qtbot.waitSignal(window._engine.engine_ended, timeout=ANSWER_MS):
                os.kill(pid, signal.SIGKILL)
        case "restarted":
            action(window, "gradviz.model.restart_engine").trigger()
        case "closed":
            window.close()
    qtbot.waitUntil(lambda: not any(each.is_running() for each in left), timeout=ANSWER_MS)
    qtbot.waitUntil(lambda: not psutil.pid_exists(pid), timeout=ANSWER_MS)


@pytest.mark.parametrize("work", ["building", "training"])
def test_that_a_silent_engine_of_a_typed_model_is_told_and_can_be_stopped(
    work: str, real_window: MainWindow, qtbot: QtBot
) -> None:
    window = real_window
    typed(window, qtbot, "a x + b")
    pid = bridge_of(window).engine_pid
    assert pid is not None
    if work == "training":
        action(window, "gradviz.train.run").trigger()
        qtbot.waitUntil(lambda: window.state.progress.step > 0, timeout=ANSWER_MS)
    os.kill(pid, signal.SIGSTOP)
    if work == "building":
        window.workbench.choose_seed(7)
    qtbot.waitUntil(window.notices.acting.isVisible, timeout=ANSWER_MS)
    assert "PyTorch's process has not answered" in window.notices.text.text()
    QTest.mouseClick(window.notices.acting, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bridge_of(window).engine_pid not in (None, pid), timeout=ANSWER_MS)
    qtbot.waitUntil(lambda: ready(window) and stands(window, "a x + b"), timeout=ANSWER_MS)
    assert not window.state.progress.running
    assert not psutil.pid_exists(pid)


def test_that_the_end_of_the_layout_is_told_until_another_one_lays_out(
    real_window: MainWindow, qtbot: QtBot
) -> None:
    window = real_window
    pid = window.canvas.layouter._client.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    qtbot.waitUntil(window.notices.isVisible, timeout=ANSWER_MS)
    told = "The layout process was ended by signal 9. It was started again."
    assert window.notices.text.text() == told
    action(window, "gradviz.view.direction").trigger()
    qtbot.waitUntil(lambda: not window.notices.isVisible(), timeout=ANSWER_MS)
    assert window.canvas.layouter._client.pid not in (None, pid)


def test_that_what_lived_in_the_engine_of_a_file_is_gone_with_it(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, path = real_window, written(tmp_path, NET)
    build(window, path)
    qtbot.waitUntil(lambda: stands(window, str(path)) and shown(window), timeout=ANSWER_MS)
    workbench, state = window.workbench, window.state
    action(window, "gradviz.view.keep_recording").trigger()
    workbench.comparison.add_present()
    workbench.comparison.add_other_seed()
    state.training = msgspec.structs.replace(state.training, steps=10_000_000)
    workbench.comparison.run_or_stop()
    qtbot.waitUntil(
        lambda: workbench.changes.kept is not None and state.comparison.step > 0, timeout=ANSWER_MS
    )
    pid = bridge_of(window).engine_pid
    window.top.field.setFocus()
    window.top.field.selectAll()
    QTest.keyClicks(window.top.field, "a x + b")
    qtbot.waitUntil(lambda: stands(window, "a x + b") and shown(window), timeout=ANSWER_MS)
    assert workbench.changes.kept is None
    assert not state.compared
    assert not state.comparison.running
    assert bridge_of(window).engine_pid not in (None, pid)
    action(window, "gradviz.train.run").trigger()
    qtbot.waitUntil(lambda: state.progress.step > 0, timeout=ANSWER_MS)
    assert not window.notices.isVisible()
