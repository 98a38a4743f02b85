"""Training with a scheduler: the losses of torch's own loop, whatever happens in between."""

import math

import msgspec
import pytest
import torch

from gradviz.core.choices.options import Options
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import SettingError
from gradviz.engine.machine import Machine
from gradviz.engine.optim.schedulers import SCHEDULERS, SchedulerRow, arguments_of
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.commands import BuildModel, ChangeTraining, ResetTraining, TrainOneStep
from gradviz.protocol.events import Event, FrameTrained, LearningRateChanged

_HALVED: Options = {"step_size": 3, "gamma": 0.5}


def _scheduled(optimizer: str, rate: float, options: Options | None = None) -> Training:
    return Training(
        optimizer=optimizer,
        learning_rate=rate,
        steps=20,
        scheduler="StepLR",
        scheduler_options=_HALVED if options is None else options,
    )


def _trainer(training: Training, source: str = "module") -> Trainer:
    trainer = Trainer(Run(Model(source=source, points=50)))
    trainer.start(training)
    return trainer


def _losses_of_torch(rate: float, steps: int) -> list[float]:
    """Return the losses of module with Adam and StepLR, in a loop of torch alone."""
    run = Run(Model(source="module", points=50))
    assert run.target is not None
    optimizer = torch.optim.Adam(list(run.model.parameters.values()), lr=rate)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=3, gamma=0.5)
    losses = []
    for _ in range(steps):
        loss = torch.nn.functional.mse_loss(run.model.forward(run.x), run.target, reduction="sum")
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        scheduler.step()
    return losses


@pytest.mark.parametrize("slice_steps", [1, 4, 20])
def test_that_the_losses_are_those_of_torchs_loop(slice_steps: int) -> None:
    trainer = _trainer(_scheduled("adam", 1e-2))
    losses: list[float] = []
    while not trainer.finished:
        losses += trainer.advance(math.inf, steps=min(slice_steps, 20 - len(losses))).losses
    assert losses == _losses_of_torch(1e-2, 20)
    assert trainer.learning_rate == 1e-2
    assert trainer.next_rate == 1e-2 * 0.5**6


#: Short enough for all that each does to happen within 300 steps.
_SHORT: dict[str, Options] = {
    "StepLR": {"step_size": 70},
    "MultiStepLR": {"milestones_1": 90, "milestones_2": 200},
    "ConstantLR": {"total_iters": 100},
    "LinearLR": {"total_iters": 150},
    "PolynomialLR": {"total_iters": 200, "power": 2.0},
    "CosineAnnealingLR": {"T_max": 120},
    "CosineAnnealingWarmRestarts": {"T_0": 40, "T_mult": 2},
    "CyclicLR": {"step_size_up": 35, "base_lr": 1e-6},
    "OneCycleLR": {"total_steps": 300},
    "ReduceLROnPlateau": {"patience": 2, "threshold": 0.05, "factor": 0.5, "cooldown": 5},
}
#: Those that are made of others are held by a test file of their own.
_ALONE = [row for row in SCHEDULERS if not row.entry.composes]
_RATES = {"descent": 1e-4, "sgd": 1e-4, "adam": 1e-2}


def _written_out(parameters: list[torch.Tensor], rate: float) -> None:
    """Do the tutorial's step; torch's SGD rounds once where this rounds twice."""
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= rate * parameter.grad


@pytest.mark.parametrize("optimizer", _RATES)
@pytest.mark.parametrize("row", _ALONE, ids=lambda row: row.entry.name)
def test_that_every_scheduler_gives_the_losses_of_torch_used_directly(
    row: SchedulerRow, optimizer: str
) -> None:
    name, rate = row.entry.name, _RATES[optimizer]
    options = _SHORT.get(name, {})
    trainer = Trainer(Run(Model(source="a x + b", points=20)))
    training = Training(optimizer=optimizer, learning_rate=rate, steps=300)
    trainer.start(msgspec.structs.replace(training, scheduler=name, scheduler_options=options))
    run = Run(Model(source="a x + b", points=20))
    assert run.target is not None
    parameters = list(run.model.parameters.values())
    kind = torch.optim.Adam if optimizer == "adam" else torch.optim.SGD
    direct = kind(parameters, lr=rate)
    arguments = arguments_of(row.kind, options)
    if row.entry.peaks:
        arguments |= {"max_lr": rate, "cycle_momentum": False}
    scheduler = row.kind(direct, **arguments)
    expected, rates = [], []
    for step in range(300):
        loss = (run.model.forward(run.x) - run.target).pow(2).sum()
        expected.append(loss.item())
        direct.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        rates.append(float(direct.param_groups[0]["lr"]))
        if optimizer == "descent":
            _written_out(parameters, rates[-1])
            # It has nothing to do, and the scheduler warns where it is not asked.
            direct.zero_grad()
        direct.step()
        if step < 299:
            if isinstance(scheduler, torch.optim.lr_scheduler.ReduceLROnPlateau):
                scheduler.step(loss.item())
            else:
                scheduler.step()
    assert len(set(rates)) > 1
    assert trainer.advance(math.inf).losses == expected


