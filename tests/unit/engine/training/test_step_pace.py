"""A training that is slowed: its pace is kept, and its results are those of full speed."""

from types import SimpleNamespace

import pytest

from gradviz.core.choices.settings import Model, Training
from gradviz.engine.machine import Machine
from gradviz.engine.training import step_pace as module
from gradviz.engine.training.step_pace import StepPace
from gradviz.protocol.commands import BuildModel, ChangePace, PauseTraining, StartTraining
from gradviz.protocol.events import (
    BackwardRecorded,
    Event,
    FrameTrained,
    ModelBuilt,
    TrainingStopped,
)


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 100.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", SimpleNamespace(perf_counter=clock.perf_counter))
    return clock


def built(source: str = "autograd") -> tuple[Machine, Training]:
    machine = Machine()
    (found,) = (
        event
        for event in machine.handle(BuildModel(1, Model(source=source, points=50)))
        if isinstance(event, ModelBuilt)
    )
    return machine, found.training


def waited(machine: Machine, clock: Clock) -> list[Event]:
    """Let the machine work to the end, and the clock go on whenever it has nothing to do."""
    events: list[Event] = []
    while machine.busy:
        clock.now += machine.wait_s
        events += machine.advance()
    return events


def losses(events: list[Event]) -> list[float]:
    frames = (event for event in events if isinstance(event, FrameTrained))
    return [float(loss) for frame in frames for loss in frame.losses.floats()]


def steps(training: Training, count: int) -> Training:
    return Training(
        optimizer=training.optimizer,
        learning_rate=training.learning_rate,
        options=training.options,
        steps=count,
    )


@pytest.mark.parametrize("source", ["autograd", "dynamic", "optim"])
def test_that_results_are_the_same_at_every_pace_bit_for_bit(source: str, clock: Clock) -> None:
    found = []
    for pace in (0.0, 1.0, 100.0, 1000.0):
        machine, training = built(source)
        events = list(machine.handle(StartTraining(1, steps(training, 40), pace)))
        events += waited(machine, clock)
        last = [event for event in events if isinstance(event, FrameTrained)][-1]
        found.append((losses(events), last.snapshot.parameters))
    assert len(found[0][0]) == 40
    assert all(each == found[0] for each in found)


def test_that_a_slow_training_shows_every_step_with_its_pass(clock: Clock) -> None:
    machine, training = built()
    began = clock.now
    events = list(machine.handle(StartTraining(1, steps(training, 5), 1.0)))
    events += waited(machine, clock)
    frames = [event for event in events if isinstance(event, FrameTrained)]
    assert [frame.step for frame in frames] == [1, 2, 3, 4, 5]
    shown = [event.trace.at_step for event in events if isinstance(event, BackwardRecorded)]
    assert shown == [1, 2, 3, 4, 5]
    assert clock.now - began == pytest.approx(4.0)
    assert frames[-1].steps_per_second == pytest.approx(1.0)


def test_that_nothing_is_done_before_it_is_due(clock: Clock) -> None:
    machine, training = built()
    list(machine.handle(StartTraining(1, steps(training, 5), 1.0)))
    assert machine.wait_s == 0
    list(machine.advance())
    assert machine.wait_s == pytest.approx(1.0)
    assert list(machine.advance()) == []
    assert machine.busy


def test_that_a_pause_and_another_pace_take_effect_while_it_waits(clock: Clock) -> None:
    machine, training = built()
    list(machine.handle(StartTraining(1, steps(training, 5000), 0.001)))
    list(machine.advance())
    assert machine.wait_s > 0
    list(machine.handle(ChangePace(1, 0.0)))
    assert machine.wait_s == 0
    assert list(machine.advance())
    list(machine.handle(ChangePace(1, 0.001)))
    list(machine.advance())
    stopped = list(machine.handle(PauseTraining(1)))[-1]
    assert isinstance(stopped, TrainingStopped)
    assert not machine.busy


@pytest.mark.parametrize("per_second", [1.0, 10.0, 100.0, 1000.0])
def test_that_a_pace_is_kept_and_told(clock: Clock, per_second: float) -> None:
    pace, began, done = StepPace(per_second), clock.now, 0
    while clock.now < began + 20:
        clock.now += pace.wait_s
        count = pace.due()
        pace.take(count)
        done += count
    assert done / (clock.now - began) == pytest.approx(per_second, rel=0.1)
    assert pace.steps_per_second == pytest.approx(per_second, rel=0.05)


def test_that_steps_that_were_late_are_not_hurried_afterwards(clock: Clock) -> None:
    pace = StepPace(10.0)
    pace.take(pace.due())
    clock.now += 60
    pace.take(pace.due())
    assert pace.wait_s == pytest.approx(0.1, abs=0.1)
    pace.take(1)
    assert pace.wait_s > 0.05
