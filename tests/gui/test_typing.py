"""Typing an expression with real keys: the graph follows, errors are shown in place."""

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradviz.protocol.commands import BuildModel
from gradviz.ui.main_window import MainWindow


def typed(window: MainWindow, text: str) -> None:
    """Replace what stands in the field by real keys."""
    field = window.top.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def operations(window: MainWindow) -> list[str]:
    """Return the operations of the graph that stands."""
    return [node.op for node in window.state.graph.nodes] if window.state.graph else []


def underlined(window: MainWindow) -> list[int]:
    """Return the places of the text that carry the wave of an error."""
    block = window.top.field.document().firstBlock()
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    return [
        place
        for form in block.layout().formats()
        if form.format.underlineStyle() == wave
        for place in range(form.start, form.start + form.length)
    ]


def test_that_the_graph_follows_what_is_typed(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, "exp(-x^2)")
    qtbot.waitUntil(lambda: "Exp" in operations(window), timeout=5000)
    qtbot.waitUntil(lambda: window.canvas.view.placement is not None, timeout=5000)
    assert operations(window)[0] == "Exp"
    assert "exp(-x^2)" in window.windowTitle()


def test_that_one_pause_of_typing_builds_once(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    engine.sent.clear()
    typed(window, "a x + b")
    qtbot.waitUntil(lambda: window.state.model.source == "a x + b", timeout=5000)
    assert [type(command) for command in engine.sent] == [BuildModel]


def test_that_enter_builds_at_once_and_hands_the_keys_to_the_graph(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    typed(window, "x^2")
    engine.sent.clear()
    QTest.keyClick(window.top.field, Qt.Key.Key_Return)
    assert len(engine.sent) == 1
    assert QApplication.focusWidget() is window.canvas.view
    qtbot.waitUntil(lambda: operations(window) == ["Pow", "x"], timeout=5000)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [("a + ", 2, "a number, x"), ("x + ab", 4, "a b"), ("x + sine(x)", 4, "sin")],
)
def test_that_an_error_is_underlined_and_the_last_good_graph_stays(
    window: MainWindow, qtbot: QtBot, text: str, place: int, said: str
) -> None:
    before = window.state.graph
    typed(window, text)
    qtbot.waitUntil(lambda: window.state.error is not None, timeout=5000)
    assert place in underlined(window)
    assert said in window.top.hint.text()
    assert window.state.graph is before


def test_that_the_underline_goes_when_the_error_is_mended(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, "x +")
    qtbot.waitUntil(lambda: bool(underlined(window)), timeout=5000)
    QTest.keyClicks(window.top.field, " 1")
    qtbot.waitUntil(lambda: not underlined(window), timeout=5000)
    assert window.state.error is None


@pytest.mark.parametrize(
    "text",
    ["9**9**9", "(" * 3000, "x^999", "-" * 3000, "__import__('os')"],
    ids=["tower", "brackets", "degree", "minuses", "import"],
)
def test_that_a_hostile_text_is_refused_with_a_message(
    window: MainWindow, qtbot: QtBot, text: str
) -> None:
    window.top.field.selectAll()
    window.top.field.insertPlainText(text)
    qtbot.waitUntil(lambda: window.state.error is not None, timeout=5000)
    assert window.top.hint.text()
    assert window.state.engine == "ready"


def test_that_lines_that_are_pasted_become_one(window: MainWindow, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("a +\n b x\n")
    window.top.field.selectAll()
    window.top.field.paste()
    qtbot.waitUntil(lambda: window.state.model.source == "a + b x", timeout=5000)


def test_that_undo_brings_back_what_was_typed_before(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, "x^3")
    qtbot.waitUntil(lambda: operations(window) == ["Pow", "x"], timeout=5000)
    while window.top.field.document().isUndoAvailable():
        QTest.keyClick(window.top.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.top.field.text() == ""


def test_that_the_polynomial_of_the_course_has_the_derivative_72(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, "5x^3 + 2x^2 + 4x + 8")
    qtbot.waitUntil(lambda: window.state.mode == "point", timeout=5000)
    qtbot.waitUntil(lambda: "72" in window.canvas.readout.text(), timeout=5000)
    assert "64" in window.canvas.readout.text()


def test_that_another_point_gives_another_derivative(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, "x^3")
    qtbot.waitUntil(lambda: window.state.mode == "point", timeout=5000)
    box = window.top.at
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "4")
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "48" in window.canvas.readout.text(), timeout=5000)


def test_that_the_mode_can_be_switched_where_there_are_parameters(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, "a sin(b x) + c")
    qtbot.waitUntil(lambda: "Sin" in operations(window), timeout=5000)
    assert window.state.mode == "fit"
    QTest.mouseClick(window.top.modes["point"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.state.mode == "point", timeout=5000)
    assert window.top.at.isVisible()
    assert not window.top.target.isVisible()
    QTest.mouseClick(window.top.modes["fit"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.state.mode == "fit", timeout=5000)
    assert window.top.target.isVisible()


def test_that_fit_cannot_be_chosen_without_parameters(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, "sin(x)")
    qtbot.waitUntil(lambda: window.state.mode == "point", timeout=5000)
    assert not window.top.modes["fit"].isEnabled()
    assert not window.top.train.isEnabled()


def test_that_a_click_takes_e_as_the_other_and_the_next_click_as_it_was(
    window: MainWindow, qtbot: QtBot
) -> None:
    note = window.top.e_note
    assert not note.isVisible()
    typed(window, "a e^(e x)")
    qtbot.waitUntil(note.isVisible, timeout=5000)
    typed(window, "a + e^x")
    qtbot.waitUntil(lambda: window.state.model.source == "a + e^x", timeout=5000)
    assert note.text() == "e = 2.718… ⇄ parameter"
    QTest.mouseClick(note, Qt.MouseButton.LeftButton)
    assert window.top.field.text() == window.state.model.source == "a + (e)^x"
    assert note.text() == "e is a parameter ⇄ 2.718…"
    qtbot.waitUntil(lambda: "e" in operations(window), timeout=5000)
    note.setFocus()
    QTest.keyClick(note, Qt.Key.Key_Space)
    assert window.top.field.text() == "a + e^x"
    qtbot.waitUntil(lambda: "e" not in operations(window), timeout=5000)


def test_that_a_parameter_e_becomes_the_number_and_the_field_undoes_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    note = window.top.e_note
    typed(window, "a + e x")
    qtbot.waitUntil(note.isVisible, timeout=5000)
    QTest.mouseClick(note, Qt.MouseButton.LeftButton)
    assert window.top.field.text() == "a + exp(1) x"
    assert note.isVisible()
    window.top.field.undo()
    assert window.top.field.text() == "a + e x"
    typed(window, "a + b x")
    qtbot.waitUntil(lambda: not note.isVisible(), timeout=5000)


def test_that_a_number_outside_a_domain_is_noted_beneath_the_field(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, "a sqrt(x)")
    qtbot.waitUntil(lambda: "sqrt is defined" in window.top.hint.text(), timeout=5000)
    assert not window.top.hint.property("wrong")
    typed(window, "a x")
    qtbot.waitUntil(lambda: "sqrt" not in window.top.hint.text(), timeout=5000)
