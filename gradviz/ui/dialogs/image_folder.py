"""The dialog for the folder with the classifier's images."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog

from gradviz.core.language.saying import tr


def ask_image_folder(start: str, choose: Callable[[str], None]) -> None:
    """Let the user pick the folder with FashionMNIST's files, and hand it to `choose`.

    The dialog begins in the folder `start`; in the user's home where that is empty.
    """
    start = start or str(Path.home())
    dialog = QFileDialog(QApplication.activeWindow(), tr("Folder with FashionMNIST's files"), start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    if dialog.exec() == QFileDialog.DialogCode.Accepted:
        choose(dialog.selectedFiles()[0])
