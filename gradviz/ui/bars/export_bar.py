"""How far an export is, with Cancel; in the status bar, and only if it takes a while."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStatusBar, QWidget

from gradviz.ui.widgets.naming import named

#: An export that is done sooner shows nothing.
_PATIENCE_MS: Final = 500
_LONGEST_NAME: Final = 240


class ExportBar(QWidget):
    """A line of text and a button for one export."""

    cancelled = Signal()

    def __init__(self, name: str, status: QStatusBar) -> None:
        super().__init__(status)
        self._status = status
        self.text = named(QLabel(textFormat=Qt.TextFormat.PlainText), tip=name)
        # A narrow window cuts the text, not the button.
        self.text.setMinimumWidth(1)
        self._name = self.text.fontMetrics().elidedText(
            name, Qt.TextElideMode.ElideMiddle, _LONGEST_NAME
        )
        self.cancel = named(
            QPushButton("Cancel export"), tip="Stop; what the file held before stays"
        )
        self.cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.cancel)
        self.hide()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._appear)
        self._patience.start()
        self.tell("preparing")

    def tell(self, progress: str) -> None:
        """Show how far it is, such as "drawing, 34%"."""
        self.text.setText(f"Exporting {self._name}: {progress}")

    def finish(self) -> None:
        """Go away for good."""
        self._patience.stop()
        self.hide()
        self.deleteLater()

    def _appear(self) -> None:
        # Only now: another part of the status bar has the whole window laid out.
        self._status.addPermanentWidget(self)
        self.show()
