"""Predict first: no gradient of the current step is told before it is asked for or guessed."""

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, inspected, press, rested, typed

from gradviz.ui.canvas.predicting.prediction_card import PredictionCard
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.explain_panel import ExplainPanel

pytestmark = pytest.mark.usefixtures("layouts")
POLYNOMIAL = "5x^3 + 2x^2 + 4x + 8"


def card_of(window: MainWindow) -> PredictionCard:
    (card,) = window.canvas.findChildren(PredictionCard)
    return card


def predicting(window: MainWindow, qtbot: QtBot) -> PredictionCard:
    """Turn the mode on at the polynomial, before its first step."""
    typed(window, qtbot, POLYNOMIAL)
    rested(window, qtbot)
    action(window, "gradviz.step.predict").trigger()
    rested(window, qtbot)
    window.canvas.view.setFocus()
    return card_of(window)


def at_the_factor_4(window: MainWindow, qtbot: QtBot) -> str:
    """Go to the step of 4·x, and return the node."""
    graph = window.state.graph
    assert graph is not None
    node = next(each.id for each in graph.nodes if each.label == "4·x")
    place = next(i for i, step in enumerate(window.state.steps) if step.node == node)
    window.workbench.move_cursor(place + 1)
    rested(window, qtbot)
    return node


def gradients_on_the_graph(window: MainWindow) -> list[str]:
    picture = window.canvas.picture()
    assert picture is not None
    return [view.gradient for view in picture.nodes.values() if view.gradient] + [
        edge.chip for edge in picture.chips
    ]


def test_that_nothing_is_asked_before_a_step(window: MainWindow, qtbot: QtBot) -> None:
    card = predicting(window, qtbot)
    assert not card.isVisible()
    assert "dy/dx = <b>?</b>" in window.canvas.readout.text()
    assert "64" in window.canvas.readout.text()


def test_that_a_walk_with_all_gradients_asks_nobody(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, POLYNOMIAL)
    rested(window, qtbot)
    asked: list[bool] = []
    window.workbench.predictions.changed.connect(lambda: asked.append(True))
    for step in range(1, 4):
        window.workbench.move_cursor(step)
    assert not asked
    action(window, "gradviz.step.predict").trigger()
    assert card_of(window).isVisible()
    action(window, "gradviz.step.predict").trigger()
    assert not card_of(window).isVisible()
    assert len(asked) == 2


def test_that_a_gradient_is_hidden_everywhere_until_a_key(window: MainWindow, qtbot: QtBot) -> None:
    card = predicting(window, qtbot)
    at_the_factor_4(window, qtbot)
    window.show_panel("inspector")
    rested(window, qtbot)
    assert card.question.text() == "What gradient does Mul 4·x send to x?"
    assert "grad ?" in gradients_on_the_graph(window)
    assert "grad 4" not in gradients_on_the_graph(window)
    told = inspected(window)
    assert told[told.index("to x") + 1] == "?"
    window.show_panel("explain")
    rested(window, qtbot)
    panel = window.panels.widgets["explain"]
    assert isinstance(panel, ExplainPanel)
    qtbot.waitUntil(lambda: "RULE" in panel.text.toPlainText(), timeout=SOON_MS)
    assert "sends to x is to be predicted: ?" in panel.text.toPlainText()
    assert "\nresult" not in panel.text.toPlainText()
    at = window.state.cursor
    window.canvas.view.setFocus()
    press(window, Qt.Key.Key_Right)
    rested(window, qtbot)
    assert window.state.cursor == at
    assert "grad 4" in gradients_on_the_graph(window)
    assert card.answer.text() == "PyTorch has 4."
    assert not card.question.isVisible()
    qtbot.waitUntil(lambda: "\nresult" in panel.text.toPlainText(), timeout=SOON_MS)
    press(window, Qt.Key.Key_Right)
    rested(window, qtbot)
    assert window.state.cursor == at + 1
    assert card.question.isVisible()
    assert not card.answer.isVisible()


@pytest.mark.parametrize(
    ("guess", "told"),
    [("4", "✓ Right: PyTorch has 4."), ("5", "✗ PyTorch has 4; 5 is off by 1.")],
)
def test_that_a_guess_is_compared(window: MainWindow, qtbot: QtBot, guess: str, told: str) -> None:
    card = predicting(window, qtbot)
    at_the_factor_4(window, qtbot)
    card.guess.setFocus()
    QTest.keyClicks(card.guess, guess)
    QTest.keyClick(card.guess, Qt.Key.Key_Return)
    rested(window, qtbot)
    assert card.answer.text() == told
    assert "grad 4" in gradients_on_the_graph(window)
    assert not card.guess.isVisible()


def test_that_a_word_is_no_guess(window: MainWindow, qtbot: QtBot) -> None:
    card = predicting(window, qtbot)
    at_the_factor_4(window, qtbot)
    QTest.keyClicks(card.guess, "four")
    QTest.mouseClick(card.predict, Qt.MouseButton.LeftButton)
    rested(window, qtbot)
    assert "“four”" in card.answer.text()
    assert window.state.hides_step
    QTest.mouseClick(card.show_it, Qt.MouseButton.LeftButton)
    assert card.answer.text() == "PyTorch has 4."


def test_that_all_steps_can_be_walked_and_the_sum_is_72(window: MainWindow, qtbot: QtBot) -> None:
    predicting(window, qtbot)
    for _ in range(3 * len(window.state.steps)):
        press(window, Qt.Key.Key_Right)
    rested(window, qtbot)
    assert window.state.cursor == len(window.state.steps)
    assert not window.state.hides_step
    assert "dy/dx = <b>72</b>" in window.canvas.readout.text()
    assert window.state.trace is window.state.recorded_trace
    assert [label.text() for label in window.panels.widgets["result"].findChildren(QLabel, "number")
            if label.accessibleName() == "dy/dx"] == ["72"]  # fmt: skip


def test_that_it_ends_with_all_as_before(
    window: MainWindow, settings: QSettings, qtbot: QtBot
) -> None:
    card = predicting(window, qtbot)
    at_the_factor_4(window, qtbot)
    assert settings.value("predict_first") == "on"
    action(window, "gradviz.step.predict").trigger()
    rested(window, qtbot)
    assert settings.value("predict_first") == "off"
    assert not card.isVisible()
    assert "grad 4" in gradients_on_the_graph(window)
    assert not action(window, "gradviz.step.reveal").isEnabled()


def test_that_it_is_remembered(settings: QSettings, qtbot: QtBot) -> None:
    settings.setValue("predict_first", "on")
    window = MainWindow(LocalEngine(), settings)
    qtbot.addWidget(window)
    assert window.state.predicting
    assert action(window, "gradviz.step.predict").isChecked()


def test_that_an_exported_picture_hides_it_too(window: MainWindow, qtbot: QtBot) -> None:
    predicting(window, qtbot)
    at_the_factor_4(window, qtbot)
    graph = window.state.graph
    assert graph is not None
    figure = window.exports._figure(graph, window.canvas.placement, 1.0)
    assert figure.trace is not None
    assert figure.trace.steps[figure.cursor - 1].grad_inputs[0] is not None
    assert figure.trace.leaf_grads.popitem()[1].hidden


def test_that_a_tensor_of_many_elements_is_asked_for_by_its_norm(
    window: MainWindow, qtbot: QtBot
) -> None:
    rested(window, qtbot)
    action(window, "gradviz.step.predict").trigger()
    window.workbench.move_cursor(2)
    rested(window, qtbot)
    assert card_of(window).question.text().startswith("What norm has the gradient that ")
