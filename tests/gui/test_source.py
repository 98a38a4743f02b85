"""The source panel: a node shows its line, and a line marks its nodes."""

from pathlib import Path
from textwrap import dedent

import pytest
from own_models import HEAD, written
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, click, inspected, place_of, press, rested, shown, typed

from gradviz.core.choices.settings import Model
from gradviz.own.source import content_hash
from gradviz.protocol.questions import FindSources, Question
from gradviz.ui.controllers.inspection_controller import Inquiry
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.source_panel import SourcePanel

NET = HEAD + dedent(
    """
    def doubled(x):
        return x + x

    class Net(nn.Linear):
        def forward(self, x):
            y = doubled(super().forward(x))
            return y.sin()

    def example_inputs():
        return torch.randn(2, 3)
    """
)


def opened(window: MainWindow, qtbot: QtBot) -> SourcePanel:
    """Open the panel as a user does, and wait for what it shows."""
    (panel,) = window.findChildren(SourcePanel)
    window.canvas.view.setFocus()
    press(window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert panel.isVisible()
    qtbot.waitUntil(lambda: window.workbench.sources.sources is not None, timeout=SOON_MS)
    return panel


def with_net(window: MainWindow, qtbot: QtBot, folder: Path) -> SourcePanel:
    path = written(folder, NET)
    model = Model(source=f"{path}:Net", arguments="3, 1", trusted=content_hash(path.read_bytes()))
    window.workbench.choose_own(model)
    qtbot.waitUntil(
        lambda: window.state.built is not None and window.state.built.model.source == model.source,
        timeout=SOON_MS,
    )
    qtbot.waitUntil(lambda: shown(window), timeout=SOON_MS)
    return opened(window, qtbot)


def node(window: MainWindow, op: str) -> str:
    assert window.state.graph is not None
    return next(each.id for each in window.state.graph.nodes if each.op == op)


def click_on_line(panel: SourcePanel, number: int, column: int = 0) -> None:
    block = panel.code.document().findBlockByNumber(number - 1)
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + column)
    panel.code.setTextCursor(cursor)
    panel.code.ensureCursorVisible()
    place = panel.code.cursorRect(cursor).center() + QPoint(2, 0)
    QTest.mouseClick(panel.code.viewport(), Qt.MouseButton.LeftButton, pos=place)


def marked_text(panel: SourcePanel) -> str:
    """Return the underlined part of the code."""
    parts = [mark.cursor.selectedText() for mark in panel.code.extraSelections()]
    return "".join(parts)


