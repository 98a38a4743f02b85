"""The lists to search, the shortcuts, and what the program says of itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot
from window_acts import action, answering

from gradviz import __version__
from gradviz.ui.actions import all_actions
from gradviz.ui.dialogs.about import ShortcutsDialog
from gradviz.ui.dialogs.finder import Finder
from gradviz.ui.dialogs.search_order import Entry, in_order
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels import PANELS

pytestmark = pytest.mark.usefixtures("layouts")

ENTRIES = (
    Entry("1", "Mul", "b·x   MulBackward0"),
    Entry("2", "Add", "AddBackward0"),
    Entry("3", "b"),
)


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


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("light", "Light theme"),
        ("dark", "Dark theme"),
        ("show training", "Show Training"),
        ("training", "Show Training"),
        ("train", "Train"),
        ("step", "Step"),
        ("fit", "Fit"),
        ("find", "Find node…"),
        ("zoom", "Zoom in"),
        ("SVG", "Export graph as SVG image…"),
        ("theme da", "Dark theme"),
        ("seed", "New seed"),
        ("quit", "Quit"),
        ("shortcuts", "Keyboard shortcuts"),
        ("second order", "Create graph (second order)"),
    ],
)
def test_that_the_likeliest_action_comes_first(query: str, first: str) -> None:
    titles = [Entry(each.id, each.title, each.tip) for each in all_actions()]
    panels = [Entry(each.id, f"Show {each.title}", "Bring it to the front") for each in PANELS]
    assert in_order(query, [*titles, *panels])[0].title == first


def test_that_an_operation_comes_before_what_has_its_letters_within() -> None:
    nodes = [
        Entry("1", "AccumulateGrad", "a"),
        Entry("2", "b", "AccumulateGrad"),
        Entry("3", "Matmul", "w x"),
        Entry("4", "MulBackward"),
        Entry("5", "Mul", "b·x   MulBackward0"),
    ]
    assert [each.key for each in in_order("mul", nodes)] == ["5", "4", "1", "3", "2"]


@given(st.text(max_size=6), st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8))))
def test_that_what_is_found_has_every_word(query: str, rows: list[tuple[str, str]]) -> None:
    entries = [Entry(str(place), title, about) for place, (title, about) in enumerate(rows)]
    found = in_order(query, entries)
    for entry in entries:
        text = (entry.title.lower(), entry.about.lower())
        every = all(any(word in each for each in text) for word in query.lower().split())
        assert (entry in found) == every


def test_that_a_row_tells_menu_keys_and_state(window: MainWindow) -> None:
    rows: dict[str, str] = {}

    def look(dialog: Any) -> None:
        listed = dialog.list.model()
        for row in range(listed.rowCount()):
            index = listed.index(row, 0)
            rows[index.data()] = index.data(Qt.ItemDataRole.AccessibleTextRole)
        dialog.grab()
        QTest.keyClicks(dialog.search, "zzz")
        assert "zzz" in dialog.nothing.text()
        dialog.reject()

    clock = answering(Finder, look)
    action(window, "gradviz.edit.palette").trigger()
    clock.stop()
    assert "Edit" in rows["Find node…"]
    assert "Ctrl+F" in rows["Find node…"]
    assert rows["Show Training"].endswith("on   View")
    assert rows["Show Tensor"].endswith("off   View")


def test_that_arrows_move_among_what_is_listed_and_enter_chooses(finder: Finder) -> None:
    QTest.keyClicks(finder.search, "b")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(finder.search, key)
    QTest.keyClick(finder.search, Qt.Key.Key_Return)
    assert finder.chosen == "1"
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
