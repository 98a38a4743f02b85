"""The optimizer and its options in the training panel, chosen and entered with real keys."""

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from gradviz.core.number_text import full
from gradviz.protocol.commands import ChangeTraining
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.training.training_panel import TrainingPanel


@pytest.fixture
def panel(window: MainWindow, engine: LocalEngine) -> TrainingPanel:
    widget = window.panels.widgets["training"]
    assert isinstance(widget, TrainingPanel)
    window.show_panel("training")
    engine.sent.clear()
    return widget


def choose(panel: TrainingPanel, title: str) -> None:
    """Choose an optimizer as the keyboard does."""
    panel.optimizer.setFocus()
    index = panel.optimizer.findText(title)
    assert index >= 0
    while (left := index - panel.optimizer.currentIndex()) != 0:
        QTest.keyClick(panel.optimizer, Qt.Key.Key_Down if left > 0 else Qt.Key.Key_Up)


def enter(panel: TrainingPanel, name: str, text: str) -> QLineEdit:
    control = panel.options.controls[name]
    assert isinstance(control, QLineEdit)
    control.setFocus()
    control.selectAll()
    QTest.keyClicks(control, text)
    QTest.keyClick(control, Qt.Key.Key_Return)
    return control


def last_sent(engine: LocalEngine) -> ChangeTraining:
    assert isinstance(engine.sent[-1], ChangeTraining)
    return engine.sent[-1]


def operations(window: MainWindow) -> set[str]:
    return {node.op for node in window.state.graph.nodes} if window.state.graph else set()


def test_that_the_form_has_the_options_of_the_chosen_optimizer_alone(
    window: MainWindow, panel: TrainingPanel, engine: LocalEngine
) -> None:
    assert panel.options.controls == {}
    assert not panel.options.isVisible()
    catalogue = window.state.catalogue
    assert catalogue is not None
    for entry in catalogue.optimizers[1:]:
        choose(panel, entry.title)
        assert list(panel.options.controls) == [option.name for option in entry.options]
        for option in entry.options:
            control = panel.options.controls[option.name]
            assert control.isVisible()
            assert control.accessibleName() == option.name
            assert option.allowed in control.toolTip()
        assert last_sent(engine).training.optimizer == entry.name
    choose(panel, "SGD, written out")
    assert panel.options.controls == {}


def test_that_no_row_is_wider_than_the_panel(panel: TrainingPanel) -> None:
    viewport = panel.parentWidget()
    assert viewport is not None
    for index in range(1, panel.optimizer.count()):
        choose(panel, panel.optimizer.itemText(index))
        assert panel.minimumSizeHint().width() <= viewport.width()


def test_that_another_optimizer_begins_with_the_rate_that_suits_it(
    window: MainWindow, panel: TrainingPanel
) -> None:
    choose(panel, "Adam")
    assert panel.learning_rate.text() == "0.001"
    choose(panel, "SGD")
    assert panel.learning_rate.text() == "1e−6"
    panel.learning_rate.setText("2e-6")
    panel.learning_rate.editingFinished.emit()
    choose(panel, "SGD, written out")
    assert window.state.training.learning_rate == 2e-6


def test_that_an_option_reaches_the_running_training(
    window: MainWindow, panel: TrainingPanel, engine: LocalEngine, qtbot: QtBot
) -> None:
    choose(panel, "Adam")
    panel.steps.setValue(1_000_000)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step > 0, timeout=20_000)
    enter(panel, "betas_2", "0.9")
    assert last_sent(engine).training.options == {"betas_2": 0.9}
    amsgrad = panel.options.controls["amsgrad"]
    assert isinstance(amsgrad, QCheckBox)
    amsgrad.setFocus()
    QTest.keyClick(amsgrad, Qt.Key.Key_Space)
    assert last_sent(engine).training.options == {"betas_2": 0.9, "amsgrad": True}
    step = window.state.progress.step
    qtbot.waitUntil(lambda: window.state.progress.step > step, timeout=20_000)
    assert window.state.progress.running
    assert not window.notices.isVisible()


def test_that_a_whole_number_has_a_box_with_its_range(
    panel: TrainingPanel, engine: LocalEngine
) -> None:
    choose(panel, "LBFGS")
    box = panel.options.controls["max_iter"]
    assert isinstance(box, QSpinBox)
    assert (box.value(), box.minimum(), box.maximum()) == (20, 1, 1000)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert last_sent(engine).training.options == {"max_iter": 21}


