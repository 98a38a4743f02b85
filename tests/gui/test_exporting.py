"""The window goes on while a file is made, tells how far it is, and lets the user cancel."""

import os
import signal
from pathlib import Path

import psutil
import pytest
from gaps import Gaps, seconds_to_count
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sample_graphs import wide_graph, wide_trace
from window_acts import SOON_MS, action, exported, rested

from gradviz.layout.rows import place_in_rows
from gradviz.render.measure import boxes, links
from gradviz.ui.bars.export_bar import ExportBar
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")


def show_wide(window: MainWindow, monkeypatch: pytest.MonkeyPatch, nodes: int = 10_000) -> None:
    """Have a graph of so many nodes to export; to show it, too, would measure something else."""
    graph = wide_graph(nodes)
    placement = place_in_rows(tuple(boxes(graph)), tuple(links(graph)))
    window.state.graph, window.state.trace = graph, wide_trace(graph)
    window.state.cursor = nodes // 2
    monkeypatch.setattr(window.canvas, "placement_of", lambda _: placement)


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".dot"])
def test_that_the_window_goes_on_while_ten_thousand_nodes_are_written(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    show_wide(window, monkeypatch)
    gaps = Gaps(window)
    window.exports.write_graph(tmp_path / f"wide{suffix}")
    exported(window, qtbot)
    gaps.end()
    assert (tmp_path / f"wide{suffix}").exists()
    assert gaps.turns > 20
    assert gaps.busiest < 16 * max(0.0125, seconds_to_count())


def bar_of(window: MainWindow, qtbot: QtBot) -> ExportBar:
    """Return the line of the export that runs, once it is seen."""

    def seen() -> list[ExportBar]:
        return [each for each in window.statusBar().findChildren(ExportBar) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(seen()), timeout=4 * SOON_MS)
    (bar,) = seen()
    return bar


def test_that_a_long_export_tells_how_far_it_is_and_is_cancelled_by_a_click(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "wide.svg"
    path.write_text("old")
    show_wide(window, monkeypatch)
    window.exports.write_graph(path)
    bar = bar_of(window, qtbot)
    qtbot.waitUntil(lambda: "drawing, " in bar.text.text(), timeout=4 * SOON_MS)
    assert bar.text.text().startswith("Exporting wide.svg: drawing, ")
    assert bar.text.text().endswith("%")
    button = bar.findChild(QPushButton)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    exported(window, qtbot)
    assert path.read_text() == "old"
    assert list(tmp_path.glob(".gradviz*")) == []
    assert not [each for each in window.statusBar().findChildren(ExportBar) if each.isVisible()]
    assert not window.notices.isVisible()


def test_that_the_line_moves_nothing_and_leaves_a_message_its_place(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = window.statusBar()
    canvas, height = window.canvas.geometry(), status.height()
    show_wide(window, monkeypatch, 2000)
    monkeypatch.setattr("gradviz.ui.bars.export_bar._PATIENCE_MS", 0)
    window.exports.write_graph(tmp_path / "wide.svg")
    bar_of(window, qtbot)
    rested(window, qtbot)
    assert (window.canvas.geometry(), status.height()) == (canvas, height)
    exported(window, qtbot)
    QApplication.processEvents()
    assert "wide.svg" in status.currentMessage()
    assert (window.canvas.geometry(), status.height()) == (canvas, height)


def test_that_a_short_export_shows_no_line(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gradviz.ui.bars.export_bar._PATIENCE_MS", 60_000)
    window.exports.write_graph(tmp_path / "mine.dot")
    bar = window.statusBar().findChild(ExportBar)
    assert bar is not None
    assert not bar.isVisible()
    exported(window, qtbot)
    assert (tmp_path / "mine.dot").exists()


def test_that_the_death_of_the_process_is_told_and_loses_nothing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "wide.svg"
    path.write_text("old")
    show_wide(window, monkeypatch)
    window.exports.write_graph(path)
    (running,) = window.exports.running
    qtbot.waitUntil(lambda: running.pid is not None, timeout=SOON_MS)
    assert running.pid is not None
    os.kill(running.pid, signal.SIGKILL)
    exported(window, qtbot)
    assert "wide.svg was ended before it was done (signal 9)" in window.notices.text.text()
    assert path.read_text() == "old"
    # The next one has a process of its own.
    window.exports.write_graph(tmp_path / "wide.dot")
    exported(window, qtbot)
    assert (tmp_path / "wide.dot").exists()


def test_that_closing_the_window_ends_the_export(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_wide(window, monkeypatch)
    window.exports.write_graph(tmp_path / "wide.svg")
    (running,) = window.exports.running
    qtbot.waitUntil(lambda: running.pid is not None, timeout=SOON_MS)
    assert running.pid is not None
    window.close()
    assert not psutil.pid_exists(running.pid)
    assert list(tmp_path.glob("*.svg")) + list(tmp_path.glob(".gradviz*")) == []


def test_that_several_exports_run_beside_one_another(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    paths = [tmp_path / f"mine{suffix}" for suffix in (".svg", ".dot", ".json")]
    for path in paths:
        window.exports.write_graph(path)
    assert len(window.exports.running) == 3
    exported(window, qtbot)
    assert all(path.stat().st_size for path in paths)
    assert not window.notices.isVisible()


def test_that_a_file_shows_the_moment_at_which_it_was_asked_for(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.workbench.move_cursor(2)
    window.exports.write_graph(tmp_path / "then.json")
    window.workbench.move_cursor(4)
    exported(window, qtbot)
    assert '"cursor": 2' in (tmp_path / "then.json").read_text()


def test_that_of_two_copies_the_clipboard_gets_the_later_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    for _ in range(2):
        action(window, "gradviz.edit.copy_graph").trigger()
    told = window.statusBar().currentMessage
    assert told() == ""
    exported(window, qtbot)
    assert told() == "The graph is in the clipboard"
    assert not clipboard.image().isNull()
    content = clipboard.mimeData()
    assert bytes(content.data("image/png").data()).startswith(b"\x89PNG")
    assert not window.notices.isVisible()
