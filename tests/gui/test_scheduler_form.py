"""The learning rate's scheduler in the training panel, chosen and entered with real keys."""

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS

from gradviz.protocol.commands import ChangeTraining
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.training.scheduler_form import SchedulerForm
from gradviz.ui.panels.training.training_panel import TrainingPanel

pytestmark = pytest.mark.usefixtures("layouts")


@pytest.fixture
def form(window: MainWindow, engine: LocalEngine) -> SchedulerForm:
    panel = window.panels.widgets["training"]
    assert isinstance(panel, TrainingPanel)
    engine.sent.clear()
    return panel.schedule


def choose(form: SchedulerForm, title: str) -> None:
    """Choose a scheduler as the keyboard does."""
    form.scheduler.setFocus()
    index = form.scheduler.findText(title)
    assert index >= 0
    while (left := index - form.scheduler.currentIndex()) != 0:
        QTest.keyClick(form.scheduler, Qt.Key.Key_Down if left > 0 else Qt.Key.Key_Up)


def last_sent(engine: LocalEngine) -> ChangeTraining:
    assert isinstance(engine.sent[-1], ChangeTraining)
    return engine.sent[-1]


def test_that_the_form_has_the_options_of_the_chosen_scheduler_alone(
    window: MainWindow, form: SchedulerForm, engine: LocalEngine
) -> None:
    assert form.scheduler.accessibleName()
    assert not form.options.isVisible()
    catalogue = window.state.catalogue
    assert catalogue is not None
    assert len(catalogue.schedulers) >= 10
    for entry in catalogue.schedulers:
        choose(form, entry.title)
        assert list(form.options.controls) == [option.name for option in entry.options]
        for option in entry.options:
            assert option.allowed in form.options.controls[option.name].toolTip()
        assert last_sent(engine).training.scheduler == entry.name
        assert ("highest" in form.scheduler.toolTip()) == entry.peaks
    form.scheduler.setFocus()
    QTest.keyClick(form.scheduler, Qt.Key.Key_Home)
    assert last_sent(engine).training.scheduler == ""
    assert form.options.controls == {}


def test_that_a_typed_factor_is_sent_as_it_is_typed(
    form: SchedulerForm, engine: LocalEngine
) -> None:
    choose(form, "LambdaLR")
    line = form.options.controls["lr_lambda"]
    assert isinstance(line, QLineEdit)
    assert line.text() == "0.999^t"
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "1/(1 + t)")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert last_sent(engine).training.scheduler_options == {"lr_lambda": "1/(1 + t)"}


def test_that_the_rate_of_now_is_shown_while_it_trains(
    window: MainWindow, form: SchedulerForm, qtbot: QtBot
) -> None:
    assert not form.rate.isVisible()
    choose(form, "StepLR")
    qtbot.waitUntil(lambda: form.rate.text() == "learning rate now 1e−6", timeout=SOON_MS)
    box = form.options.controls["step_size"]
    assert isinstance(box, QSpinBox)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "20")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert window.state.training.scheduler_options == {"step_size": 20}
    window.workbench.choose_steps(30)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step == 30, timeout=SOON_MS)
    qtbot.waitUntil(lambda: form.rate.text() == "learning rate now 1e−7", timeout=SOON_MS)
    window.workbench.reset_training()
    qtbot.waitUntil(lambda: form.rate.text() == "learning rate now 1e−6", timeout=SOON_MS)


def test_that_a_value_out_of_range_is_shown_in_its_place_and_not_sent(
    form: SchedulerForm, engine: LocalEngine
) -> None:
    choose(form, "StepLR")
    engine.sent.clear()
    control = form.options.controls["gamma"]
    assert isinstance(control, QLineEdit)
    control.setFocus()
    control.selectAll()
    QTest.keyClicks(control, "-1")
    QTest.keyClick(control, Qt.Key.Key_Return)
    assert "0 ≤ gamma" in form.options.message.text()
    assert control.property("wrong")
    assert engine.sent == []


def test_that_another_model_begins_without_a_scheduler(
    window: MainWindow, form: SchedulerForm, qtbot: QtBot
) -> None:
    choose(form, "ExponentialLR")
    window.workbench.choose_model("module")
    qtbot.waitUntil(lambda: window.state.training.scheduler == "", timeout=SOON_MS)
    assert form.scheduler.currentData() == ""
    assert not form.rate.isVisible()
