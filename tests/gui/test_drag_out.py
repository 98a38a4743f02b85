"""The picture dragged into another program, by the button at the right of the canvas bar."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QDrag, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, exported, typed

from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")
_LEFT = Qt.MouseButton.LeftButton


class Dragged:
    """The border to the desktop: what is dragged there, and the file while it is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.formats: list[set[str]] = []
        self.svg = b""
        self.files: list[Path] = []
        self.image = QImage()
        monkeypatch.setattr(QDrag, "exec", lambda drag, _: self._dropped(drag))

    def times(self, count: int) -> bool:
        return len(self.formats) == count

    def _dropped(self, drag: QDrag) -> Qt.DropAction:
        content = drag.mimeData()
        self.formats.append(set(content.formats()))
        self.svg = bytes(content.data("image/svg+xml").data())
        self.files += [Path(url.toLocalFile()) for url in content.urls()]
        self.image = QImage(str(self.files[-1]))
        return Qt.DropAction.CopyAction


def pull(window: MainWindow, *, far: bool = True) -> Callable[[], None]:
    """Press the handle and move the mouse; return how to let go."""
    handle = window.canvas.drag_handle
    start = handle.rect().center()
    QTest.mousePress(handle, _LEFT, pos=start)
    end = start + QPoint(QApplication.startDragDistance() + 5 if far else 1, 0)
    QTest.mouseMove(handle, end)
    return lambda: QTest.mouseRelease(handle, _LEFT, pos=end)


def test_that_the_picture_is_dragged_as_image_svg_and_file(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(window, qtbot, "a + b x")
    dragged = Dragged(monkeypatch)
    pull(window)
    qtbot.waitUntil(lambda: bool(dragged.formats), timeout=12 * SOON_MS)
    assert {"image/png", "image/svg+xml", "text/uri-list"} <= dragged.formats[0]
    assert b'class="node ' in dragged.svg
    placement = window.canvas.placement
    assert placement is not None
    assert dragged.image.width() == pytest.approx(2 * placement.width, abs=100)
    assert not window.canvas.drag_handle.held
    assert not window.canvas.drag_handle.isDown()
    assert not window.notices.isVisible()


def test_that_the_file_stays_until_the_window_is_closed(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(window, qtbot, "a + b x")
    dragged = Dragged(monkeypatch)
    for count in (1, 2):
        pull(window)
        qtbot.waitUntil(partial(dragged.times, count), timeout=12 * SOON_MS)
    first, second = dragged.files
    assert first != second
    assert first.exists()
    assert second.exists()
    window.close()
    assert not first.exists()
    assert not second.parent.parent.exists()


def test_that_nothing_can_be_dragged_before_there_is_a_graph(
    engine: LocalEngine, settings: QSettings, qtbot: QtBot
) -> None:
    window = MainWindow(engine, settings)
    qtbot.addWidget(window)
    handle = window.canvas.drag_handle
    assert not handle.isEnabled()
    assert handle.toolTip().startswith("There is no graph yet")
    engine.start()
    qtbot.waitUntil(handle.isEnabled, timeout=12 * SOON_MS)
    assert handle.toolTip().startswith("Drag the picture")
    window.close()


def test_that_no_drag_begins_once_the_mouse_is_let_go(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(window, qtbot, "a + b x")
    dragged = Dragged(monkeypatch)
    QGuiApplication.clipboard().clear()
    pull(window)()
    exported(window, qtbot)
    assert not dragged.formats
    assert QGuiApplication.clipboard().image().isNull()


def test_that_a_click_copies_the_picture(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(window, qtbot, "a + b x")
    dragged = Dragged(monkeypatch)
    QGuiApplication.clipboard().clear()
    pull(window, far=False)()
    exported(window, qtbot)
    assert not dragged.formats
    assert QGuiApplication.clipboard().mimeData().hasImage()


def test_that_the_graph_is_still_moved_by_dragging_it(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(window, qtbot, "a + b x")
    dragged = Dragged(monkeypatch)
    view = window.canvas.view
    viewport, middle = view.viewport(), view.viewport().rect().center()
    before = view.mapFromScene(0, 0)
    QTest.mousePress(viewport, _LEFT, pos=middle)
    QTest.mouseMove(viewport, middle + QPoint(30, 20))
    QTest.mouseMove(viewport, middle + QPoint(60, 40))
    QTest.mouseRelease(viewport, _LEFT, pos=middle + QPoint(60, 40))
    assert view.mapFromScene(0, 0) != before
    assert not dragged.formats
