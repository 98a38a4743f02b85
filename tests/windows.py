"""Fixtures of a window for each test: with the real engine, in this process or in its own."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from local_engine import LocalEngine
from local_layouts import LocalLayouts
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradviz.app import ENGINE_COMMAND
from gradviz.ui.bridge import Bridge, EngineLink
from gradviz.ui.garbage import keep_what_is_loaded
from gradviz.ui.main_window import MainWindow

PATIENCE_MS = 20_000


@pytest.fixture(autouse=True)
def _no_widget_is_left() -> Iterator[None]:
    """Delete what a window leaves: the plots' menus have no parent, and each costs every figure."""
    before = set(QApplication.topLevelWidgets())
    yield
    for widget in set(QApplication.topLevelWidgets()) - before:
        if widget.parent() is None:
            widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """Return settings that no other test and no user sees."""
    return QSettings(str(tmp_path / "gradviz.ini"), QSettings.Format.IniFormat)


def opened(engine: EngineLink, settings: QSettings, qtbot: QtBot) -> MainWindow:
    """Open a window at 1440 x 900 and wait until it shows the first graph."""
    engine.start()
    window = MainWindow(engine, settings)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.canvas.placement is not None, timeout=PATIENCE_MS)
    # As it is a quarter of a second later.
    window.panels.make_the_rest()
    return window


@pytest.fixture
def engine() -> LocalEngine:
    """Return the engine behind `window`."""
    return LocalEngine()


@pytest.fixture
def window(engine: LocalEngine, settings: QSettings, qtbot: QtBot) -> Iterator[MainWindow]:
    """Open a window over an engine in this process."""
    window = opened(engine, settings, qtbot)
    yield window
    window.close()


@pytest.fixture
def real_window(settings: QSettings, qtbot: QtBot) -> Iterator[MainWindow]:
    """Open a window over an engine in its own process, as a user has it."""
    window = opened(Bridge(ENGINE_COMMAND), settings, qtbot)
    # As the program does: all that earlier tests left is not looked through within its acts.
    keep_what_is_loaded()
    yield window
    window.close()
    gc.unfreeze()


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> LocalLayouts:
    """Lay out in this process; for `pytest.mark.usefixtures`, so that the window finds it."""
    layouts = LocalLayouts()
    monkeypatch.setattr("gradviz.ui.canvas.layouter.LayoutClient", lambda: layouts)
    return layouts
