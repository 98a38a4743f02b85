"""After a crash the next start offers what was open, which was kept at most 30 s before."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from promised import Tell
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from window_acts import action, shown, stands, type_in
from windows import PATIENCE_MS, opened

from gradviz.app import ENGINE_COMMAND
from gradviz.ui.bridge import Bridge
from gradviz.ui.controllers.recovery import KEPT_EVERY_MS, RESTORE

_ROOT = Path(__file__).parents[3]
#: Opens a window, types a model, and is killed once it is kept.
_CRASHING = """
import os, pathlib, signal, sys
sys.path.insert(0, "tests")
from PySide6.QtCore import QSettings, QTimer
from gradviz.app import ENGINE_COMMAND, make_application
from gradviz.ui.bridge import Bridge
from gradviz.ui.main_window import MainWindow
app = make_application()
bridge = Bridge(ENGINE_COMMAND)
bridge.start()
settings = pathlib.Path(sys.argv[1])
window = MainWindow(bridge, QSettings(str(settings), QSettings.Format.IniFormat))
window.show()
window.workbench.choose_steps(77)
window.open_expression("a sin(b x) + 3")
def look():
    kept = settings.parent / "open" / "window0.json"
    if kept.exists() and b"sin(b x) + 3" in kept.read_bytes() and b"77" in kept.read_bytes():
        print("kept", flush=True)
        clock.stop()
clock = QTimer(interval=20)
clock.timeout.connect(look)
clock.start()
app.exec()
"""


def test_that_the_next_start_offers_what_was_open_when_the_program_crashed(
    settings: QSettings, qtbot: QtBot, tell: Tell
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _CRASHING, settings.fileName()],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as crashing:
        assert crashing.stdout is not None
        assert crashing.stdout.readline() == b"kept\n"
        os.kill(crashing.pid, signal.SIGKILL)
    window = opened(Bridge(ENGINE_COMMAND), settings, qtbot)
    assert window.notices.isVisible()
    assert "a sin(b x) + 3" in window.notices.text.text()
    action(window, RESTORE).trigger()
    qtbot.waitUntil(lambda: stands(window, "a sin(b x) + 3") and shown(window), timeout=PATIENCE_MS)
    assert window.top.field.text() == "a sin(b x) + 3"
    assert window.state.training.steps == 77
    assert not window.notices.isVisible()
    assert not action(window, RESTORE).isEnabled()
    window.close()
    assert 0 < KEPT_EVERY_MS <= 30_000
    tell(
        f"killed: offered at the next start; kept at each new model and every "
        f"{KEPT_EVERY_MS / 1e3:g} s"
    )


def test_that_a_window_that_was_closed_offers_nothing(settings: QSettings, qtbot: QtBot) -> None:
    for _ in range(2):
        window = opened(Bridge(ENGINE_COMMAND), settings, qtbot)
        assert window.state.left_open is None
        type_in(window, "a + b x")
        qtbot.waitUntil(lambda: stands(window, "a + b x"), timeout=PATIENCE_MS)  # noqa: B023
        window.close()
    assert list((Path(settings.fileName()).parent / "open").iterdir()) == []


def test_that_two_windows_at_once_do_not_take_each_others_work(
    settings: QSettings, qtbot: QtBot
) -> None:
    first = opened(Bridge(ENGINE_COMMAND), settings, qtbot)
    second = opened(Bridge(ENGINE_COMMAND), settings, qtbot)
    assert (first.state.left_open, second.state.left_open) == (None, None)
    kept = Path(settings.fileName()).parent / "open"
    qtbot.waitUntil(lambda: len(list(kept.glob("*.json"))) == 2, timeout=PATIENCE_MS)
    second.close()
    assert [path.name for path in kept.glob("*.json")] == ["window0.json"]
    first.close()