@pytest.mark.parametrize("text", ["1", "-0.1", "nan", "fast", "inf"])
def test_that_a_value_out_of_range_is_shown_in_its_place_and_not_sent(
    window: MainWindow, panel: TrainingPanel, engine: LocalEngine, text: str
) -> None:
    choose(panel, "Adam")
    engine.sent.clear()
    control = enter(panel, "betas_1", text)
    assert panel.options.message.isVisible()
    assert "0 ≤ betas_1 < 1" in panel.options.message.text()
    assert control.property("wrong")
    assert (engine.sent, window.state.training.options) == ([], {})
    assert not window.notices.isVisible()
    enter(panel, "betas_1", "0.5")
    assert not panel.options.message.isVisible()
    assert not control.property("wrong")
    assert last_sent(engine).training.options == {"betas_1": 0.5}


def test_that_options_that_do_not_go_together_are_refused(
    panel: TrainingPanel, engine: LocalEngine
) -> None:
    choose(panel, "SGD")
    engine.sent.clear()
    nesterov = panel.options.controls["nesterov"]
    assert isinstance(nesterov, QCheckBox)
    nesterov.setFocus()
    QTest.keyClick(nesterov, Qt.Key.Key_Space)
    assert not nesterov.isChecked()
    assert "nesterov needs momentum" in panel.options.message.text()
    assert engine.sent == []
    enter(panel, "momentum", "0.9")
    nesterov.setFocus()
    QTest.keyClick(nesterov, Qt.Key.Key_Space)
    assert last_sent(engine).training.options == {"momentum": 0.9, "nesterov": True}
    enter(panel, "dampening", "0.5")
    assert "without dampening" in panel.options.message.text()
    assert last_sent(engine).training.options == {"momentum": 0.9, "nesterov": True}


def test_that_leaving_a_field_as_it_was_sends_nothing(
    panel: TrainingPanel, engine: LocalEngine
) -> None:
    choose(panel, "AdamW")
    engine.sent.clear()
    control = panel.options.controls["eps"]
    assert isinstance(control, QLineEdit)
    assert control.text() == "1e−8"
    control.setFocus()
    QTest.keyClick(control, Qt.Key.Key_Return)
    panel.optimizer.setFocus()
    assert engine.sent == []


def test_that_numbers_are_written_as_people_do() -> None:
    texts = [full(value) for value in (1e-06, 0.9, 3.0, 1e22, 2.5e-10)]
    assert texts == ["1e−6", "0.9", "3", "1e22", "2.5e−10"]


def test_that_a_loss_is_chosen_with_the_keys_and_the_graph_follows(
    window: MainWindow, panel: TrainingPanel, engine: LocalEngine, qtbot: QtBot
) -> None:
    panel.loss.setFocus()
    assert panel.loss.currentText() == "the model's own"
    while panel.loss.currentText() != "L1Loss, sum":
        QTest.keyClick(panel.loss, Qt.Key.Key_Down)
    assert last_sent(engine).training.loss == "L1Loss, sum"
    qtbot.waitUntil(lambda: "Abs" in operations(window), timeout=5000)
    panel.seed.setValue(3)
    qtbot.waitUntil(lambda: window.state.built.model.seed == 3, timeout=5000)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: "Abs" in operations(window), timeout=5000)
    assert panel.loss.currentText() == "L1Loss, sum"
    assert last_sent(engine).training.loss == "L1Loss, sum"
    window.workbench.choose_model("function")
    qtbot.waitUntil(lambda: window.state.training.loss == "", timeout=5000)
    assert panel.loss.currentText() == "the model's own"


def test_that_a_loss_that_the_model_cannot_have_is_told_and_taken_back(
    window: MainWindow, panel: TrainingPanel, qtbot: QtBot
) -> None:
    window.workbench.choose_model("numpy")
    qtbot.waitUntil(lambda: window.state.built.model.source == "numpy", timeout=5000)  # type: ignore[union-attr]
    panel.steps.setValue(1_000_000)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step > 0, timeout=5000)
    window.workbench.choose_loss("L1Loss, sum")
    qtbot.waitUntil(lambda: window.notices.isVisible(), timeout=5000)
    assert "written by hand" in window.notices.text.text()
    assert panel.loss.currentText() == "the model's own"
    assert not window.state.progress.running
    step = window.state.progress.step
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step > step, timeout=5000)
