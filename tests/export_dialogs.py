"""What a user does in the dialogs of an export, with real clicks."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit


def press_ok(dialog: QDialog) -> None:
    """Click the first button of a dialog."""
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    QTest.mouseClick(buttons.buttons()[0], Qt.MouseButton.LeftButton)


def name_file(dialog: QDialog, path: Path) -> None:
    """Type the path of a file, and accept it."""
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setText(str(path))
    press_ok(dialog)
