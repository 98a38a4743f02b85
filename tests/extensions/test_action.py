"""A made-up action: one row of a menu, and it is in menu, palette, keys and help."""

from collections.abc import Iterator

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windows import opened

from gradviz.ui import actions
from gradviz.ui.actions.action import Action
from gradviz.ui.dialogs.about import shortcuts_table
from gradviz.ui.dialogs.finder import Finder
from gradviz.ui.main_window import MainWindow

_RAN: list[str] = []

GREET = Action(
    id="gradviz.help.greet",
    title="Greet the learner",
    tip="Say hello",
    shortcuts=("Ctrl+Alt+G",),
    enabled_when=lambda state: state.graph is not None,
    run=lambda window: _RAN.append(window.state.engine),
)


@pytest.fixture
def window(
    engine: LocalEngine, settings: QSettings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """Open a window whose Help menu has one more row."""
    *menus, (title, rows) = actions.MENUS
    monkeypatch.setattr(actions, "MENUS", (*menus, (title, (*rows, GREET))))
    _RAN.clear()
    window = opened(engine, settings, qtbot)
    yield window
    window.close()


def test_that_a_row_of_a_menu_is_in_menu_keys_and_help(window: MainWindow) -> None:
    (menu,) = [each for each in window.menuBar().actions() if each.text() == "&Help"]
    entry = next(each for each in menu.menu().actions() if each.objectName() == GREET.id)  # type: ignore[attr-defined]
    assert (entry.text(), entry.isEnabled()) == (GREET.title, True)
    entry.trigger()
    window.canvas.view.setFocus()
    QTest.keyClick(
        window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    assert _RAN == ["ready", "ready"]
    assert GREET.title in shortcuts_table(actions.MENUS)


def test_that_the_palette_finds_it(window: MainWindow) -> None:
    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Finder)
        QTest.keyClicks(dialog.search, "Greet the learner")
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    QTimer.singleShot(0, choose)
    window.show_palette()
    assert _RAN == ["ready"]
