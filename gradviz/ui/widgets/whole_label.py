"""Labels whose text is whole: wrapped and as high as that takes, or cut with a tool tip."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from gradviz.core.language.saying import said_again

#: On each side of a text in pixels, as in the style sheet of the status bar.
_PADDING = 8


class WholeLabel(QLabel):
    """Wraps its text, and takes the height for it: in a form a QLabel is cut above and below."""

    def __init__(self) -> None:
        super().__init__(wordWrap=True)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._take_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._take_height()

    def _take_height(self) -> None:
        height = self.heightForWidth(self.width()) if self.text() else 0
        if height != self.minimumHeight():
            self.setMinimumHeight(max(0, height))


class ElidedLabel(QLabel):
    """One line in the room that is left; a longer text ends in … and is whole in the tool tip."""

    def __init__(self) -> None:
        super().__init__(textFormat=Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.whole = ""

    def show_text(self, text: str) -> None:
        """Show `text`."""
        self.whole = text
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._elide()

    def _elide(self) -> None:
        # What is cut is not known as a text that was said.
        self.whole = said_again(self.whole)
        room = self.contentsRect().width() - 2 * _PADDING
        shown = self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setToolTip(self.whole if shown != self.whole else "")
