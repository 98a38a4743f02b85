"""The graphs of a compiled function, in a window of their own."""

from pathlib import Path

import pytest
from own_models import HEAD, model_of, written
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, rested, stands

from gradviz.core.graphs.outline import item_id
from gradviz.ui.actions.item_actions import actions_on
from gradviz.ui.canvas.inner.compiled_dialog import CompiledDialog
from gradviz.ui.main_window import MainWindow

# Dynamo itself reads the gradient of an input that is no leaf.
pytestmark = pytest.mark.filterwarnings("ignore:The .grad attribute")

LONG_MS = 30_000
NET = (
    HEAD
    + """
def Net():
    return torch.compile(nn.Sequential(nn.Linear(4, 2), nn.Tanh()), backend="aot_eager")
class Scripted(nn.Module):
    pass
def example_inputs():
    return torch.ones(3, 4)
"""
)


def compiled_window(window: MainWindow, qtbot: QtBot, folder: Path) -> str:
    """Build a compiled model; return the id of its node."""
    path = written(folder, NET)
    window.workbench.choose_own(model_of(path, "Net"))
    qtbot.waitUntil(lambda: stands(window, f"{path}:Net"), timeout=LONG_MS)
    rested(window, qtbot)
    graph = window.state.graph
    assert graph is not None
    (node,) = (each.id for each in graph.nodes if each.op == "CompiledFunction")
    return node


def opened_dialog(window: MainWindow, qtbot: QtBot) -> CompiledDialog:
    """Show the graphs of the inspected node by its action, and wait until they are placed."""
    action(window, "gradviz.inspect.compiled").trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(CompiledDialog)), timeout=SOON_MS)
    (dialog,) = window.findChildren(CompiledDialog)
    qtbot.waitUntil(lambda: dialog.view.placement is not None, timeout=LONG_MS)
    return dialog


def middle_of(dialog: CompiledDialog, node: str) -> QPoint:
    placement = dialog.view.placement
    assert placement is not None
    return dialog.view.mapFromScene(*placement.centers[node])


def test_that_a_compiled_function_is_opened_from_its_node(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    show = action(window, "gradviz.inspect.compiled")
    assert not show.isEnabled()
    node = compiled_window(window, qtbot, tmp_path)
    window.workbench.showing.select(node)
    assert show.isEnabled()
    assert show.objectName() in {
        each.id for each in actions_on(window.state, node) if each is not None
    }
    dialog = opened_dialog(window, qtbot)
    assert dialog.isVisible()
    assert dialog.windowTitle() == f"Compiled graph of CompiledFunction {node}"
    outline = dialog.outline
    assert outline is not None
    assert [frame.group.id for frame in outline.frames] == ["forward", "backward"]
    assert {"addmm", "tanh", "tanh_backward"} <= {each.op for each in outline.graph.nodes}
    dialog.close()


def test_that_the_inspector_has_a_button_for_it_where_there_is_one(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    node = compiled_window(window, qtbot, tmp_path)
    window.show_panel("inspector")
    window.workbench.showing.select(node)
    (button,) = (
        each
        for each in window.panels.widgets["inspector"].findChildren(QPushButton)
        if each.objectName() == "show_compiled"
    )
    qtbot.waitUntil(button.isVisible, timeout=SOON_MS)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.findChildren(CompiledDialog)), timeout=SOON_MS)
    window.findChildren(CompiledDialog)[0].close()
    graph = window.state.graph
    assert graph is not None
    window.workbench.showing.select(graph.nodes[0].id)
    qtbot.waitUntil(button.isHidden, timeout=SOON_MS)


def test_that_a_box_tells_what_it_is_and_a_frame_closes_and_opens(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.workbench.showing.select(compiled_window(window, qtbot, tmp_path))
    dialog = opened_dialog(window, qtbot)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=SOON_MS)
    viewport, left = dialog.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(viewport, left, pos=middle_of(dialog, "forward.addmm"))
    told = dialog.facts.text()
    # The compiler may have left the first size open, where it has met the function before.
    assert told.startswith("addmm · aten.addmm.default · ")
    assert " · float32 (3, 2) cpu · from " in told
    assert "primals_2" in told
    placement = dialog.view.placement
    assert placement is not None
    frame = placement.frames[item_id("forward")]
    title = dialog.view.mapFromScene(frame[0] + 20, frame[1] + 8)
    for is_open in (False, True):
        with qtbot.waitSignal(dialog.placed, timeout=LONG_MS):
            QTest.mouseDClick(viewport, left, pos=title)
        outline = dialog.outline
        assert outline is not None
        assert ("forward" in {each.group.id for each in outline.frames}) == is_open
        if not is_open:
            title = middle_of(dialog, item_id("forward"))
    dialog.close()


def test_that_what_is_shown_is_written_to_a_file(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.workbench.showing.select(compiled_window(window, qtbot, tmp_path))
    dialog = opened_dialog(window, qtbot)
    path = tmp_path / "inner.svg"
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QFileDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(path)])
    menu = dialog.export.menu()
    with qtbot.waitSignal(dialog.exported, timeout=LONG_MS):
        menu.actions()[0].trigger()
    assert dialog.facts.text() == f"Written: {path}"
    assert "tanh_backward" in path.read_text(encoding="utf-8")
    dialog.close()


def test_that_the_window_ends_what_it_has_opened(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.workbench.showing.select(compiled_window(window, qtbot, tmp_path))
    dialog = opened_dialog(window, qtbot)
    window.choose_theme("dark")
    window.close()
    assert dialog.isHidden()
