"""Ctrl+C while a window is being loaded ends it, at whatever moment it comes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shown_programs import PATIENCE_S, ROOT

from gradviz.app import interruptible
from gradviz.cli.terminal import INTERRUPTED

_MOMENTS_S = tuple(each / 40 for each in range(2, 30))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
@pytest.mark.parametrize("module", ["gradviz", "gradviz.attached"])
def test_that_an_interrupt_ends_a_window_at_any_moment_of_its_start(
    module: str, tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    for moment in _MOMENTS_S:
        window = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        time.sleep(moment)
        window.send_signal(signal.SIGINT)
        try:
            _, told = window.communicate(timeout=PATIENCE_S)
        finally:
            window.kill()
            window.communicate()
        code = window.returncode
        # Within its own start Python ends with a traceback.
        ended = code in (0, INTERRUPTED, -signal.SIGINT) or b"KeyboardInterrupt" in told
        assert ended, (moment, code, told.decode())


def test_that_an_interrupt_before_the_event_loop_runs_ends_it(
    qapp: QApplication, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    guard = QTimer(singleShot=True, interval=int(PATIENCE_S * 1000))
    guard.timeout.connect(lambda: qapp.exit(1))
    guard.start()
    with interruptible(qapp):
        signal.raise_signal(signal.SIGINT)
        assert qapp.exec() == 0
    assert not window.isVisible()
