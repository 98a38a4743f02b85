"""The button by which the picture of the graph is dragged into another program."""

from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton

from gradviz.core.language.saying import marked, tr
from gradviz.ui.widgets.naming import named

_TIP: Final = marked("Drag the picture of the graph into another program; a click copies it")
_NOTHING: Final = marked("There is no graph yet that could be dragged into another program")


class DragHandle(QToolButton):
    """Tells when it is pressed, dragged and let go of; a click of it, or Enter, is another thing.

    The graph itself cannot be dragged out: dragging it moves it, and with Shift marks nodes.
    """

    #: A drag may follow.
    grabbed = Signal()
    #: The mouse has moved far enough for a drag.
    dragged = Signal()
    #: No drag follows any more.
    let_go = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setText(tr("Drag"))
        named(self, "drag_handle", title=tr("Drag picture out"))
        self._pressed: QPointF | None = None
        self._moved = False
        self.offer(possible=False)

    @property
    def held(self) -> bool:
        """Tell whether the mouse has dragged it and holds it still."""
        return self._pressed is not None and self._moved

    def offer(self, *, possible: bool) -> None:
        """Let it be used, or be greyed and say why not."""
        self.setEnabled(possible)
        self.setToolTip(tr(_TIP if possible else _NOTHING))
        self.setCursor(Qt.CursorShape.OpenHandCursor if possible else Qt.CursorShape.ArrowCursor)

    def end(self) -> None:
        """Take the drag as ended: its last event goes to where it is dropped."""
        self._pressed, self._moved = None, False
        self.setDown(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._moved = event.position(), False
            self.grabbed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        way = (event.position() - self._pressed).manhattanLength()
        if not self._moved and way >= QApplication.startDragDistance():
            self._moved = True
            self.dragged.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_dragged = self.held
        if self._pressed is not None and event.button() == Qt.MouseButton.LeftButton:
            self.end() if was_dragged else self._forget()
            self.let_go.emit()
        if not was_dragged:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def _forget(self) -> None:
        """Take the press as a click, which the button itself knows of."""
        self._pressed, self._moved = None, False
