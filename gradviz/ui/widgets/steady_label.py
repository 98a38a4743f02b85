"""Text that changes often and does not move its neighbours."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class SteadyLabel(QWidget):
    """Holds `label` with room for the widest text that it has had, and for `least` pixels.

    A QLabel in a layout has the whole window laid out at each text, which takes milliseconds;
    this has it laid out where a text needs more room than there is, and then only.
    """

    def __init__(self, label: QLabel, least: int = 0) -> None:
        super().__init__()
        self._label = label
        label.setParent(self)
        self._least = least
        self._widest = least
        horizontally = label.sizePolicy().horizontalPolicy()
        self.setSizePolicy(horizontally, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Return the shown text."""
        return self._label.text()

    def show_text(self, text: str) -> None:
        """Show `text`."""
        if text == self._label.text():
            return
        self._label.setText(text)
        self._ask_for_room()

    def _ask_for_room(self) -> None:
        """Have the window laid out if the label needs more room than there is."""
        if self._label.wordWrap():
            if self._label.heightForWidth(self.width()) > self.height():
                self.updateGeometry()
            return
        hint = self._label.sizeHint()
        wider, higher = hint.width() > self._widest, hint.height() > self.height()
        self._widest = max(self._widest, hint.width())
        if higher or (wider and self.sizePolicy().horizontalPolicy() != QSizePolicy.Policy.Ignored):
            self.updateGeometry()

    def forget_width(self) -> None:
        """Take no more room than the text that is shown and those after it."""
        self._widest = self._least
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = self._label.sizeHint()
        if self._label.wordWrap():
            return QSize(hint.width(), self._height_of_lines(hint.height()))
        # A style sheet that comes after the text may have made that wider.
        self._widest = max(self._widest, hint.width())
        return QSize(self._widest, hint.height())

    def minimumSizeHint(self) -> QSize:
        if not self._label.wordWrap():
            return self.sizeHint()
        hint = self._label.minimumSizeHint()
        return QSize(hint.width(), self._height_of_lines(hint.height()))

    def _height_of_lines(self, hint: int) -> int:
        """Return the height at the present width: a hint is that at a narrow one of Qt's choice."""
        return min(hint, self._label.heightForWidth(self.width())) if self.width() > 0 else hint

    def hasHeightForWidth(self) -> bool:
        return self._label.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        return self._label.heightForWidth(width)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        # The label sends it where its style or font has changed.
        if event.type() == QEvent.Type.LayoutRequest:
            self._ask_for_room()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label.resize(event.size())
        # The layout remembers the height that an earlier text had at this width.
        self._ask_for_room()
