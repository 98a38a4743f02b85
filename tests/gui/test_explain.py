"""The explain panel: words and rule of the current step, with the recorded numbers."""

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot
from window_acts import action, rested, typed

from gradviz.protocol.questions import FindRule, Question
from gradviz.ui.controllers.inspection_controller import Inquiry
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.explain_panel import ExplainPanel

pytestmark = pytest.mark.usefixtures("layouts")
_SOON_MS = 5000


def _opened(window: MainWindow, qtbot: QtBot, model: str) -> ExplainPanel:
    """Build `model`, and have the panel in front, as Ctrl+E does."""
    window.workbench.choose_model(model)
    qtbot.waitUntil(
        lambda: window.state.built is not None and window.state.built.model.source == model,
        timeout=_SOON_MS,
    )
    action(window, "gradviz.step.explain").trigger()
    panel = window.panels.widgets["explain"]
    assert isinstance(panel, ExplainPanel)
    qtbot.waitUntil(lambda: panel.seen, timeout=_SOON_MS)
    return panel


def _text(panel: ExplainPanel) -> str:
    return panel.text.toPlainText()


def test_that_each_step_is_said_in_words_with_its_rule(window: MainWindow, qtbot: QtBot) -> None:
    panel = _opened(window, qtbot, "autograd")
    window.workbench.move_cursor(2)
    qtbot.waitUntil(lambda: "grad ⊙ exponent" in _text(panel), timeout=_SOON_MS)
    assert "For each of the 2\u202f000 elements of the result of Pow" in _text(panel)
    assert "pow_backward(grad, self, exponent)" in _text(panel)
    assert "upstream" in _text(panel)
    window.workbench.move_cursor(len(window.state.steps))
    qtbot.waitUntil(lambda: "For a small change of b" in _text(panel), timeout=_SOON_MS)


def test_that_an_equation_is_set_once(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = _opened(window, qtbot, "autograd")
    first, second = (step.node for step in window.state.steps[1:3])
    for node in (first, second):
        window.workbench.select(node)
        qtbot.waitUntil(lambda: "<img" in panel.text.toHtml(), timeout=_SOON_MS)
        rested(window, qtbot)
    set_again: list[object] = []
    monkeypatch.setattr(panel._setting, "want", set_again.append)
    window.workbench.select(first)
    qtbot.waitUntil(lambda: panel._is_found(first), timeout=_SOON_MS)
    rested(window, qtbot)
    assert "<img" in panel.text.toHtml()
    assert not set_again


def test_that_a_node_whose_turn_has_not_come_shows_no_gradient(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = _opened(window, qtbot, "autograd")
    window.workbench.move_cursor(1)
    window.workbench.select(window.state.steps[4].node)
    qtbot.waitUntil(lambda: "RULE" in _text(panel), timeout=_SOON_MS)
    assert "has not come yet" in _text(panel)
    assert "upstream\n" not in _text(panel)
    assert "result\n" not in _text(panel)


def test_that_a_custom_functions_own_backward_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    panel = _opened(window, qtbot, "function")
    graph = window.state.graph
    assert graph is not None
    node = next(node.id for node in graph.nodes if node.kind == "function")
    window.workbench.select(node)
    qtbot.waitUntil(lambda: "ITS OWN BACKWARD" in _text(panel), timeout=_SOON_MS)
    assert "def backward(ctx" in _text(panel)
    assert "It calls what was saved: saved" in _text(panel)


def test_that_nothing_is_asked_while_nobody_sees_it(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[FindRule] = []

    def note(question: Question, *_: object) -> None:
        if isinstance(question, FindRule):
            asked.append(question)

    monkeypatch.setattr(window.workbench.inspection, "ask", note)
    window.show_panel("inspector")
    window.workbench.move_cursor(1)
    rested(window, qtbot)
    assert asked == []
    window.panels.widgets["explain"].come_to_front()
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=_SOON_MS)


def test_that_the_rule_of_another_model_is_not_shown(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = _opened(window, qtbot, "autograd")
    window.workbench.move_cursor(2)
    qtbot.waitUntil(lambda: "RULE" in _text(panel), timeout=_SOON_MS)
    node, shown = window.state.current_node, window.state.shown_pass
    monkeypatch.setattr(window.workbench.inspection, "ask", lambda *_: None)
    typed(window, qtbot, "sin(x)^2")
    qtbot.waitUntil(
        lambda: window.state.trace is not None and window.state.shown_pass[0] != shown[0],
        timeout=_SOON_MS,
    )
    # The first pass of each run has the same number, and nodes of the same names.
    assert window.state.shown_pass[1] == shown[1]
    window.workbench.select(node)
    assert window.state.inspected == node
    panel.refresh()
    assert "RULE" not in _text(panel)


def test_that_a_long_wait_for_a_rule_is_told_and_can_be_cancelled(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = _opened(window, qtbot, "autograd")
    asked: list[Question] = []
    inquiry = Inquiry(0, 0, lambda _: None, lambda _: None)

    def ask(question: Question, *_: object) -> Inquiry:
        asked.append(question)
        return inquiry

    monkeypatch.setattr(window.workbench.inspection, "ask", ask)
    window.workbench.move_cursor(2)
    qtbot.waitUntil(lambda: "The model runs once more for it" in _text(panel), timeout=_SOON_MS)
    panel.text.anchorClicked.emit(QUrl("#cancel"))
    qtbot.waitUntil(lambda: "Not looked up: it was cancelled" in _text(panel), timeout=_SOON_MS)
    asked.clear()
    window.workbench.move_cursor(3)
    qtbot.waitUntil(lambda: "Sub" in _text(panel), timeout=_SOON_MS)
    assert asked == []
    panel.text.anchorClicked.emit(QUrl("#again"))
    assert asked == [FindRule(window.state.current_node or "")]


def test_that_without_a_step_it_says_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    window.panels.widgets["explain"].come_to_front()
    panel = window.panels.widgets["explain"]
    assert isinstance(panel, ExplainPanel)
    assert "Press →" in _text(panel)
