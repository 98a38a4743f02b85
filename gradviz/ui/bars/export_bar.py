"""How far the exports are, each with Cancel; in the status bar, and only if it takes a while."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gradviz.core.language.saying import tr
from gradviz.ui.widgets.naming import named

#: An export that is done sooner shows nothing.
_PATIENCE_MS: Final = 500
_LONGEST_NAME: Final = 240


class ExportBars(QWidget):
    """The place of all exports beside one another; it takes no room while there is none.

    It is put into the status bar once: where a part of that comes or goes while a message is shown,
    or where one is higher than the others, Qt shows the parts over the message.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = _row(self)

    def add(self, name: str) -> "ExportBar":
        """Return the line of a new export."""
        bar = ExportBar(name, self)
        self._row.addWidget(bar)
        return bar


class ExportBar(QWidget):
    """A line of text and a button for one export, hidden at first."""

    cancelled = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.text = named(QLabel(self, textFormat=Qt.TextFormat.PlainText), tip=name)
        self.text.ensurePolished()
        self._name = self.text.fontMetrics().elidedText(
            name, Qt.TextElideMode.ElideMiddle, _LONGEST_NAME
        )
        self.tell(tr("preparing"))
        self.cancel = named(
            QPushButton(tr("Cancel export"), self),
            tip=tr("Stop; what the file held before stays"),
        )
        self.cancel.setFixedHeight(self.text.sizeHint().height())
        self.cancel.clicked.connect(self.cancelled)
        row = _row(self)
        row.addWidget(self.text, 1)
        row.addWidget(self.cancel)
        # A narrow window cuts the text, not the button.
        self.text.setMinimumWidth(1)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self._patience.start()

    def tell(self, progress: str) -> None:
        """Show how far it is, such as "drawing, 34%"."""
        self.text.setText(tr("Exporting {name}: {progress}", name=self._name, progress=progress))

    def finish(self) -> None:
        """Go away for good."""
        self._patience.stop()
        self.hide()
        self.deleteLater()


def _row(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    return row
