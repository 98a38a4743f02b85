"""The form of a scheduler that is made of others, filled in with real keys and clicks."""

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS

from gradviz.core.choices.compositions import Composition, SchedulerPart
from gradviz.protocol.commands import ChangeTraining
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.training.composition_form import CompositionForm
from gradviz.ui.panels.training.scheduler_form import SchedulerForm
from gradviz.ui.panels.training.training_panel import TrainingPanel

pytestmark = pytest.mark.usefixtures("layouts")


@pytest.fixture
def schedule(window: MainWindow) -> SchedulerForm:
    panel = window.panels.widgets["training"]
    assert isinstance(panel, TrainingPanel)
    return panel.schedule


def choose(box: QComboBox, title: str) -> None:
    """Choose an item as the keyboard does."""
    box.setFocus()
    index = box.findText(title)
    assert index >= 0
    while (left := index - box.currentIndex()) != 0:
        QTest.keyClick(box, Qt.Key.Key_Down if left > 0 else Qt.Key.Key_Up)


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def enter(line: QWidget | None, text: str) -> None:
    assert isinstance(line, QLineEdit | QSpinBox)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def sent(engine: LocalEngine) -> Composition:
    command = engine.sent[-1]
    assert isinstance(command, ChangeTraining)
    return command.training.composition


def names(form: CompositionForm) -> list[str]:
    return [part.scheduler.currentText() for part in form.parts]


def test_that_parts_in_turn_have_their_own_settings_and_a_step_to_begin_at(
    schedule: SchedulerForm, engine: LocalEngine
) -> None:
    form = schedule.composition
    assert not form.isVisible()
    choose(schedule.scheduler, "SequentialLR")
    assert form.isVisible()
    assert names(form) == ["LinearLR", "ExponentialLR"]
    assert form.parts[0].milestone is None
    enter(form.parts[1].milestone, "40")
    choose(form.parts[1].scheduler, "StepLR")
    enter(form.parts[1].options.controls["step_size"], "7")
    enter(form.parts[0].options.controls["start_factor"], "0.25")
    assert sent(engine) == Composition(
        (
            SchedulerPart("LinearLR", {"total_iters": 100, "start_factor": 0.25}),
            SchedulerPart("StepLR", {"step_size": 7}),
        ),
        (40,),
    )
    choose(schedule.scheduler, "StepLR")
    assert not form.isVisible()
    assert sent(engine) == Composition()


def test_that_parts_come_and_go_with_their_milestones(
    schedule: SchedulerForm, engine: LocalEngine
) -> None:
    choose(schedule.scheduler, "SequentialLR")
    form = schedule.composition
    assert not form.parts[0].remove.isEnabled()
    click(form.add)
    assert names(form) == ["LinearLR", "ExponentialLR", "ExponentialLR"]
    assert sent(engine).milestones == (100, 200)
    click(form.parts[0].remove)
    assert names(form) == ["ExponentialLR", "ExponentialLR"]
    assert form.parts[0].milestone is None
    assert sent(engine).milestones == (200,)
    click(form.add)
    click(form.parts[1].remove)
    assert sent(engine).milestones == (400,)
    for _ in range(10):
        click(form.add)
    assert len(form.parts) == 8
    assert not form.add.isEnabled()


def test_that_parts_at_once_have_no_milestones(
    schedule: SchedulerForm, engine: LocalEngine
) -> None:
    choose(schedule.scheduler, "ChainedScheduler")
    form = schedule.composition
    assert [part.milestone for part in form.parts] == [None, None]
    click(form.add)
    assert sent(engine).milestones == ()
    assert len(sent(engine).parts) == 3
    offered = {form.parts[0].scheduler.itemText(i) for i in range(form.parts[0].scheduler.count())}
    assert "CyclicLR" in offered
    assert offered.isdisjoint({"ReduceLROnPlateau", "SequentialLR", "ChainedScheduler"})


def test_that_milestones_that_do_not_increase_are_refused_in_the_form(
    schedule: SchedulerForm, engine: LocalEngine
) -> None:
    choose(schedule.scheduler, "SequentialLR")
    form = schedule.composition
    click(form.add)
    engine.sent.clear()
    enter(form.parts[2].milestone, "100")
    assert "The milestones 100, 100 do not increase" in form.message.text()
    assert form.message.isVisible()
    assert form.parts[2].milestone is not None
    assert form.parts[2].milestone.value() == 200
    assert engine.sent == []
    enter(form.parts[2].milestone, "300")
    assert not form.message.isVisible()
    assert sent(engine).milestones == (100, 300)


def test_that_an_option_out_of_range_is_refused_at_its_part(
    schedule: SchedulerForm, engine: LocalEngine
) -> None:
    choose(schedule.scheduler, "ChainedScheduler")
    options = schedule.composition.parts[1].options
    engine.sent.clear()
    enter(options.controls["gamma"], "-1")
    assert "0 ≤ gamma" in options.message.text()
    assert engine.sent == []


def test_that_the_rate_follows_the_parts(
    window: MainWindow, schedule: SchedulerForm, qtbot: QtBot
) -> None:
    choose(schedule.scheduler, "SequentialLR")
    qtbot.waitUntil(lambda: schedule.rate.text() == "learning rate now 3.33333e−7", timeout=SOON_MS)
    enter(schedule.composition.parts[1].milestone, "20")
    window.workbench.choose_steps(20)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step == 20, timeout=SOON_MS)
    qtbot.waitUntil(lambda: schedule.rate.text() == "learning rate now 1e−6", timeout=SOON_MS)