@pytest.mark.parametrize("source", ["numpy", "tensors", "autograd"])
def test_that_descent_that_is_written_out_follows_it_too(source: str) -> None:
    by_hand = Trainer(Run(Model(source=source, points=50)))
    by_hand.start(Training(optimizer="descent", learning_rate=1e-5, steps=20))
    expected: list[float] = []
    for step in range(20):
        by_hand.change_learning_rate(1e-5 * 0.5 ** (step // 3))
        expected += by_hand.advance(math.inf, steps=1).losses
    assert _trainer(_scheduled("descent", 1e-5), source).advance(math.inf).losses == expected


_PLATEAU = Training(
    optimizer="adam",
    learning_rate=1e-2,
    steps=400,
    scheduler="ReduceLROnPlateau",
    scheduler_options=_SHORT["ReduceLROnPlateau"],
)


def test_that_the_rates_that_follow_the_loss_come_back_with_every_visited_step() -> None:
    trainer = Trainer(Run(Model(source="a x + b", points=20)))
    trainer.start(_PLATEAU)
    rates, losses = [], []
    for step in range(200):
        if step == 120:
            trainer.change_learning_rate(4e-3)
            trainer.change_learning_rate(1e-2)
        rates.append(trainer.next_rate)
        losses += trainer.advance(math.inf, steps=1).losses
    assert rates[120] == 1e-2
    assert len(set(rates[:120])) > 3
    assert len(set(rates[120:])) > 3
    for step in (3, 77, 119, 121, 150, 199):
        trainer.visit(step)
        assert trainer.travel(math.inf)
        assert trainer.next_rate == rates[step]
        assert trainer.explained is not None
        assert trainer.explained.learning_rate == rates[step - 1]
    trainer.visit(100)
    assert trainer.travel(math.inf)
    assert trainer.advance(math.inf, steps=20).losses == losses[100:120]
    trainer.reset()
    assert trainer.next_rate == 1e-2
    assert trainer.advance(math.inf, steps=120).losses == losses[:120]


def test_that_a_schedule_that_follows_the_loss_is_kept_where_a_change_is_refused() -> None:
    trainer = Trainer(Run(Model(source="a x + b", points=20)))
    trainer.start(_PLATEAU)
    trainer.advance(math.inf, steps=120)
    rate = trainer.next_rate
    assert rate < 1e-2
    with pytest.raises(SettingError):
        trainer.change(msgspec.structs.replace(_PLATEAU, scheduler_options={}, options={"b": 1}))
    assert trainer.next_rate == rate


def test_that_reset_begins_the_schedule_anew() -> None:
    trainer = _trainer(_scheduled("adam", 1e-2))
    first = trainer.advance(math.inf).losses
    trainer.reset()
    assert trainer.next_rate == 1e-2
    assert trainer.advance(math.inf).losses == first


def test_that_another_rate_or_option_is_that_of_a_schedule_from_the_beginning() -> None:
    trainer = _trainer(_scheduled("adam", 1e-2))
    trainer.advance(math.inf, steps=7)
    assert trainer.next_rate == 1e-2 * 0.25
    trainer.change_learning_rate(4e-2)
    assert trainer.next_rate == 4e-2 * 0.25
    trainer.change(_scheduled("adam", 4e-2, {"step_size": 7, "gamma": 0.1}))
    assert trainer.next_rate == 4e-2 * 0.1
    trainer.change(msgspec.structs.replace(trainer.training, scheduler="", scheduler_options={}))
    assert trainer.next_rate == 4e-2


def test_that_the_way_back_from_what_is_not_finite_is_gone_with_the_rates_of_then() -> None:
    # The rate grows until the loss is not finite.
    growing = _scheduled("sgd", 1e-6, {"step_size": 2, "gamma": 100.0})
    growing = msgspec.structs.replace(growing, steps=2000)
    run = Run(Model(source="module"))
    trainer = Trainer(run)
    trainer.start(growing)
    weights = [[p.item() for p in run.model.parameters.values()]]
    while trainer.advance(math.inf, steps=1).bad_loss is None:
        weights.append([p.item() for p in run.model.parameters.values()])
    bad_step = trainer.step
    trainer.return_to_finite()
    assert trainer.step == bad_step - 1
    assert [p.item() for p in run.model.parameters.values()] == weights[bad_step - 1]
    assert trainer.next_rate == pytest.approx(1e-6 * 100.0 ** ((bad_step - 1) // 2))


def test_that_a_schedule_that_cannot_be_leaves_the_training_as_it_was() -> None:
    trainer = _trainer(_scheduled("adam", 1e-2))
    trainer.advance(math.inf, steps=4)
    with pytest.raises(SettingError, match="1 ≤ step_size"):
        trainer.change(_scheduled("adam", 1e-2, {"step_size": 0}))
    assert trainer.training == _scheduled("adam", 1e-2)
    assert trainer.next_rate == 1e-2 * 0.5


def test_that_the_rate_of_the_next_step_is_reported() -> None:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source="a x"))))
    training = _scheduled("descent", 1e-5, {"step_size": 1, "gamma": 0.5})

    def rates(events: list[Event]) -> list[float]:
        kinds = (FrameTrained, LearningRateChanged)
        return [event.learning_rate for event in events if isinstance(event, kinds)]

    assert rates(list(machine.handle(ChangeTraining(1, training)))) == [1e-5]
    assert rates(list(machine.handle(TrainOneStep(1, training)))) == [5e-6]
    assert rates(list(machine.handle(ResetTraining(1)))) == [1e-5]
    steady = Training(optimizer="descent", learning_rate=1e-5)
    assert rates(list(machine.handle(ChangeTraining(1, steady)))) == []
