"""Help tells what is new, once after an update, and writes a report of a problem."""

from pathlib import Path

import pytest
from export_dialogs import name_file
from local_engine import LocalEngine
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, answering, rested, typed
from windows import opened

from gradviz import __version__
from gradviz.ui.dialogs.problem_report import ProblemReportDialog
from gradviz.ui.dialogs.whats_new import WhatsNewDialog, is_updated
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.window_state import Notice

pytestmark = pytest.mark.usefixtures("layouts")


def news_of(window: MainWindow) -> list[WhatsNewDialog]:
    return [each for each in window.findChildren(WhatsNewDialog) if each.isVisible()]


def test_that_the_first_start_has_no_news(
    window: MainWindow, settings: QSettings, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: settings.value("used_version") == __version__, timeout=SOON_MS)
    assert news_of(window) == []


@pytest.mark.parametrize("before", ["0.0.1", None])
def test_that_news_come_once_after_an_update(
    settings: QSettings, qtbot: QtBot, before: str | None
) -> None:
    settings.setValue("geometry", b"")
    if before is not None:
        settings.setValue("used_version", before)
    window = opened(LocalEngine(), settings, qtbot)
    qtbot.waitUntil(lambda: len(news_of(window)) == 1, timeout=SOON_MS)
    (news,) = news_of(window)
    assert __version__ in news.text.toPlainText()
    assert "Added" in news.text.toPlainText()
    QTest.keyClick(news, Qt.Key.Key_Escape)
    assert not is_updated(settings)
    window.close()


def test_that_the_menu_shows_the_news(window: MainWindow, qtbot: QtBot) -> None:
    action(window, "gradviz.help.whats_new").trigger()
    (news,) = news_of(window)
    assert "[" not in news.windowTitle()
    QTest.keyClick(news, Qt.Key.Key_Escape)
    assert news_of(window) == []


def test_that_a_missing_changelog_is_said(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gradviz.ui.dialogs.whats_new.resources", lambda: tmp_path / "resources")
    told: list[Notice] = []
    window.state.noticed.connect(told.append)
    action(window, "gradviz.help.whats_new").trigger()
    assert [each.message for each in told] == ["The list of changes is missing."]


def test_that_a_report_is_read_and_then_written(
    window: MainWindow, settings: QSettings, qtbot: QtBot, tmp_path: Path
) -> None:
    typed(window, qtbot, "a sin(b x)")
    settings.setValue("export_folder", f"{Path.home()}/private/folder")
    details = f'File "{Path.home()}/private/net.py", line 3'
    window.state.noticed.emit(Notice("engine", "The engine ended.", "Restart.", details))
    rested(window, qtbot)
    path, seen = tmp_path / "report.txt", []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ProblemReportDialog)
        text = dialog.text.toPlainText()
        seen.append(text)
        # Nothing is written before Save.
        assert not path.exists()
        dialog.text.appendPlainText("Words of mine.")
        naming = answering(QFileDialog, lambda asked: name_file(asked, path))
        QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        naming.stop()
        assert dialog.told.text() == f"Saved to {path}"
        QTest.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    clock = answering(ProblemReportDialog, answer)
    action(window, "gradviz.help.report").trigger()
    clock.stop()
    (text,) = seen
    assert path.read_text(encoding="utf-8") == f"{text}\nWords of mine."
    assert QGuiApplication.clipboard().text() == path.read_text(encoding="utf-8")
    for part in (__version__, "a sin(b x)", "The engine ended.", "offscreen", "PySide6", "export"):
        assert part in text
    assert "private" not in text
    assert str(Path.home()) + "/" not in text


def test_that_a_report_that_cannot_be_written_is_said(window: MainWindow, tmp_path: Path) -> None:
    dialog = ProblemReportDialog("text", window)
    dialog.show()
    path = tmp_path / "missing" / "report.txt"
    naming = answering(QFileDialog, lambda asked: _accept(asked, path))
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    naming.stop()
    assert not path.exists()
    assert dialog.told.text()
    assert dialog.told.property("wrong")
    dialog.close()


def _accept(dialog: QDialog, path: Path) -> None:
    """Choose a path that the dialog itself would take, and whose folder goes meanwhile."""
    path.parent.mkdir()
    name_file(dialog, path)
    path.parent.rmdir()
