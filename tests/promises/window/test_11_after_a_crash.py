"""After a crash the next start offers what was open, which was kept at most 30 s before."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from process_lines import line_of
from promised import Tell
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import action, shown, stands, type_in
from windows import PATIENCE_MS, opened

from gradviz.app import ENGINE_COMMAND
from gradviz.core.number_text import counted
from gradviz.ui.bridge import Bridge
from gradviz.ui.controllers.sessions.recovery import KEPT_EVERY_MS, RESTORE

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
    kept = settings.parent / "open" / "window0.gviz"
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
    _crashed(_CRASHING, settings)
    window = opened(Bridge(ENGINE_COMMAND), settings, qtbot)
    qtbot.waitUntil(window.notices.isVisible, timeout=PATIENCE_MS)
    assert "a sin(b x) + 3" in window.notices.text.text()
    action(window, RESTORE).trigger()
    qtbot.waitUntil(lambda: stands(window, "a sin(b x) + 3") and shown(window), timeout=PATIENCE_MS)
    assert window.top.field.text() == "a sin(b x) + 3"
    assert window.state.training.steps == 77
    assert not window.notices.isVisible()
    assert not action(window, RESTORE).isEnabled()
    window.close()
    assert list((Path(settings.fileName()).parent / "open").glob("*.gviz")) == []
    assert 0 < KEPT_EVERY_MS <= 30_000
    tell(
        f"killed: offered at the next start; kept at each new model and every "
        f"{KEPT_EVERY_MS / 1e3:g} s"
    )


#: Opens a window, trains, and is killed once a hundred steps are kept, while training goes on.
_TRAINING = _CRASHING.replace('b"77" in kept.read_bytes()', "trained()").replace(
    "def look():",
    """def trained():
    from gradviz.session_files.reading import read_session
    session = read_session(settings.parent / "open" / "window0.gviz").session
    return session.trained and session.steps_done > 100
def begin():
    window.workbench.choose_steps(10_000_000)
    window.workbench.train_or_pause()
window.state.model_built.connect(begin)
window.recovery._clock.setInterval(50)
def look():""",
)


def _crashed(code: str, settings: QSettings) -> None:
    """Run a program that is killed once it has kept its session."""
    with subprocess.Popen(
        [sys.executable, "-c", code, settings.fileName()],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as crashing:
        assert line_of(crashing) == b"kept\n"
        os.kill(crashing.pid, signal.SIGKILL)


def test_that_the_training_of_a_killed_window_goes_on_from_where_it_was_kept(
    settings: QSettings, qtbot: QtBot, tell: Tell
) -> None:
    _crashed(_TRAINING, settings)
    window = opened(Bridge(ENGINE_COMMAND), settings, qtbot)
    qtbot.waitUntil(window.notices.isVisible, timeout=PATIENCE_MS)
    left = window.state.left_open
    assert left is not None
    assert f"after {counted(left.steps_done)} steps" in window.notices.text.text()
    with qtbot.waitSignal(window.workbench.sessions.taken, timeout=PATIENCE_MS):
        QTest.mouseClick(window.notices.acting, Qt.MouseButton.LeftButton)
    assert window.state.progress.step == left.steps_done
    assert len(window.state.progress.losses) == left.steps_done
    window.close()
    tell(f"killed while it trained: {left.steps_done} steps are there again, with their losses")


def test_that_what_was_open_is_offered_until_it_is_restored_or_discarded(
    settings: QSettings, qtbot: QtBot
) -> None:
    _crashed(_CRASHING, settings)
    for _ in range(2):
        window = opened(Bridge(ENGINE_COMMAND), settings, qtbot)
        qtbot.waitUntil(window.notices.isVisible, timeout=PATIENCE_MS)
        type_in(window, "a + b x")
        qtbot.waitUntil(lambda: stands(window, "a + b x"), timeout=PATIENCE_MS)  # noqa: B023
        assert window.state.left_open is not None
        window.close()
    window = opened(Bridge(ENGINE_COMMAND), settings, qtbot)
    qtbot.waitUntil(window.notices.isVisible, timeout=PATIENCE_MS)
    QTest.mouseClick(window.notices.other, Qt.MouseButton.LeftButton)
    assert window.state.left_open is None
    assert not window.notices.isVisible()
    window.close()
    assert list((Path(settings.fileName()).parent / "open").iterdir()) == []


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
    qtbot.waitUntil(lambda: len(list(kept.glob("*.gviz"))) == 2, timeout=PATIENCE_MS)
    second.close()
    assert [path.name for path in kept.glob("*.gviz")] == ["window0.gviz"]
    first.close()
