"""A made-up workspace: one row, and it has a tab, a menu entry, a key and its arrangement."""

from collections.abc import Iterator

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from windows import opened

from gradviz.ui import actions, workspaces
from gradviz.ui.actions.found_actions import found_actions
from gradviz.ui.actions.view_menu import workspace_action
from gradviz.ui.main_window import MainWindow
from gradviz.ui.workspaces.workspace import PanelArrangement, Place, Workspace
from gradviz.ui.workspaces.workspace_tabs import WorkspaceTabs

READ = Workspace(
    id="read",
    title="Read",
    tip="The source beside the graph",
    shortcut="Alt+9",
    arrangements=(PanelArrangement(0, (Place("left", ("source",)),), {"left": 333}),),
)


@pytest.fixture
def window(
    engine: LocalEngine, settings: QSettings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """Open a window with one more workspace."""
    menus = tuple(
        (title, (*rows, workspace_action(READ)) if title == "&View" else rows)
        for title, rows in actions.MENUS
    )
    monkeypatch.setattr(actions, "MENUS", menus)
    monkeypatch.setattr(workspaces, "WORKSPACES", (*workspaces.WORKSPACES, READ))
    window = opened(engine, settings, qtbot)
    yield window
    window.close()


def test_that_a_row_has_a_tab_a_key_and_its_arrangement(window: MainWindow, qtbot: QtBot) -> None:
    tabs = window.findChild(WorkspaceTabs)
    assert tabs is not None
    assert tabs.tabText(tabs.count() - 1) == "Read"
    QTest.keyClick(window, Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    assert window.state.workspace == "read"
    assert tabs.currentIndex() == tabs.count() - 1
    qtbot.waitUntil(lambda: window.panels.widgets["source"].seen)
    source = window.panels.docks["source"]
    assert window.dockWidgetArea(source) == Qt.DockWidgetArea.LeftDockWidgetArea
    assert source.width() == 333


def test_that_the_palette_finds_it(window: MainWindow) -> None:
    titles = {entry.title for entry in found_actions(actions.MENUS, window.actions_made)}
    assert "Read workspace" in titles
