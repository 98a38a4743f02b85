"""An attached window, started as `gradviz.show` starts it; notes when its graph is painted."""

import os
import sys
import tempfile
import time
from pathlib import Path

from gradviz.attached import open_attached

# The modules of the window are loaded by it and in its order, as for a user.
with tempfile.TemporaryDirectory() as folder:
    os.environ["XDG_CONFIG_HOME"] = folder
    app, window = open_attached()

    from PySide6.QtCore import QEvent, QObject, QTimer

    class _Watch(QObject):
        """Waits until the graph has its place, and then for the next paint of the whole window."""

        def begin(self) -> None:
            window.installEventFilter(self)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.UpdateRequest:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self, _tell)
            return False

    def _tell() -> None:
        # The clock is the same in all processes.
        Path(os.environ["SHOWN_AT"]).write_text(str(time.monotonic()))
        app.closeAllWindows()

    watch = _Watch(window)
    window.canvas.placed.connect(watch.begin)
    code = app.exec()
sys.exit(code)
