"""A wrapped text that is always as high as it needs to be."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel


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

    def _take_height(self) -> None:
        height = self.heightForWidth(self.width()) if self.text() else 0
        if height != self.minimumHeight():
            self.setMinimumHeight(max(0, height))
