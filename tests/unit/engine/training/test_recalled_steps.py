"""Moments that are recalled: those of a visit bit for bit, and nothing else is changed by them."""

from collections.abc import Iterator

import pytest

from gradviz.core.choices.settings import Model, Training
from gradviz.engine.machine import Machine
from gradviz.protocol.commands import (
    BuildModel,
    ChangeLearningRate,
    Command,
    RecallStep,
    ResetTraining,
    StartTraining,
    TrainOneStep,
    VisitStep,
)
from gradviz.protocol.events import BackwardRecorded, Event, FrameTrained, StepRecalled, StepVisited
from gradviz.protocol.moments import RecalledMoment, unpacked

FIT = Model(source="a + b x + c x^2 + d x^3", mode="fit", points=50)
ADAM = Training(optimizer="adam", learning_rate=0.01, steps=40, scheduler="StepLR")


def following(machine: Machine, command: Command) -> Iterator[Event]:
    yield from machine.handle(command)
    while machine.busy:
        yield from machine.advance()


def trained(model: Model = FIT) -> Machine:
    machine = Machine()
    for command in (
        BuildModel(1, model),
        StartTraining(1, ADAM),
        ChangeLearningRate(1, 0.05),
        StartTraining(1, Training(optimizer="sgd", learning_rate=1e-6, steps=60)),
    ):
        list(following(machine, command))
    return machine


def recalled(machine: Machine, step: int, *, recorded: bool = True) -> StepRecalled:
    command = RecallStep(run=1, number=7, step=step, recorded=recorded)
    (event,) = machine.handle(command)
    assert isinstance(event, StepRecalled)
    assert (event.number, event.step) == (7, step)
    return event


def moment(machine: Machine, step: int) -> RecalledMoment:
    return unpacked(recalled(machine, step).moment)


@pytest.mark.parametrize("source", [FIT.source, "dynamic", "optim"])
def test_that_a_recalled_moment_is_the_visited_one(source: str) -> None:
    machine = trained(Model(source=source, mode="fit", points=50))
    for step in (0, 17, 40, 41, 60, 3):
        found = moment(machine, step)
        events = list(following(machine, VisitStep(1, step)))
        visited = next(event for event in events if isinstance(event, StepVisited))
        recorded = next(event for event in events if isinstance(event, BackwardRecorded))
        assert found.step == step
        assert (found.equation, found.loss) == (visited.snapshot.equation, visited.loss)
        assert found.curve in (visited.snapshot.prediction, visited.snapshot.curve)
        assert found.trace == recorded.trace
        assert found.graph == recorded.graph


def test_that_a_training_is_the_same_with_moments_recalled_in_between() -> None:
    losses: list[list[float]] = []
    for recalls in (False, True):
        machine = Machine()
        list(following(machine, BuildModel(1, FIT)))
        found: list[float] = []
        for step in range(30):
            for event in following(machine, TrainOneStep(1, ADAM)):
                if isinstance(event, FrameTrained):
                    found += event.losses.floats().tolist()
            if recalls:
                recalled(machine, step // 2)
        losses.append(found)
    assert len(losses[0]) == 30
    assert losses[0] == losses[1]


def test_that_a_visited_step_stays_shown() -> None:
    machine = trained()
    list(following(machine, VisitStep(1, 12)))
    before = moment(machine, 12)
    recalled(machine, 55)
    (frame, *_) = [
        event
        for event in following(machine, TrainOneStep(1, ADAM))
        if isinstance(event, FrameTrained)
    ]
    assert frame.step == 13
    assert frame.losses.floats()[0] == before.loss


def test_that_a_step_that_does_not_exist_is_said_in_a_sentence() -> None:
    machine = trained()
    for step in (-1, 61):
        event = recalled(machine, step)
        assert event.moment == b""
        assert event.message == f"There is no step {step}."
        assert event.hint == "Choose one from 0 to 60."


def test_that_other_steps_are_told_by_another_future() -> None:
    machine = trained()
    future = recalled(machine, 5).future
    assert recalled(machine, 50).future == future
    list(following(machine, VisitStep(1, 12)))
    assert recalled(machine, 5).future == future
    list(following(machine, TrainOneStep(1, ADAM)))
    later = recalled(machine, 5).future
    assert later != future
    list(following(machine, ResetTraining(1)))
    assert recalled(machine, 0).future not in (future, later)
