"""The painting of a window in turns of its own."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class PaintTurn(QObject):
    """Lets timers and keys come between a change in a window and the painting of it.

    Qt paints as soon as the change is made, before it looks at a timer: to take an event of the
    engine and to paint what it changed would hold the window up for the sum of both.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._paint)
        self._due = True
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # All that has changed in the window is painted at once, on this request.
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        if self._due:
            # The first painting is what the user waits for.
            self._due = False
            return False
        self._turn.start()
        return True

    def _paint(self) -> None:
        self._due = True
        QCoreApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
        self._due = False
