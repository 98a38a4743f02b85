"""Visits to earlier steps, as the machine is asked for them and reports them."""

import pytest

from gradviz.core.choices.settings import Model, Training
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.engine import machine as module
from gradviz.engine.machine import Machine
from gradviz.protocol.commands import (
    BuildModel,
    Command,
    ResetTraining,
    StartTraining,
    VisitStep,
)
from gradviz.protocol.events import (
    BackwardRecorded,
    CommandFailed,
    Event,
    FrameTrained,
    StepExplained,
    StepVisited,
    TrainingReset,
    TrainingStopped,
)


def _training(steps: int) -> Training:
    return Training(optimizer="adam", learning_rate=0.01, steps=steps)


def _done(machine: Machine, *commands: Command) -> list[Event]:
    """Give the commands, and let the machine work until it stands still."""
    events = [event for command in commands for event in machine.handle(command)]
    while machine.training:
        events += machine.advance()
    return events


def _passed(event: Event) -> tuple[Graph, Trace]:
    assert isinstance(event, BackwardRecorded)
    return event.graph, event.trace


def _trained(steps: int = 30) -> tuple[Machine, list[float], Event]:
    """Return a machine that stands after its steps, their losses, and the last recording."""
    machine = Machine()
    _done(machine, BuildModel(1, Model(source="autograd", points=50)))
    events = _done(machine, StartTraining(1, _training(steps)))
    frames = [event for event in events if isinstance(event, FrameTrained)]
    losses = [float(loss) for frame in frames for loss in frame.losses.floats()]
    return machine, losses, events[-2]


def test_that_a_visit_reports_the_moment_its_step_and_its_gradients() -> None:
    machine, losses, _ = _trained()
    visited, explained, recorded = _done(machine, VisitStep(1, 12))
    assert isinstance(visited, StepVisited)
    assert (visited.step, visited.newest, visited.loss) == (12, 30, losses[12])
    assert isinstance(explained, StepExplained)
    assert explained.explained is not None
    assert explained.explained.loss == losses[11]
    assert isinstance(recorded, BackwardRecorded)
    assert recorded.trace.at_step == 12
    for node in recorded.graph.nodes:
        if node.kind == "leaf" and node.value is not None:
            assert node.value.scalar == visited.parameters[node.op]


def test_that_a_visit_to_the_newest_step_ends_the_visit() -> None:
    machine, _, last = _trained()
    _done(machine, VisitStep(1, 3))
    visited, _, recorded = _done(machine, VisitStep(1, 30))
    assert isinstance(visited, StepVisited)
    assert visited.step == visited.newest == 30
    assert _passed(recorded) == _passed(last)


def test_that_a_visit_pauses_a_training_that_runs() -> None:
    machine, _, _ = _trained()
    assert list(machine.handle(StartTraining(1, _training(100_000)))) == []
    kinds = [type(event) for event in _done(machine, VisitStep(1, 3))]
    assert kinds[-4:] == [TrainingStopped, StepVisited, StepExplained, BackwardRecorded]


def test_that_training_goes_on_from_the_visited_step() -> None:
    machine, losses, last = _trained()
    _done(machine, VisitStep(1, 12))
    events = _done(machine, StartTraining(1, _training(30)))
    frames = [event for event in events if isinstance(event, FrameTrained)]
    again = [float(loss) for frame in frames for loss in frame.losses.floats()]
    assert again == losses[12:]
    assert _passed(events[-2]) == _passed(last)


def test_that_only_the_newest_of_several_visits_is_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "FRAME_S", 0.0)
    machine, _, _ = _trained()
    events = _done(machine, VisitStep(1, 25), VisitStep(1, 7))
    assert [event.step for event in events if isinstance(event, StepVisited)] == [7]


def test_that_train_on_the_way_to_a_step_begins_at_that_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine, losses, _ = _trained()
    monkeypatch.setattr(module, "FRAME_S", 0.0)
    events = _done(machine, VisitStep(1, 25), StartTraining(1, _training(28)))
    assert isinstance(events[0], StepVisited)
    frames = [event for event in events if isinstance(event, FrameTrained)]
    assert frames[0].losses.floats()[0] == losses[25]
    assert frames[-1].step == 28


def test_that_reset_on_the_way_to_a_step_goes_to_the_start() -> None:
    machine, _, _ = _trained()
    reset, recorded = _done(machine, VisitStep(1, 25), ResetTraining(1))
    assert isinstance(reset, TrainingReset)
    assert isinstance(recorded, BackwardRecorded)
    (failed,) = _done(machine, VisitStep(1, 1))
    assert isinstance(failed, CommandFailed)
    assert failed.subject == "training"
