"""Waits until a window has been painted; tells the parent process of the first time, and ends."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class _Watch(QObject):
    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # All that has changed in the window is painted at once, on this request.
        if event.type() == QEvent.Type.UpdateRequest:
            watched.removeEventFilter(self)
            # After this event the whole window has been painted.
            QTimer.singleShot(0, self, self._then)
        return False


def after_next_paint(window: QWidget, then: Callable[[], None]) -> None:
    """Call `then` once all of `window` has been painted, the next time that it is."""
    _Watch(window, then)


def tell_first_paint(window: QWidget) -> None:
    """Print `shown` once `window` has been painted, then quit."""
    after_next_paint(window, _tell)


def _tell() -> None:
    print("shown", flush=True)
    QApplication.closeAllWindows()
    QApplication.quit()
