"""The question for the path of a file to write."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def asked_path(parent: QWidget, title: str, kind: str, name: str, folder: str = "") -> Path | None:
    """Return the chosen file, None if none was; `name` is the suggestion, with its suffix.

    The dialog itself asks before an existing file is replaced.
    """
    suffix = Path(name).suffix
    dialog = QFileDialog(parent, title, folder, f"{kind} (*{suffix})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.selectFile(name)
    if dialog.exec() != QFileDialog.DialogCode.Accepted:
        return None
    return Path(dialog.selectedFiles()[0])
