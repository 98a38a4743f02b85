"""The lists to search, the shortcuts, and what the program says of itself."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot
from window_acts import action, answering

from gradviz import __version__
from gradviz.ui.actions import all_actions
from gradviz.ui.dialogs.about import ShortcutsDialog
from gradviz.ui.dialogs.finder import Finder
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")

ENTRIES = (("1", "Mul   b·x   MulBackward0"), ("2", "Add   AddBackward0"), ("3", "b"))


@pytest.fixture
def finder(qtbot: QtBot) -> Finder:
    """Return a finder of three entries."""
    finder = Finder("Find node", ENTRIES)
    qtbot.addWidget(finder)
    finder.show()
    return finder


def search(dialog: Any, text: str) -> None:
    """Type into a finder and press Enter."""
    QTest.keyClicks(dialog.search, text)
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)


def test_that_typing_narrows_the_list_to_what_has_every_word(finder: Finder) -> None:
    assert list(finder.listed) == ["1", "2", "3"]
    QTest.keyClicks(finder.search, "BACKWARD b")
    assert list(finder.listed) == ["1", "2"]
    QTest.keyClicks(finder.search, "·x")
    assert list(finder.listed) == ["1"]


def test_that_arrows_move_among_what_is_listed_and_enter_chooses(finder: Finder) -> None:
    QTest.keyClicks(finder.search, "b")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(finder.search, key)
    QTest.keyClick(finder.search, Qt.Key.Key_Return)
    assert finder.chosen == "2"
    assert finder.result() == QDialog.DialogCode.Accepted


def test_that_enter_chooses_nothing_when_nothing_is_found(finder: Finder) -> None:
    search(finder, "nothing of the kind")
    assert finder.chosen is None
    assert finder.isVisible()
    assert finder.nothing.isVisibleTo(finder)
    finder.search.clear()
    assert not finder.nothing.isVisibleTo(finder)


def test_that_escape_chooses_nothing(finder: Finder) -> None:
    QTest.keyClick(finder.search, Qt.Key.Key_Escape)
    assert finder.chosen is None
    assert not finder.isVisible()


def test_that_a_node_is_found_by_its_name(window: MainWindow) -> None:
    clock = answering(Finder, lambda dialog: search(dialog, "PowBackward0"))
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert not clock.isActive()
    assert window.state.selected is not None
    assert window.state.graph is not None
    assert window.state.graph.node[window.state.selected].name == "PowBackward0"


def test_that_the_palette_does_what_is_chosen(window: MainWindow) -> None:
    clock = answering(Finder, lambda dialog: search(dialog, "to the end"))
    action(window, "gradviz.edit.palette").trigger()
    assert not clock.isActive()
    assert window.state.cursor == len(window.state.steps) > 0


def test_that_the_palette_offers_only_what_can_be_done(window: MainWindow) -> None:
    offered: list[str] = []

    def look(dialog: Any) -> None:
        offered.extend(dialog.listed)
        dialog.reject()

    clock = answering(Finder, look)
    action(window, "gradviz.edit.palette").trigger()
    clock.stop()
    assert "gradviz.step.back" in offered
    assert "gradviz.step.turn" not in offered
    assert window.state.cursor == 0


def test_that_the_palette_opens_a_panel_that_was_closed(window: MainWindow) -> None:
    def choose(dialog: Any) -> None:
        QTest.keyClicks(dialog.search, "show tensor")
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    assert window.panels.docks["tensor"].isHidden()
    clock = answering(Finder, choose)
    action(window, "gradviz.edit.palette").trigger()
    clock.stop()
    assert not window.panels.docks["tensor"].isHidden()


def test_that_every_shortcut_is_shown_within_the_window(window: MainWindow) -> None:
    window.resize(1024, 700)
    told: list[tuple[str, int]] = []

    def look(dialog: Any) -> None:
        told.append((dialog.text.toPlainText(), dialog.height()))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    clock = answering(ShortcutsDialog, look)
    QTest.keyClick(window, Qt.Key.Key_F1)
    clock.stop()
    ((text, height),) = told
    assert height < 700
    for each in all_actions():
        assert (each.title.rstrip("…") in text) or not each.shortcuts
    assert "Ctrl+Shift+P" in text


def test_that_about_names_the_versions(window: MainWindow) -> None:
    told: list[str] = []

    def look(dialog: Any) -> None:
        told.append(dialog.text())
        dialog.accept()

    clock = answering(QMessageBox, look)
    action(window, "gradviz.help.about").trigger()
    clock.stop()
    assert window.state.catalogue is not None
    assert __version__ in told[0]
    assert window.state.catalogue.torch in told[0]
