"""A question that waits until recordings have rested, and is asked only while it is wanted."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class DebouncedQuestion(QObject):
    """Calls `ask` after a pause, if `is_wanted` says so then."""

    def __init__(
        self,
        pause_ms: int,
        is_wanted: Callable[[], bool],
        ask: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._pause_ms = pause_ms
        self._is_wanted = is_wanted
        self._ask = ask
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)

    def ask_after_rest(self) -> None:
        """Ask when nothing has called this for the whole pause."""
        self._timer.start(self._pause_ms)

    def ask_within_pause(self) -> None:
        """Ask at the end of the pause that runs, or that begins now."""
        if not self._timer.isActive():
            self._timer.start(self._pause_ms)

    def ask_now(self) -> None:
        """Ask as soon as the event loop runs again."""
        self._timer.start(0)

    def _on_timeout(self) -> None:
        if self._is_wanted():
            self._ask()
