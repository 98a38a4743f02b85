"""Windows that save sessions, and others that open them: fixtures."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from windows import opened

from gradviz.ui.main_window import MainWindow


@pytest.fixture
def session_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file that the user names when asked for one."""
    path = tmp_path / "fit.gviz"
    monkeypatch.setattr(
        "gradviz.ui.controllers.sessions.session_files.asked_path", lambda *_, **__: path
    )
    return path


@pytest.fixture
def open_another(settings: QSettings, qtbot: QtBot) -> Iterator[Callable[[], MainWindow]]:
    """Open further windows, each over an engine of its own."""
    windows: list[MainWindow] = []

    def another() -> MainWindow:
        windows.append(opened(LocalEngine(), settings, qtbot))
        return windows[-1]

    yield another
    for window in windows:
        window.close()
