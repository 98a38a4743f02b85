"""Other data in the midst of a training: the same weights and memory, and a past that stays."""

from collections.abc import Callable

import msgspec
import pytest
import torch

from gradviz.core.choices.options import Options
from gradviz.core.choices.settings import Model, Training
from gradviz.engine.machine import Machine
from gradviz.protocol.commands import (
    BuildModel,
    ChangeData,
    Command,
    ResetTraining,
    StartTraining,
    VisitStep,
)
from gradviz.protocol.events import (
    BackwardRecorded,
    CommandFailed,
    DataChanged,
    Event,
    FrameTrained,
    StepVisited,
    TrainingReset,
)

_MODEL = Model(source="a x + b", points=30)
_OTHER = msgspec.structs.replace(_MODEL, target="cos(x)", low=0.0, points=40)


def done(machine: Machine, *commands: Command) -> list[Event]:
    """Give the commands, and let the machine work until it stands still."""
    events: list[Event] = []
    for command in commands:
        events += machine.handle(command)
        while machine.busy:
            events += machine.advance()
    return events


def training(steps: int, optimizer: str = "sgd") -> Training:
    options: Options = {"momentum": 0.9} if optimizer == "sgd" else {}
    return Training(optimizer=optimizer, learning_rate=1e-3, steps=steps, options=options)


def losses(events: list[Event]) -> list[float]:
    frames = [event for event in events if isinstance(event, FrameTrained)]
    return [float(loss) for frame in frames for loss in frame.losses.floats()]


def one(events: list[Event], kind: type[Event]) -> Event:
    (found,) = (event for event in events if isinstance(event, kind))
    return found


def by_torch(
    *parts: tuple[int, torch.Tensor, Callable[[torch.Tensor], torch.Tensor]],
) -> list[float]:
    """Return the losses of torch's own SGD with momentum, which goes on from part to part."""
    torch.manual_seed(0)
    a, b = torch.randn(()).requires_grad_(), torch.randn(()).requires_grad_()
    optimizer = torch.optim.SGD([a, b], lr=1e-3, momentum=0.9)
    found = []
    for steps, x, target in parts:
        for _ in range(steps):
            loss = (a * x + b - target(x)).pow(2).sum()
            found.append(loss.item())
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return found


_LINE = torch.linspace(-torch.pi, torch.pi, 30)
_OTHER_LINE = torch.linspace(0, torch.pi, 40)


def test_that_training_goes_on_with_other_data_from_the_same_weights_and_memory() -> None:
    machine = Machine()
    events = done(machine, BuildModel(1, _MODEL), StartTraining(1, training(20)))
    changed = done(machine, ChangeData(1, _OTHER))
    event = one(changed, DataChanged)
    assert isinstance(event, DataChanged)
    assert event.model == _OTHER
    assert torch.equal(torch.tensor(event.x.floats()), _OTHER_LINE)
    assert torch.equal(torch.tensor(event.target.floats()), torch.cos(_OTHER_LINE))
    assert isinstance(changed[-1], BackwardRecorded)
    events += done(machine, StartTraining(1, training(50)))
    assert losses(events) == by_torch((20, _LINE, torch.sin), (30, _OTHER_LINE, torch.cos))


def test_that_a_running_training_goes_on_with_other_data() -> None:
    machine = Machine()
    done(machine, BuildModel(1, _MODEL))
    events = list(machine.handle(StartTraining(1, training(10_000_000))))
    events += machine.advance()
    steps = len(losses(events))
    list(machine.handle(ChangeData(1, _OTHER)))
    assert machine.busy
    events += machine.advance()
    found = losses(events)
    assert len(found) > steps > 0
    rest = min(len(found) - steps, 200)
    parts = ((steps, _LINE, torch.sin), (rest, _OTHER_LINE, torch.cos))
    assert found[: steps + rest] == by_torch(*parts)


def test_that_a_step_before_the_change_is_visited_with_the_data_of_then() -> None:
    machine = Machine()
    events = done(machine, BuildModel(1, _MODEL), StartTraining(1, training(20)))
    done(machine, ChangeData(1, _OTHER))
    events += done(machine, StartTraining(1, training(40)))
    found = losses(events)
    for step, model in ((10, _MODEL), (30, _OTHER), (0, _MODEL), (25, _OTHER)):
        visit = done(machine, VisitStep(1, step))
        visited = one(visit, StepVisited)
        assert isinstance(visited, StepVisited)
        assert visited.loss == found[step]
        assert visited.snapshot.prediction is not None
        assert visited.snapshot.prediction.shape == (model.points,)
        told = one(visit, DataChanged)
        assert isinstance(told, DataChanged)
        # The plots know the data before they are told of the moment.
        assert visit.index(told) < visit.index(visited)
        assert told.model == model


def test_that_a_training_that_goes_on_from_the_past_has_the_data_of_then() -> None:
    machine = Machine()
    done(machine, BuildModel(1, _MODEL), StartTraining(1, training(20)))
    done(machine, ChangeData(1, _OTHER), StartTraining(1, training(40)), VisitStep(1, 10))
    found = losses(done(machine, StartTraining(1, training(30))))
    assert found == by_torch((30, _LINE, torch.sin))[10:]


def test_that_reset_returns_to_the_initial_weights_with_the_data_of_now() -> None:
    machine = Machine()
    done(machine, BuildModel(1, _MODEL), StartTraining(1, training(20)), ChangeData(1, _OTHER))
    reset = one(done(machine, ResetTraining(1)), TrainingReset)
    assert isinstance(reset, TrainingReset)
    torch.manual_seed(0)
    assert reset.snapshot.parameters == {"a": torch.randn(()).item(), "b": torch.randn(()).item()}
    found = losses(done(machine, StartTraining(1, training(30))))
    assert found == by_torch((30, _OTHER_LINE, torch.cos))


@pytest.mark.parametrize("changes", [{"target": "b x"}, {"noise": -1.0}, {"data_file": "none.csv"}])
def test_that_data_that_cannot_be_had_changes_nothing(changes: dict[str, object]) -> None:
    machine = Machine()
    events = done(machine, BuildModel(1, _MODEL), StartTraining(1, training(20)))
    wrong = msgspec.structs.replace(_MODEL, **changes)
    failed = one(done(machine, ChangeData(1, wrong)), CommandFailed)
    assert isinstance(failed, CommandFailed)
    assert (failed.subject, [failed.field]) == ("data", list(changes))
    events += done(machine, StartTraining(1, training(30)))
    assert losses(events) == by_torch((30, _LINE, torch.sin))


@pytest.mark.parametrize("source", ["numpy", "tensors", "nn", "function", "dynamic"])
def test_that_every_model_takes_other_data(source: str) -> None:
    suited = {"numpy": "descent", "tensors": "descent"}.get(source, "adam")
    model = Model(source=source, points=30)
    other = msgspec.structs.replace(model, target="x / 2", points=20)
    machine = Machine()
    done(machine, BuildModel(1, model))
    at_once = msgspec.structs.replace(training(5, suited), learning_rate=1e-7)
    done(machine, ChangeData(1, other))
    found = losses(done(machine, StartTraining(1, at_once)))
    fresh = Machine()
    done(fresh, BuildModel(1, other))
    assert found == losses(done(fresh, StartTraining(1, at_once)))
