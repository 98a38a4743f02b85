"""The base of text panels: lines to read, to copy and to scroll, with buttons above them."""

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QToolButton, QVBoxLayout

from gradviz.core.language.saying import tr
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.widgets.naming import named

_TEXT_PIXELS = 12


class TextPanel(PanelWidget):
    """Text that cannot be changed, in letters of one width, with a note above it."""

    #: English, `marked` in the classes beneath.
    title = ""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._workbench = context.workbench
        self.text = named(QPlainTextEdit(readOnly=True), title=tr(self.title))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(60)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(_TEXT_PIXELS)
        self.text.setFont(font)
        self.note = named(QLabel(wordWrap=True), "hint")
        self.copying = self.button(tr("Copy"), tr("Copy the whole text"))
        self.copying.clicked.connect(self._copy)
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._row.addWidget(self.note, 1)
        self._row.addWidget(self.copying)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(self._row)
        column.addWidget(self.text, 1)

    def button(self, label: str, tip: str) -> QToolButton:
        """Return a button for the row above the text."""
        title = tr("{label}: {title}", label=label, title=tr(self.title))
        button = named(QToolButton(), title=title, tip=tip)
        button.setText(label)
        return button

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
