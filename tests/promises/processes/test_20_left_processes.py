"""A process that a model starts, floods, stops or kills costs that model at most."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import psutil
import pytest
from gaps import Gaps, seconds_to_count
from own_models import HEAD, model_of, written
from promised import WHOLE, Tell
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from window_acts import shown, stands, type_in
from windows import PATIENCE_MS, opened

from gradviz.app import ENGINE_COMMAND
from gradviz.ui.bridge import Bridge

_ROOT = Path(__file__).parents[3]
_MEGABYTES = 2_000 if WHOLE else 50
_NET = (
    HEAD
    + """import os, subprocess, sys, threading, time


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.ones(2))

    def forward(self):
        BEFORE
        return self.w.sum()
"""
)
_SLEEPER = "import time; print(0, flush=True); time.sleep(600)"
#: What a model does, and a word of what the window then says; empty where it goes on by itself.
MODELS = {
    "floods without a line": (
        f"for _ in range({_MEGABYTES}): os.write(2, b'x' * 2**20)", "",
    ),
    "leaves a process behind and dies": (
        f"subprocess.Popen([sys.executable, '-c', {_SLEEPER!r}]); os._exit(3)", "exit code 3",
    ),
    "leaves a process of another session": (
        f"subprocess.Popen([sys.executable, '-c', {_SLEEPER!r}], start_new_session=True); "
        "os._exit(3)", "exit code 3",
    ),
    "kills itself": ("os.kill(os.getpid(), 9)", "signal 9"),
}  # fmt: skip


@pytest.mark.parametrize("kind", MODELS)
def test_that_what_a_model_does_to_its_process_costs_that_model_alone(
    kind: str, settings: QSettings, qtbot: QtBot, tmp_path: Path, tell: Tell
) -> None:
    before, word = MODELS[kind]
    bridge = Bridge(ENGINE_COMMAND)
    window = opened(bridge, settings, qtbot)
    memory = psutil.Process().memory_info().rss
    gaps = Gaps(window)
    path = written(tmp_path, _NET.replace("BEFORE", before))
    window.workbench.choose_own(model_of(path, "Net", mode="fit"))
    if word:
        qtbot.waitUntil(lambda: word in window.notices.text.text(), timeout=3 * PATIENCE_MS)
    else:
        qtbot.waitUntil(lambda: stands(window, f"{path}:Net"), timeout=3 * PATIENCE_MS)
    qtbot.waitUntil(lambda: window.state.engine == "ready", timeout=3 * PATIENCE_MS)
    type_in(window, "a + b x")
    qtbot.waitUntil(lambda: stands(window, "a + b x") and shown(window), timeout=3 * PATIENCE_MS)
    gaps.end()
    grown = psutil.Process().memory_info().rss - memory
    window.close()
    assert gaps.busiest < 16 * max(0.0125, seconds_to_count())
    assert grown < 100 << 20
    _assert_ended(lambda: _sleepers())
    tell(
        f"a model that {kind}: told, and another one built; longest gap {gaps.longest * 1e3:.0f} ms"
        f" ({gaps.busiest * 1e3:.0f} ms of work), {grown / 2**20:.0f} MB more"
    )


_WINDOW = dedent(
    """
    import pathlib, sys
    sys.path.insert(0, "tests")
    from PySide6.QtCore import QSettings, QTimer
    from own_models import model_of
    from gradviz.app import ENGINE_COMMAND, make_application
    from gradviz.ui.bridge import Bridge
    from gradviz.ui.main_window import MainWindow
    app = make_application()
    bridge = Bridge(ENGINE_COMMAND)
    bridge.start()
    folder = pathlib.Path(sys.argv[1])
    window = MainWindow(bridge, QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat))
    window.show()
    window.state.catalogue_changed.connect(
        lambda: window.workbench.choose_own(model_of(folder / "net.py", "Net", mode="fit"))
    )
    app.exec()
    """
)


def test_that_nothing_lives_on_after_a_window_that_was_killed(tmp_path: Path, tell: Tell) -> None:
    mark = tmp_path / "started"
    endless = (
        f"subprocess.Popen([sys.executable, '-c', {_SLEEPER!r}], start_new_session=True); "
        f"open({str(mark)!r}, 'w').close(); sum(range(10**13))"
    )
    written(tmp_path, _NET.replace("BEFORE", endless))
    with subprocess.Popen(
        [sys.executable, "-c", _WINDOW, str(tmp_path)],
        cwd=_ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as window:
        _until(mark.exists)
        left = psutil.Process(window.pid).children(recursive=True)
        assert {"gradviz.engine", "gradviz.layout"} <= {
            word for each in left for word in each.cmdline()
        }
        os.kill(window.pid, signal.SIGKILL)
    started = time.monotonic()
    _assert_ended(lambda: [each for each in left if _alive(each)])
    _assert_ended(_sleepers)
    tell(
        f"a window killed while its engine held the interpreter: {len(left)} processes ended "
        f"{(time.monotonic() - started) * 1e3:.0f} ms later"
    )


def _sleepers() -> list[psutil.Process]:
    """Return the processes that the models of these tests have left."""
    return [
        each
        for each in psutil.process_iter(["cmdline", "status"])
        if _SLEEPER in (each.info["cmdline"] or ()) and each.info["status"] != psutil.STATUS_ZOMBIE
    ]


def _alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _assert_ended(living: Callable[[], list[psutil.Process]]) -> None:
    try:
        _until(lambda: not living())
    finally:
        for process in living():
            process.kill()


def _until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.01)
