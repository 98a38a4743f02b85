"""A made-up format in the window: menu, palette, file dialog."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from window_acts import action, answering, exported

from gradviz.ui.dialogs.finder import Finder
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")

ID = "gradviz.file.export.nodes"


def test_that_the_format_is_in_the_menu(window: MainWindow) -> None:
    # PySide6 before 6.11.2 lets a menu go with its action.
    actions = window.menuBar().actions()
    menus = {each.text().replace("&", ""): each.menu() for each in actions}
    menu: Any = menus["File"]
    (made,) = (each for each in menu.actions() if each.objectName() == ID)
    assert made.text() == "Export graph as List of nodes…"


def test_that_the_format_is_in_the_palette(window: MainWindow) -> None:
    offered: list[str] = []

    def look(dialog: Any) -> None:
        offered.extend(dialog.listed)
        dialog.reject()

    clock = answering(Finder, look)
    action(window, "gradviz.edit.palette").trigger()
    clock.stop()
    assert ID in offered


def test_that_the_file_dialog_filters_by_it_and_writes_it(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    filters: list[str] = []

    def save(dialog: Any) -> None:
        filters.extend(dialog.nameFilters())
        dialog.selectFile(str(tmp_path / "mine"))
        dialog.accept()

    clock = answering(QFileDialog, save)
    action(window, ID).trigger()
    clock.stop()
    exported(window, qtbot)
    assert filters == ["List of nodes (*.nodes)"]
    assert window.state.graph is not None
    lines = (tmp_path / "mine.nodes").read_text().splitlines()
    assert lines == [f"{node.id} {node.op}" for node in window.state.graph.nodes]
