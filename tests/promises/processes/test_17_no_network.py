"""No network, no telemetry, no listening socket: in the window, the engine and the layouts."""

import os
import socket
from pathlib import Path

import psutil
import pytest
from promised import Tell
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from window_acts import shown, stands, type_in
from windows import PATIENCE_MS, opened

from gradviz.app import ENGINE_COMMAND
from gradviz.ui.bridge import Bridge

#: Put before the program in each of its processes: notes every socket, and who made it.
_WATCH = """
import os, sys
def hear(event, arguments):
    if event.startswith("socket.") and event != "socket.__new__":
        with open(os.environ["SOCKETS_SEEN"], "a") as seen:
            seen.write(f"{sys.argv} {event} {arguments}\\n")
sys.addaudithook(hear)
with open(os.environ["SOCKETS_SEEN"], "a") as seen:
    seen.write(f"started {os.getpid()}\\n")
"""


def test_that_no_process_opens_a_connection_or_listens(
    settings: QSettings,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tell: Tell,
) -> None:
    seen = tmp_path / "seen"
    watch = tmp_path / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(_WATCH)
    monkeypatch.setenv("SOCKETS_SEEN", str(seen))
    monkeypatch.setenv("PYTHONPATH", str(watch))
    window = opened(Bridge(ENGINE_COMMAND), settings, qtbot)
    type_in(window, "a sin(b x) + c")
    qtbot.waitUntil(lambda: stands(window, "a sin(b x) + c"), timeout=PATIENCE_MS)
    window.workbench.choose_steps(200)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step == 200, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: shown(window), timeout=PATIENCE_MS)
    others = psutil.Process().children(recursive=True)
    ours = [each for each in others if any("gradviz" in word for word in each.cmdline())]
    processes = [psutil.Process(), *ours]
    open_now = [each for process in processes for each in process.net_connections("inet")]
    window.close()
    lines = seen.read_text().splitlines()
    started = {int(line.split()[1]) for line in lines if line.startswith("started")}
    assert started >= {process.pid for process in processes} - {os.getpid()}
    assert [line for line in lines if not line.startswith("started")] == []
    assert [each for each in open_now if each.family != socket.AF_UNIX] == []
    tell(f"{len(processes)} processes, {len(started)} of them watched: no socket")
