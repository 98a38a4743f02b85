"""A call at a bounded rate, however often it is requested."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Pace(QObject):
    """Calls `action` once after any number of requests, and not again within `interval_ms`."""

    def __init__(self, interval_ms: int, action: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=interval_ms)
        self._timer.timeout.connect(action)

    def request(self) -> None:
        """Ask for the action; it follows soon."""
        if not self._timer.isActive():
            self._timer.start()
