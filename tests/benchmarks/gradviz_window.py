"""The program's own window, started as the program starts it; says when it is shown."""

import gc
import sys
import tempfile
from pathlib import Path

# As the command line does it.
gc.disable()

from gradviz.ui.quick_imports import leave_sources_unread

leave_sources_unread()

from first_paint import tell_first_paint
from PySide6.QtCore import QSettings

from gradviz import app as program

with tempfile.TemporaryDirectory() as folder:
    path = str(Path(folder) / "settings.ini")
    program.user_settings = lambda: QSettings(path, QSettings.Format.IniFormat)
    application, window = program.open_window()
    tell_first_paint(window)
    application.exec()
    assert "torch" not in sys.modules
