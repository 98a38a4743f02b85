"""An attached window, started as `gradviz.show` starts it; notes when its graph is painted."""

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from gradviz.ui.quick_imports import leave_sources_unread

leave_sources_unread()

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from gradviz import app as program
from gradviz import attached
from gradviz.ui.main_window import MainWindow


class _Watch(QObject):
    """Waits until the graph has its place, and then for the next paint of the whole window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.canvas.placed.connect(self._begin)

    def _begin(self) -> None:
        self._window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, _tell)
        return False


def _tell() -> None:
    # The clock is the same in all processes.
    Path(os.environ["SHOWN_AT"]).write_text(str(time.monotonic()))
    QApplication.closeAllWindows()


with tempfile.TemporaryDirectory() as folder:
    path = str(Path(folder) / "settings.ini")
    program.user_settings = lambda: QSettings(path, QSettings.Format.IniFormat)
    opened = program.open_window

    def watched(*arguments: Any, **named: Any) -> tuple[QApplication, MainWindow]:
        application, window = opened(*arguments, **named)
        _Watch(window)
        return application, window

    program.open_window = watched
    code = attached.main()
sys.exit(code)
