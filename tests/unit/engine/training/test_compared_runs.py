"""Runs side by side: each as it would be alone, bit for bit, and none in another's way."""

import io
import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gradviz.core.choices.comparison import Candidate
from gradviz.core.choices.settings import Model, Training
from gradviz.engine.machine import Machine
from gradviz.own.source import content_hash
from gradviz.protocol.codec import Codec
from gradviz.protocol.commands import (
    BuildModel,
    Command,
    CompareRuns,
    StartTraining,
    StopComparison,
)
from gradviz.protocol.events import (
    CommandFailed,
    ComparisonFrame,
    ComparisonStopped,
    Event,
    FrameTrained,
    TrainingStopped,
)

_WITH_DROPOUT = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(3, 8), nn.Dropout(0.5), nn.Linear(8, 1))

    def forward(self, x):
        return self.layers(x)
"""


def _candidate(
    source: str | Model = "autograd",
    optimizer: str = "sgd",
    rate: float = 1e-6,
    seed: int = 0,
    steps: int = 150,
) -> Candidate:
    model = Model(source=source, points=200, seed=seed) if isinstance(source, str) else source
    training = Training(optimizer=optimizer, learning_rate=rate, steps=steps)
    return Candidate(title=f"{optimizer}, seed {seed}", model=model, training=training)


def _standing(source: str = "autograd") -> Machine:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source=source, points=200))))
    return machine


def _until_still(machine: Machine, command: Command) -> list[Event]:
    events = list(machine.handle(command))
    while machine.training:
        events += machine.advance()
    return events


def _frames(events: Iterable[Event]) -> list[ComparisonFrame]:
    return [event for event in events if isinstance(event, ComparisonFrame)]


def _compared(*candidates: Candidate) -> list[list[float]]:
    frames = _frames(_until_still(_standing(), CompareRuns(1, candidates)))
    return [
        np.concatenate([frame.losses[place].floats() for frame in frames]).tolist()
        for place in range(len(candidates))
    ]


def _alone(candidate: Candidate) -> list[float]:
    machine = Machine()
    list(machine.handle(BuildModel(1, candidate.model)))
    events = _until_still(machine, StartTraining(1, candidate.training))
    frames = [event.losses.floats() for event in events if isinstance(event, FrameTrained)]
    return list(np.concatenate(frames).tolist())


def test_that_each_compared_run_has_the_losses_of_the_same_run_alone() -> None:
    candidates = (
        _candidate("dynamic", rate=1e-8),
        _candidate("dynamic", "adam", 1e-3),
        _candidate("dynamic", rate=1e-8, seed=3),
        _candidate("numpy", "descent"),
        _candidate("module", "lbfgs", 1.0, seed=1, steps=20),
        _candidate("a sin(b x)", "rmsprop", 1e-2),
    )
    for candidate, losses in zip(candidates, _compared(*candidates), strict=True):
        assert losses == _alone(candidate), candidate
        assert len(losses) == candidate.training.steps


def test_that_models_that_draw_from_torchs_generator_do_not_disturb_each_other(
    tmp_path: Path,
) -> None:
    path = tmp_path / "net.py"
    path.write_text(_WITH_DROPOUT, encoding="utf-8")
    trusted = content_hash(path.read_bytes())
    models = [
        Model(source=f"{path}:Net", inputs="randn(16, 3)", trusted=trusted, seed=seed)
        for seed in (0, 0, 1)
    ]
    first, second, other = (_candidate(model, rate=1e-3, steps=60) for model in models)
    compared = _compared(first, second, other, _candidate("dynamic", rate=1e-8))
    assert compared[0] == compared[1] == _alone(first)
    assert compared[2] == _alone(other) != compared[0]


def test_that_runs_that_go_on_stay_side_by_side_at_every_report() -> None:
    long, short = _candidate(steps=400), _candidate("tensors", seed=1, steps=40)
    for frame in _frames(_until_still(_standing(), CompareRuns(1, (long, short)))):
        going = {each.step for each in frame.standings if each.state == "running"}
        assert len(going) <= 1
        assert going <= {frame.step}
        assert frame.standings[1].step == min(40, frame.step)


def test_that_a_run_that_diverges_stands_still_while_the_others_go_on() -> None:
    good, bad = _candidate(), _candidate(rate=1e-2)
    events = _until_still(_standing(), CompareRuns(1, (bad, good)))
    diverged, finished = _frames(events)[-1].standings
    assert (diverged.state, finished.state) == ("diverged", "finished")
    assert finished.step == 150
    assert diverged.step < 150
    assert events[-1] == ComparisonStopped(run=1, reason="finished")
    machine = Machine()
    list(machine.handle(BuildModel(1, bad.model)))
    alone = _until_still(machine, StartTraining(1, bad.training))
    stopped = next(event for event in alone if isinstance(event, TrainingStopped))
    assert (diverged.step, diverged.message) == (stopped.step, stopped.message)
    assert all(map(math.isfinite, _compared(bad, good)[0]))


def test_that_stop_ends_all_of_them_together_and_leaves_the_training_as_it_was() -> None:
    machine = _standing()
    training = Training(optimizer="sgd", learning_rate=1e-6, steps=80)
    before = _until_still(machine, StartTraining(1, training))
    events = list(machine.handle(CompareRuns(1, (_candidate(steps=10**6), _candidate(seed=1)))))
    for _ in range(3):
        events += machine.advance()
    assert machine.training
    assert list(machine.handle(StopComparison(1))) == [ComparisonStopped(run=1, reason="stopped")]
    assert not machine.training
    assert list(machine.advance()) == []
    more = Training(optimizer="sgd", learning_rate=1e-6, steps=150)
    after = _until_still(machine, StartTraining(1, more))
    losses = [e.losses.floats() for e in [*before, *after] if isinstance(e, FrameTrained)]
    assert np.concatenate(losses).tolist() == _alone(_candidate())


def test_that_a_training_pauses_when_a_comparison_starts_and_ends_one_when_it_starts() -> None:
    machine = _standing()
    endless = Training(optimizer="sgd", learning_rate=1e-6, steps=10**6)
    list(machine.handle(StartTraining(1, endless)))
    list(machine.advance())
    command = CompareRuns(1, (_candidate(), _candidate(seed=1)))
    events = list(machine.handle(command))
    assert [e.reason for e in events if isinstance(e, TrainingStopped)] == ["paused"]
    events = list(machine.handle(StartTraining(1, endless)))
    assert events == [ComparisonStopped(run=1, reason="replaced")]
    list(machine.handle(command))
    events = list(machine.handle(BuildModel(2, Model(source="x^2"))))
    assert events[0] == ComparisonStopped(run=1, reason="replaced")
    assert not machine.training


@pytest.mark.parametrize("count", [0, 1, 9])
def test_that_two_to_eight_runs_are_compared(count: int) -> None:
    machine = _standing()
    (event,) = machine.handle(CompareRuns(1, (_candidate(),) * count))
    assert isinstance(event, CommandFailed)
    assert (event.subject, machine.training) == ("comparison", False)
    assert "2 to 8" in event.hint


def test_that_a_run_that_cannot_be_built_is_named() -> None:
    machine = _standing()
    (event,) = machine.handle(CompareRuns(1, (_candidate(), _candidate(optimizer="magic"))))
    assert isinstance(event, CommandFailed)
    assert event.message.startswith("Run 2 (magic, seed 0): ")
    assert not machine.training


@hypothesis_settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=2, max_size=8))
def test_that_every_run_does_the_steps_that_it_was_given(steps: list[int]) -> None:
    candidates = tuple(_candidate("nn", seed=seed, steps=n) for seed, n in enumerate(steps))
    assert [len(losses) for losses in _compared(*candidates)] == steps


def test_that_commands_and_events_survive_the_pipe() -> None:
    command = CompareRuns(1, (_candidate(), _candidate(seed=1, steps=10)))
    commands: Codec[Command] = Codec(Command)
    events: Codec[Event] = Codec(Event)
    pipe = io.BytesIO()
    commands.write(pipe, command)
    pipe.seek(0)
    assert commands.read(pipe) == command
    for event in _until_still(_standing(), command):
        pipe = io.BytesIO()
        events.write(pipe, event)
        pipe.seek(0)
        assert events.read(pipe) == event
