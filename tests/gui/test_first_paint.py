"""What the first paint does not need is not done before it."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gradviz.ui.bridge import EngineLink
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels import PANELS
from gradviz.ui.widgets.painting.first_paint import AfterFirstPaint


def test_that_work_waits_for_the_paint_and_is_done_once(qtbot: QtBot) -> None:
    window, done = QWidget(), list[bool]()
    qtbot.addWidget(window)
    AfterFirstPaint(window, lambda: done.append(window.isVisible()))
    # The events of a window that is not shown yet.
    QApplication.processEvents()
    assert done == []
    window.show()
    qtbot.waitUntil(lambda: bool(done))
    window.update()
    window.resize(300, 200)
    qtbot.waitUntil(lambda: window.width() == 300)
    assert done == [True]


def test_that_the_layout_process_and_hidden_panels_come_after_the_first_paint(
    qtbot: QtBot, settings: QSettings
) -> None:
    window = MainWindow(EngineLink(), settings)
    qtbot.addWidget(window)
    layouts, panels = window.canvas.layouter, window.panels
    assert not layouts.warm
    assert len(panels.made) < len(PANELS)
    window.show()
    qtbot.waitUntil(lambda: layouts.warm)
    qtbot.waitUntil(lambda: len(panels.made) == len(PANELS))
    window.close()
