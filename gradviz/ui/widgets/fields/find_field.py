"""The field for a query to the graph, whose keys also move among the hits."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from gradviz.core.language.saying import marked, tr

_PLACEHOLDER: Final = marked("name, (2, 16), float16, nan, grad>1")
_TIP: Final = marked(
    "All of these must hold:\n"
    "a part of a name, module or label    h.3.attn mul\n"
    "a shape    (2, 16, 32)   2x16x32   (2, *)\n"
    "a type    float16\n"
    "a number    grad>1   value>=10   norm<1e-7   params>1000\n"
    "nan   inf   nonfinite   leaf   param   function\n"
    'any of these as a text    "leaf"'
)
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class FindField(QLineEdit):
    """A field whose Enter and arrows move among hits."""

    #: By how many hits to go on.
    moved = Signal(int)
    #: Esc was pressed.
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr(_PLACEHOLDER))
        self.setToolTip(tr(_TIP))

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            # They are shortcuts of the canvas elsewhere.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.moved.emit(-1 if event.modifiers() & _SHIFT else 1)
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)
