"""A line of text that changes often and does not move what stands beside it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class SteadyLabel(QWidget):
    """A label with room for the widest text that it has had, and for `least` pixels.

    A QLabel in a layout has the whole window laid out at each text, which takes milliseconds.
    """

    def __init__(self, name: str, least: int = 0) -> None:
        super().__init__()
        self._label = QLabel(self)
        self._label.setObjectName(name)
        self._least = self._widest = least
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Return what is shown."""
        return self._label.text()

    def show_text(self, text: str) -> None:
        """Show `text`."""
        self._label.setText(text)
        width = self._label.sizeHint().width()
        if width > self._widest:
            self._widest = width
            self.updateGeometry()

    def forget_width(self) -> None:
        """Take no more room than the text that is shown and those after it."""
        self._widest = max(self._least, self._label.sizeHint().width())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._widest, self._label.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label.resize(event.size())
