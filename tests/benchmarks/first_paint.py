"""Tells the parent process when a window has been painted for the first time, and ends."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class _Watch(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # All that has changed in the window is painted at once, on this request.
        if event.type() == QEvent.Type.UpdateRequest:
            watched.removeEventFilter(self)
            # After this event the whole window has been painted.
            QTimer.singleShot(0, self, _tell)
        return False


def _tell() -> None:
    print("shown", flush=True)
    QApplication.closeAllWindows()
    QApplication.quit()


def tell_first_paint(window: QWidget) -> None:
    """Print `shown` once `window` has been painted, then quit."""
    _Watch(window)
