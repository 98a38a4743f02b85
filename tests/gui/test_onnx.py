"""An ONNX file in the window: dropped or opened, shown in a window of its own, and never run."""

from pathlib import Path

import pytest
from onnx_models import residual, saved
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action

from gradviz.core.graphs.outline import item_id
from gradviz.own.source import FORWARD_ALONE
from gradviz.ui.canvas.inner.forward_windows import ForwardDialog
from gradviz.ui.main_window import MainWindow

LONG_MS = 30_000


def dropped(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    button = Qt.MouseButton.LeftButton
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(5, 5), actions, data, button, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), actions, data, button, none))


def shown(window: MainWindow, qtbot: QtBot) -> ForwardDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(ForwardDialog)), timeout=LONG_MS)
    (dialog,) = window.findChildren(ForwardDialog)
    qtbot.waitUntil(lambda: dialog.view.placement is not None, timeout=LONG_MS)
    return dialog


def test_that_a_dropped_file_is_shown_without_trust_beside_the_model_that_stands(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    before = window.state.built
    dropped(window, saved(residual(), tmp_path / "net.onnx"))
    dialog = shown(window, qtbot)
    assert window.own_models.dialog is None
    assert window.state.built is before
    assert dialog.isVisible()
    assert dialog.windowTitle() == "Forward graph of net.onnx"
    assert FORWARD_ALONE in dialog.note.text()
    outline = dialog.outline
    assert outline is not None
    assert "Softmax" in {each.op for each in outline.graph.nodes}
    dialog.close()


def test_that_a_click_tells_an_operator_and_a_frame_closes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dropped(window, saved(residual(1), tmp_path / "net.onnx"))
    dialog = shown(window, qtbot)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=SOON_MS)
    placement, outline = dialog.view.placement, dialog.outline
    assert placement is not None
    assert outline is not None
    (softmax,) = (each.id for each in outline.graph.nodes if each.op == "Softmax")
    viewport, left = dialog.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(viewport, left, pos=dialog.view.mapFromScene(*placement.centers[softmax]))
    assert dialog.facts.text().startswith("Softmax · /Softmax · float32 (batch, 4) · axis = -1")
    frame = placement.frames[item_id("layers")]
    with qtbot.waitSignal(dialog.placed, timeout=LONG_MS):
        QTest.mouseDClick(viewport, left, pos=dialog.view.mapFromScene(frame[0] + 20, frame[1] + 8))
    assert dialog.outline is not None
    assert not dialog.outline.frames
    dialog.close()


def test_that_open_model_opens_it_and_remembers_it(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(residual(), tmp_path / "net.onnx")
    kinds: list[str] = []

    def chosen(*arguments: str) -> tuple[str, str]:
        kinds.append(arguments[-1])
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    action(window, "gradviz.model.open").trigger()
    shown(window, qtbot).close()
    assert "*.onnx" in kinds[0]
    assert [each.source for each in window.own_models.recent()] == [str(path)]


def test_that_a_graph_is_exported_from_its_window(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(window, saved(residual(), tmp_path / "net.onnx"))
    dialog, target = shown(window, qtbot), tmp_path / "net.svg"
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QFileDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(target)])
    (svg,) = (each for each in dialog.export.menu().actions() if "SVG" in each.text())
    with qtbot.waitSignal(dialog.exported, timeout=LONG_MS):
        svg.trigger()
    assert b"net.onnx" in target.read_bytes()
    dialog.close()


def test_that_a_damaged_file_is_told_in_the_window(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(b"nothing")
    told: list[str] = []
    window.state.noticed.connect(lambda notice: told.append(notice.message))
    window.open_expression(str(path))
    qtbot.waitUntil(lambda: bool(told), timeout=LONG_MS)
    assert told == ["net.onnx is no ONNX file, or is damaged."]
    assert not window.findChildren(ForwardDialog)
