"""A made-up panel: one row, and it has a dock, a menu entry, a place and the palette's word."""

from collections.abc import Iterator

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot
from windows import opened

from gradviz.ui import panels
from gradviz.ui.dialogs.finder import Finder
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.panel import Panel, PanelContext, PanelWidget


class CountPanel(PanelWidget):
    """Tells how many nodes the graph has."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self.label = QLabel()
        QVBoxLayout(self).addWidget(self.label)
        context.state.recorded.connect(self.refresh)

    def refresh(self) -> None:
        if self.seen and self._state.graph is not None:
            self.label.setText(f"{len(self._state.graph.nodes)} nodes")


@pytest.fixture
def window(
    engine: LocalEngine, settings: QSettings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """Open a window with one more panel, closed at first."""
    row = Panel("count", "Count", "bottom", CountPanel, behind="fit", opened=False)
    monkeypatch.setattr(panels, "PANELS", (*panels.PANELS, row))
    window = opened(engine, settings, qtbot)
    yield window
    window.close()


def test_that_a_row_makes_a_dock_with_a_menu_entry(window: MainWindow, qtbot: QtBot) -> None:
    dock = window.panels.docks["count"]
    assert not dock.isVisible()
    (view,) = [each for each in window.menuBar().actions() if each.text() == "&View"]
    entry = next(each for each in view.menu().actions() if each.text() == "Count")  # type: ignore[attr-defined]
    entry.trigger()
    panel = window.panels.widgets["count"]
    assert isinstance(panel, CountPanel)
    panel.come_to_front()
    qtbot.waitUntil(lambda: panel.seen)
    graph = window.state.graph
    assert graph is not None
    assert panel.label.text() == f"{len(graph.nodes)} nodes"


def test_that_the_palette_brings_it_to_the_front(window: MainWindow, qtbot: QtBot) -> None:
    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Finder)
        QTest.keyClicks(dialog.search, "Show Count")
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    QTimer.singleShot(0, choose)
    window.show_palette()
    qtbot.waitUntil(lambda: window.panels.widgets["count"].seen)
