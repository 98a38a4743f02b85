"""The dialog with a report of a problem: read and changed first, then saved; nothing is sent."""

from pathlib import Path
from typing import Final

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import marked, sentences, tr
from gradviz.export.atomic import write_bytes
from gradviz.ui.dialogs.save_file import asked_path
from gradviz.ui.widgets.naming import named
from gradviz.ui.workspaces.window_places import remember_size

_TITLE: Final = marked("Report a problem")
_ABOUT: Final = marked(
    "This is all that the report holds. Nothing is sent: save it, and attach it where you tell of "
    "the problem. You can change it before, and describe above what happened."
)
_SAVED: Final = marked("Saved to {path}")
_COPIED: Final = marked("The report is in the clipboard.")
_NAME: Final = "gradviz-report.txt"


class ProblemReportDialog(QDialog):
    """Shows the whole report before any of it is written."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(_TITLE))
        self.text = named(QPlainTextEdit(text), title=tr("The report"))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self.font().pixelSize() if self.font().pixelSize() > 0 else 13)
        self.text.setFont(font)
        self.text.setTabChangesFocus(True)
        self.told = named(QLabel(wordWrap=True), "hint")
        kinds, roles = QDialogButtonBox.StandardButton, QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox(kinds.Close)
        self.save = buttons.addButton(tr("Save…"), roles.ActionRole)
        self.copy = buttons.addButton(tr("Copy"), roles.ActionRole)
        self.save.setDefault(True)
        self.save.clicked.connect(self._save)
        self.copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(QLabel(tr(_ABOUT), wordWrap=True))
        column.addWidget(self.text, 1)
        column.addWidget(self.told)
        column.addWidget(buttons)
        self.resize(min(820, parent.width() - 80), min(640, parent.height() - 60))
        remember_size(self, "report")

    def _save(self) -> None:
        path = asked_path(self, tr(_TITLE), tr("Text"), _NAME, str(Path.home()))
        if path is None:
            return
        try:
            write_bytes(path, self.text.toPlainText().encode())
        except GradvizError as error:
            self._say(sentences([error.message, error.hint]), wrong=True)
        else:
            self._say(tr(_SAVED, path=path), wrong=False)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._say(tr(_COPIED), wrong=False)

    def _say(self, text: str, *, wrong: bool) -> None:
        self.told.setText(text)
        self.told.setProperty("wrong", wrong)
        self.told.style().polish(self.told)


def show_problem_report(parent: QWidget, text: str) -> None:
    """Show the report until the dialog is closed."""
    ProblemReportDialog(text, parent).exec()
