"""Undo and redo of what was chosen, by the keys and the menu."""

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, press, rested, stands, type_in, typed

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.training.training_panel import TrainingPanel

pytestmark = pytest.mark.usefixtures("layouts")
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def undo(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_Z, CONTROL)
    rested(window, qtbot)


def redo(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    rested(window, qtbot)


def title(window: MainWindow, name: str) -> str:
    return action(window, f"gradviz.edit.{name}").text()


def enabled(window: MainWindow, name: str) -> bool:
    return action(window, f"gradviz.edit.{name}").isEnabled()


def training_of(window: MainWindow) -> TrainingPanel:
    panel = window.panels.widgets["training"]
    assert isinstance(panel, TrainingPanel)
    panel.come_to_front()
    return panel


def test_that_the_first_model_is_no_change(window: MainWindow, qtbot: QtBot) -> None:
    rested(window, qtbot)
    assert title(window, "undo") == "Undo"
    assert not enabled(window, "undo")
    assert not enabled(window, "redo")


def test_that_an_expression_is_undone_and_made_again(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    rested(window, qtbot)
    typed(window, qtbot, "a sin(b x)")
    rested(window, qtbot)
    assert title(window, "undo") == "Undo expression"
    undo(window, qtbot)
    assert stands(window, "a + b x")
    assert window.top.field.text() == "a + b x"
    assert title(window, "redo") == "Redo expression"
    redo(window, qtbot)
    assert stands(window, "a sin(b x)")
    assert window.top.field.text() == "a sin(b x)"
    assert not enabled(window, "redo")


def test_that_a_model_is_undone_with_its_settings(window: MainWindow, qtbot: QtBot) -> None:
    rested(window, qtbot)
    before, training = window.state.model, window.state.training
    window.workbench.choose_steps(17)
    rested(window, qtbot)
    assert title(window, "undo") == "Undo number of steps"
    window.workbench.choose_model("optim")
    rested(window, qtbot)
    assert title(window, "undo") == "Undo model"
    undo(window, qtbot)
    assert window.state.model == before
    assert window.state.training.steps == 17
    assert window.state.training.optimizer == training.optimizer
    undo(window, qtbot)
    assert window.state.training == training
    assert not enabled(window, "undo")
    redo(window, qtbot)
    redo(window, qtbot)
    assert stands(window, "optim")


def test_that_all_that_is_typed_in_one_stay_is_one_change(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    rested(window, qtbot)
    type_in(window, "a x", enter=False)
    qtbot.waitUntil(lambda: stands(window, "a x"), timeout=SOON_MS)
    rested(window, qtbot)
    QTest.keyClicks(window.top.field, "^2")
    qtbot.waitUntil(lambda: stands(window, "a x^2"), timeout=SOON_MS)
    rested(window, qtbot)
    QTest.keyClicks(window.top.field, " + c")
    QTest.keyClick(window.top.field, Qt.Key.Key_Return)
    rested(window, qtbot)
    assert stands(window, "a x^2 + c")
    undo(window, qtbot)
    assert stands(window, "a + b x")


def test_that_a_field_undoes_its_own_typing_first(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    rested(window, qtbot)
    field = window.top.field
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, " + c")
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.text() == "a + b x"
    panel = training_of(window)
    panel.learning_rate.setFocus()
    panel.learning_rate.selectAll()
    QTest.keyClicks(panel.learning_rate, "12")
    QTest.keyClick(panel.learning_rate, Qt.Key.Key_Z, CONTROL)
    rested(window, qtbot)
    assert stands(window, "a + b x")
    assert panel.learning_rate.text() != "12"


def test_that_the_keys_are_the_windows_where_a_field_has_nothing_to_undo(
    window: MainWindow, qtbot: QtBot
) -> None:
    rested(window, qtbot)
    seed = training_of(window).seed
    seed.setFocus()
    QTest.keyClick(seed, Qt.Key.Key_Up)
    rested(window, qtbot)
    assert window.state.model.seed == 1
    assert title(window, "undo") == "Undo seed"
    undo(window, qtbot)
    assert window.state.model.seed == 0
    assert seed.value() == 0


def test_that_settings_of_the_training_are_undone_one_by_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    rested(window, qtbot)
    panel, before = training_of(window), window.state.training
    panel.learning_rate.setFocus()
    panel.learning_rate.selectAll()
    QTest.keyClicks(panel.learning_rate, "1e-5")
    QTest.keyClick(panel.learning_rate, Qt.Key.Key_Return)
    rested(window, qtbot)
    assert title(window, "undo") == "Undo learning rate"
    box: QComboBox = panel.optimizer
    box.setCurrentIndex((box.currentIndex() + 1) % box.count())
    box.activated.emit(box.currentIndex())
    rested(window, qtbot)
    assert title(window, "undo") == "Undo optimizer"
    action(window, "gradviz.edit.undo").trigger()
    rested(window, qtbot)
    assert window.state.training.optimizer == before.optimizer
    assert window.state.training.learning_rate == 1e-5
    action(window, "gradviz.edit.undo").trigger()
    rested(window, qtbot)
    assert window.state.training == before


def test_that_other_data_are_undone_without_another_model(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    rested(window, qtbot)
    run = window.workbench.newest_run
    window.workbench.choose_data(target="cos(x)", noise=0.1)
    rested(window, qtbot)
    assert title(window, "undo") == "Undo data"
    undo(window, qtbot)
    assert (window.state.model.target, window.state.model.noise) == ("sin(x)", 0.0)
    assert window.state.built is not None
    assert window.state.built.model.target == "sin(x)"
    assert window.workbench.newest_run == run


def test_that_how_the_graph_is_shown_is_undone(
    window: MainWindow, settings: QSettings, qtbot: QtBot
) -> None:
    rested(window, qtbot)
    action(window, "gradviz.view.direction").trigger()
    rested(window, qtbot)
    assert title(window, "undo") == "Undo direction of the graph"
    action(window, "gradviz.view.backward_names").trigger()
    rested(window, qtbot)
    undo(window, qtbot)
    assert window.state.shown.names == "forward"
    assert settings.value("node_names") == "forward"
    undo(window, qtbot)
    turned = window.canvas.direction
    assert turned == "TB"
    redo(window, qtbot)
    assert window.canvas.direction == "LR"


def test_that_a_new_change_ends_what_could_be_made_again(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    rested(window, qtbot)
    undo(window, qtbot)
    assert enabled(window, "redo")
    typed(window, qtbot, "a x")
    rested(window, qtbot)
    assert not enabled(window, "redo")


def test_that_a_wrong_expression_is_no_change(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    rested(window, qtbot)
    change = title(window, "undo")
    type_in(window, "a + (")
    rested(window, qtbot)
    assert title(window, "undo") == change
    window.canvas.view.setFocus()
    typed(window, qtbot, "a + b x")
    rested(window, qtbot)
    undo(window, qtbot)
    assert not stands(window, "a + b x")


def test_that_the_keys_are_those_of_the_desktop(window: MainWindow) -> None:
    assert action(window, "gradviz.edit.undo").shortcut() == QKeySequence("Ctrl+Z")
    assert action(window, "gradviz.edit.redo").shortcut() == QKeySequence("Ctrl+Shift+Z")