def test_that_a_clicked_node_shows_the_part_that_made_it(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b sin(c x)")
    panel = opened(window, qtbot)
    click(window, place_of(window, node(window, "Sin")))
    qtbot.waitUntil(lambda: marked_text(panel) == "sin(c x)", timeout=SOON_MS)
    assert panel.code.toPlainText() == "a + b sin(c x)"
    click(window, place_of(window, node(window, "c")))
    qtbot.waitUntil(lambda: marked_text(panel) == "", timeout=SOON_MS)
    assert "leaf" in panel.module.whole


def test_that_a_click_into_an_expression_marks_the_node_of_its_smallest_part(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b sin(c x)")
    panel = opened(window, qtbot)
    panel.files.setCurrentIndex(panel.files.findText("expression"))
    click_on_line(panel, 1, 7)
    assert window.workbench.sources.marked == {node(window, "Sin")}
    panel.code.setFocus()
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    whole = window.workbench.sources.marked
    gutter = panel.code.cursorRect().center().y()
    panel.code.choose_beside(gutter)
    assert len(whole) > 1
    assert window.workbench.sources.marked == whole
    typed(window, qtbot, "a x")
    assert not window.workbench.sources.marked


def test_that_a_clicked_line_marks_all_that_it_made_also_through_calls(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = with_net(window, qtbot, tmp_path)
    assert panel.files.currentText() == "net.py"
    lines = NET.splitlines()
    call = lines.index("        y = doubled(super().forward(x))") + 1
    before = window.canvas.view.grab().toImage()
    click_on_line(panel, call)
    made = {node(window, op) for op in ("Add", "Addmm", "T")}
    assert window.workbench.sources.marked == made
    assert window.canvas.view.grab().toImage() != before
    click_on_line(panel, 1)
    assert not window.workbench.sources.marked
    panel.code.setFocus()
    panel.code.setTextCursor(QTextCursor(panel.code.document().findBlockByNumber(call - 1)))
    press(window, Qt.Key.Key_Return)
    assert window.workbench.sources.marked == made


def test_that_the_lines_that_called_are_listed_and_those_of_libraries_on_demand(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = with_net(window, qtbot, tmp_path)
    click(window, place_of(window, node(window, "Add")))
    qtbot.waitUntil(lambda: panel.stack.count() == 2, timeout=SOON_MS)
    assert marked_text(panel) == "x + x"
    assert panel.module.whole == "Net"
    panel.stack.setCurrentRow(1)
    assert marked_text(panel) == "doubled(super().forward(x))"
    click(window, place_of(window, node(window, "Addmm")))
    qtbot.waitUntil(lambda: panel.stack.count() == 1, timeout=SOON_MS)
    assert panel.stack.isHidden()
    panel.libraries.click()
    qtbot.waitUntil(lambda: panel.stack.count() > 1, timeout=SOON_MS)
    qtbot.waitUntil(lambda: "F.linear" in panel.code.toPlainText(), timeout=SOON_MS)
    assert panel.files.currentText() == "torch/nn/modules/linear.py"
    assert marked_text(panel) == "F.linear(input, self.weight, self.bias)"


def test_that_there_is_room_for_lines_in_a_low_window_too(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    typed(window, qtbot, "a + b sin(c x)")
    panel = opened(window, qtbot)
    dock = window.panels.docks["source"]
    qtbot.waitUntil(lambda: dock.height() >= panel.room - 40, timeout=SOON_MS)
    assert panel.code.viewport().height() >= 4 * panel.code.fontMetrics().height()


def test_that_nothing_is_asked_before_somebody_looks_and_the_inspector_says_the_line(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a x")
    rested(window, qtbot)
    assert window.workbench.sources.sources is None
    window.show_panel("inspector")
    click(window, place_of(window, node(window, "Mul")))
    qtbot.waitUntil(lambda: "characters 1 to 3" in inspected(window), timeout=SOON_MS)
    assert "made by" in inspected(window)


@pytest.mark.parametrize("name", ["numpy"])
def test_that_what_has_no_line_says_why(window: MainWindow, qtbot: QtBot, name: str) -> None:
    window.workbench.choose_model(name)
    qtbot.waitUntil(lambda: window.state.model.source == name and shown(window), timeout=SOON_MS)
    panel = opened(window, qtbot)
    qtbot.waitUntil(lambda: "by hand" in panel.empty.text(), timeout=SOON_MS)
    assert panel.empty.isVisible()


def test_that_the_lines_stay_while_it_trains_and_follow_when_it_stands(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x")
    panel = opened(window, qtbot)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step > 0, timeout=SOON_MS)
    click(window, place_of(window, node(window, "Sub")))
    qtbot.waitUntil(lambda: marked_text(panel) == "y_pred - y", timeout=SOON_MS)
    assert window.state.progress.running
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=SOON_MS)
    assert marked_text(panel) == "y_pred - y"


def test_that_a_long_search_for_lines_is_told_and_can_be_cancelled(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(window, qtbot, "sin(x)^2")
    asked: list[Question] = []
    inquiry = Inquiry(0, 0, lambda _: None, lambda _: None)

    def ask(question: Question, *_: object) -> Inquiry:
        asked.append(question)
        return inquiry

    monkeypatch.setattr(window.workbench.inspection, "ask", ask)
    (panel,) = window.findChildren(SourcePanel)
    window.canvas.view.setFocus()
    press(window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(panel.cancel.isVisible, timeout=SOON_MS)
    assert panel.cancel.text() == "Cancel"
    QTest.mouseClick(panel.cancel, Qt.MouseButton.LeftButton)
    assert panel.empty.text() == "Not searched: it was cancelled."
    asked.clear()
    QTest.mouseClick(panel.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: FindSources(libraries=False) in asked, timeout=SOON_MS)


def test_that_a_model_of_library_lines_alone_says_where_they_are(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = written(tmp_path, HEAD + "net = nn.Linear(2, 1)\n")
    window.workbench.choose_own(
        Model(source=f"{path}:net", inputs="ones(2)", trusted=content_hash(path.read_bytes()))
    )
    qtbot.waitUntil(lambda: window.state.trace is not None, timeout=SOON_MS)
    panel = opened(window, qtbot)
    qtbot.waitUntil(lambda: panel.seen, timeout=SOON_MS)
    assert panel.files.count() == 0
    assert panel.code.toPlainText() == ""
    assert "tick Libraries" in panel.code.placeholderText()
    panel.libraries.click()
    qtbot.waitUntil(lambda: panel.files.count() > 0, timeout=SOON_MS)
    assert panel.code.placeholderText() == ""
    qtbot.waitUntil(lambda: panel.code.toPlainText() != "", timeout=SOON_MS)
