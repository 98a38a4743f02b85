"""Which folder the classifier's images are in, as the user says."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog

from gradviz.ui.state.window_state import State
from gradviz.ui.controllers.workbench import Workbench


def ask_image_folder(state: State, workbench: Workbench) -> None:
    """Let the user choose the folder with FashionMNIST's files, and train on them."""
    start = state.model.data_folder or str(Path.home())
    dialog = QFileDialog(QApplication.activeWindow(), "Folder with FashionMNIST's files", start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    if dialog.exec() == QFileDialog.DialogCode.Accepted:
        workbench.choose_data_folder(dialog.selectedFiles()[0])
