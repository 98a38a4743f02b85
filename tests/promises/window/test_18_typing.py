"""What is typed stays, in every field of the window, whatever the engine answers meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from local_engine import LocalEngine
from own_models import NET, written
from promised import Tell
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QSpinBox
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, answering, rested, shown, typed
from window_fields import Field, fields_in, fields_of, named, text_of

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.tensors import Array
from gradviz.core.number_text import stored
from gradviz.protocol.events import (
    BackwardRecorded,
    CommandFailed,
    DataChanged,
    Event,
    FrameTrained,
    LearningRateChanged,
    ModelBuilt,
    StepVisited,
    TrainingReset,
    TrainingStopped,
)
from gradviz.ui.dialogs.finder import Finder
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.result_panel import ResultPanel
from gradviz.ui.panels.training.training_panel import TrainingPanel

pytestmark = pytest.mark.usefixtures("layouts")


def answers(window: MainWindow, built: ModelBuilt) -> Iterator[Event]:
    """Yield what the engine may say at any time, each with other values than those chosen."""
    state, run = window.state, built.run
    assert state.graph is not None
    model = built.model
    other = msgspec.structs.replace(
        model, at=9.0, point={"y": 8.0, "z": 7.0}, seed=6, points=55, low=-4.0, high=4.0,
        target="x", noise=0.5, initial={"a": 3.0},
    )  # fmt: skip
    yield msgspec.structs.replace(built, model=other)
    if state.trace is not None:
        yield BackwardRecorded(run, state.graph, state.trace, state.recording)
    yield CommandFailed(run=run, subject="data", message="No.", hint="Again.", field="target")
    if built.mode == "fit" and built.x is not None and built.target is not None:
        x = built.x
        yield DataChanged(
            run=run, model=other, x=x, target=built.target, prediction=x, first_prediction=x
        )
        snapshot, losses = built.snapshot, Array.of(built.target.floats()[:3])
        parameters = {name: value + 1 for name, value in snapshot.parameters.items()}
        later = msgspec.structs.replace(snapshot, parameters=parameters)
        yield FrameTrained(run=run, step=9, losses=losses, snapshot=later, steps_per_second=1.0)
        yield LearningRateChanged(run, 0.5)
        yield TrainingStopped(run=run, step=9, reason="paused")
        yield StepVisited(run=run, step=2, newest=9, loss=1.0, snapshot=later)
    state.training = msgspec.structs.replace(state.training, learning_rate=0.7, steps=77)
    state.training_changed.emit()
    if built.mode == "fit":
        yield TrainingReset(run=run, snapshot=built.snapshot)


def text_for(field: Field, built: ModelBuilt) -> str:
    """Return a text that the field takes key by key; not one that it has."""
    if isinstance(field, QPlainTextEdit):
        return "2 " + built.model.source
    if isinstance(field, QSpinBox):
        last = field.maximum()
        return str(last)[-1] if last < 10 else "3" if last < 100 else "37"
    return "3.5"


def type_while_answered(window: MainWindow, field: Field, built: ModelBuilt) -> None:
    """Type key by key, with all answers between two keys; the text must be there."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    text = text_for(field, built)
    for key in text:
        QTest.keyClicks(field, key)
        for event in answers(window, built):
            window._engine.event_received.emit(event)
    assert text_of(field) == text, named(field)


def built_of(window: MainWindow) -> ModelBuilt:
    assert window.state.built is not None
    return window.state.built


def test_that_a_number_at_a_point_is_as_it_was_typed(
    window: MainWindow, qtbot: QtBot, tell: Tell
) -> None:
    typed(window, qtbot, "a x y + sin(z)")
    window.workbench.choose_mode("point")
    qtbot.waitUntil(lambda: window.state.mode == "point" and shown(window), timeout=SOON_MS)
    found = []
    for field in list(fields_in(window)):
        type_while_answered(window, field, built_of(window))
        found.append(named(field))
        rested(window, qtbot)
    assert {"Value of x", "Value of y", "Value of z", "Expression"} <= set(found)
    tell(f"{len(found)} fields at a point: as typed, whatever the engine answered between keys")


def test_that_every_field_of_a_fit_is_as_it_was_typed(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot, tell: Tell
) -> None:
    typed(window, qtbot, "a + b x")
    workbench = window.workbench
    workbench.choose_optimizer("adam")
    workbench.choose_scheduler("SequentialLR")
    rested(window, qtbot)
    found = []
    for field in list(fields_in(window)):
        if field.isEnabled() and field.isVisible():
            type_while_answered(window, field, built_of(window))
            found.append(named(field))
            rested(window, qtbot)
    assert {
        "Learning rate", "Training steps", "Seed of the initial weights", "Target", "Noise",
        "Points", "Lowest x", "Highest x", "File of data", "Value of a", "eps",
        "Step from which scheduler 2 works", "Vanishing below", "Expression",
    } <= set(found)  # fmt: skip
    tell(f"{len(found)} fields of a fit: as typed, whatever the engine answered between keys")


def test_that_the_dialogs_keep_what_is_typed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    rested(window, qtbot)
    built = built_of(window)
    seen = []

    def type_into(dialog: QDialog) -> None:
        assert isinstance(dialog, Finder)
        try:
            type_while_answered(window, dialog.search, built)
            seen.append(dialog)
        finally:
            dialog.reject()

    clock = answering(Finder, type_into)
    action(window, "gradviz.edit.palette").trigger()
    clock.stop()
    assert len(seen) == 1
    window.workbench.finding.open()
    type_while_answered(window, window.canvas.find_bar.field, built)
    window.workbench.finding.close()
    window.own_models.open(Model(source=str(written(tmp_path, NET))))
    dialog = window.own_models.dialog
    assert dialog is not None
    for field in list(fields_of(dialog)):
        type_while_answered(window, field, built)


def test_that_an_answer_is_taken_over_when_a_field_is_left_as_it_was(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = window.panels.widgets["training"]
    assert isinstance(panel, TrainingPanel)
    panel.come_to_front()
    rested(window, qtbot)
    for field in (panel.seed, panel.data.noise):
        field.setFocus()
        field.selectAll()
        before = text_of(field)
        QTest.keyClicks(field, "1")
        for event in answers(window, built_of(window)):
            window._engine.event_received.emit(event)
        QTest.keyClick(field, Qt.Key.Key_Backspace)
        QTest.keyClicks(field, before)
        window.canvas.view.setFocus()
    assert panel.seed.value() == 6
    assert panel.data.noise.text() == "0.5"
    assert window.state.model.noise == 0.5


def test_that_an_initial_value_typed_before_the_first_step_is_refused_after_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = window.panels.widgets["result"]
    assert isinstance(panel, ResultPanel)
    rested(window, qtbot)
    name, field = next(iter(panel.fields.items()))
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0.3")
    window.workbench.train_one_step()
    rested(window, qtbot)
    assert field.text() == "0.3"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "Reset the training" in panel.message.text()
    assert field.isReadOnly()
    assert field.text() == stored(window.state.progress.parameters[name])
    assert isinstance(field, QLineEdit)
