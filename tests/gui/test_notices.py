"""What went wrong is said above the graph, with what to do, and the details on demand."""

from typing import Any

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, answering, texts_of, typed

from gradviz.protocol.events import CommandFailed
from gradviz.ui.dialogs.details import DetailsDialog
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.window_state import Notice, Subject

pytestmark = pytest.mark.usefixtures("layouts")

TRACEBACK = "Traceback (most recent call last):\n  ValueError: no"


def notify(window: MainWindow, subject: Subject = "engine", details: str = "") -> None:
    window.state.noticed.emit(Notice(subject, "It did not work.", "Do it otherwise.", details))


def details_button(window: MainWindow) -> QPushButton:
    return next(b for b in window.notices.findChildren(QPushButton) if b.text() == "Details")


def test_that_a_notice_says_what_happened_and_what_to_do(window: MainWindow) -> None:
    assert not window.notices.isVisible()
    notify(window)
    assert window.notices.isVisible()
    assert window.notices.text.text() == "It did not work. Do it otherwise."
    assert "Details" not in texts_of(window.notices, QPushButton)


def test_that_closing_a_notice_hides_it_until_the_next(window: MainWindow) -> None:
    notify(window)
    (close,) = window.notices.findChildren(QToolButton)
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not window.notices.isVisible()
    notify(window)
    assert window.notices.isVisible()


def test_that_details_show_the_traceback_and_escape_closes_them(window: MainWindow) -> None:
    notify(window, details=TRACEBACK)
    told: list[str] = []

    def look(dialog: Any) -> None:
        told.append(dialog.findChild(QPlainTextEdit).toPlainText())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    clock = answering(DetailsDialog, look)
    QTest.mouseClick(details_button(window), Qt.MouseButton.LeftButton)
    assert not clock.isActive()
    assert "It did not work." in told[0]
    assert TRACEBACK in told[0]


def test_that_a_notice_does_not_read_what_it_says_as_rich_text(window: MainWindow) -> None:
    window.state.noticed.emit(Notice("engine", "<b>a</b> &amp;"))
    assert window.notices.text.textFormat() == Qt.TextFormat.PlainText


def test_that_a_failure_of_the_engine_is_told_with_its_traceback(
    window: MainWindow, engine: LocalEngine
) -> None:
    assert window.state.built is not None
    engine.event_received.emit(
        CommandFailed(
            run=window.state.built.run,
            subject="engine",
            message="The engine failed.",
            hint="Try again.",
            details=TRACEBACK,
        )
    )
    assert window.notices.text.text() == "The engine failed. Try again."
    assert details_button(window).isVisible()


@pytest.mark.parametrize(
    ("subject", "goes"), [("model", True), ("device", True), ("export", False), ("engine", True)]
)
def test_that_a_notice_about_a_model_goes_when_another_one_stands(
    window: MainWindow, qtbot: QtBot, subject: Subject, goes: bool
) -> None:
    notify(window, subject)
    typed(window, qtbot, "a + b x")
    assert window.notices.isHidden() == goes


def test_that_a_notice_takes_no_room_from_the_graph(window: MainWindow, qtbot: QtBot) -> None:
    before = window.canvas.geometry()
    notify(window)
    qtbot.waitUntil(lambda: window.notices.height() < 100, timeout=SOON_MS)
    assert window.canvas.geometry() == before
    window.notices.hide()
    assert window.canvas.geometry() == before


def test_that_a_notice_is_as_high_as_its_text_and_shows_all_of_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.state.noticed.emit(Notice("training", "The loss is inf at step 1. " * 6))
    text = window.notices.text
    qtbot.waitUntil(lambda: window.notices.height() < 100, timeout=5000)
    assert text.height() >= text.heightForWidth(text.width())
    assert window.notices.rect().contains(text.geometry())
