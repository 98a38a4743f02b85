"""The dialog with the details of a notice."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from gradviz.core.language.saying import tr
from gradviz.ui.state.window_state import Notice
from gradviz.ui.workspaces.window_places import remember_size


class DetailsDialog(QDialog):
    """The whole message with its traceback, to read and to copy."""

    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Details"))
        self.resize(720, 420)
        remember_size(self, "details")
        text = QPlainTextEdit(f"{notice.message}\n{notice.hint}\n\n{notice.details}")
        text.setAccessibleName(tr("Details"))
        text.setReadOnly(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(text)
        column.addWidget(buttons)
