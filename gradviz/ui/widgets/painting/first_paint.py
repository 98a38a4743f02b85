"""Work that waits until a window is on the screen, however long that takes."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

#: What else waits for the first paint comes before the work.
_REST_MS = 50


class AfterFirstPaint(QObject):
    """Calls `work` once, a moment after `window` has been painted for the first time."""

    def __init__(self, window: QWidget, work: Callable[[], None]) -> None:
        super().__init__(window)
        self._work = work
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # All that has changed in the window is painted at once, on this request.
        if event.type() == QEvent.Type.UpdateRequest:
            watched.removeEventFilter(self)
            QTimer.singleShot(_REST_MS, self, self._work)
        return False
