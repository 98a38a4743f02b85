"""SequentialLR and ChainedScheduler: the rates and the parameters of torch's own, bit for bit."""

import math
import warnings
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.optim import lr_scheduler

from gradviz.core.choices.compositions import Composition, SchedulerPart
from gradviz.core.choices.options import Options
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import SettingError
from gradviz.engine.optim.schedulers import Schedule, schedule_of
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer

_RATE = 1e-2
#: The options of each part, and the same scheduler in torch alone.
_PARTS: dict[str, tuple[Options, Callable[..., lr_scheduler.LRScheduler]]] = {
    "StepLR": (
        {"step_size": 4, "gamma": 0.5},
        partial(lr_scheduler.StepLR, step_size=4, gamma=0.5),
    ),
    "MultiStepLR": (
        {"milestones_1": 3, "milestones_2": 9, "gamma": 0.7},
        partial(lr_scheduler.MultiStepLR, milestones=[3, 9], gamma=0.7),
    ),
    "ConstantLR": ({"total_iters": 6}, partial(lr_scheduler.ConstantLR, total_iters=6)),
    "LinearLR": ({"total_iters": 7}, partial(lr_scheduler.LinearLR, total_iters=7)),
    "ExponentialLR": ({"gamma": 0.9}, partial(lr_scheduler.ExponentialLR, gamma=0.9)),
    "PolynomialLR": (
        {"total_iters": 30, "power": 2.0},
        partial(lr_scheduler.PolynomialLR, total_iters=30, power=2.0),
    ),
    "CosineAnnealingLR": ({"T_max": 12}, partial(lr_scheduler.CosineAnnealingLR, T_max=12)),
    "CosineAnnealingWarmRestarts": (
        {"T_0": 5, "T_mult": 2},
        partial(lr_scheduler.CosineAnnealingWarmRestarts, T_0=5, T_mult=2),
    ),
    "CyclicLR": (
        {"step_size_up": 5, "base_lr": 1e-4},
        partial(
            lr_scheduler.CyclicLR, base_lr=1e-4, max_lr=1e-2, step_size_up=5, cycle_momentum=False
        ),
    ),
    "OneCycleLR": (
        {"total_steps": 60},
        partial(lr_scheduler.OneCycleLR, max_lr=1e-2, total_steps=60, cycle_momentum=False),
    ),
    "LambdaLR": (
        {"lr_lambda": "1/(1 + t)"},
        partial(lr_scheduler.LambdaLR, lr_lambda=lambda t: 1 / (1 + t)),
    ),
    "MultiplicativeLR": (
        {"lr_lambda": "0.95"},
        partial(lr_scheduler.MultiplicativeLR, lr_lambda=lambda t: 0.95),
    ),
}
_NAMES = tuple(_PARTS)


def part(name: str) -> SchedulerPart:
    return SchedulerPart(name, _PARTS[name][0])


def of_torch(
    name: str, parts: tuple[str, ...], milestones: tuple[int, ...], optimizer: torch.optim.Optimizer
) -> lr_scheduler.LRScheduler:
    """Return the composition, written with torch alone."""
    made = [_PARTS[each][1](optimizer) for each in parts]
    if name == "ChainedScheduler":
        return lr_scheduler.ChainedScheduler(made, optimizer=optimizer)
    return lr_scheduler.SequentialLR(optimizer, made, list(milestones))


def rates_of_torch(
    name: str, parts: tuple[str, ...], milestones: tuple[int, ...], steps: int
) -> Iterator[float]:
    optimizer = torch.optim.SGD([torch.ones((), requires_grad=True)], lr=_RATE)
    scheduler = of_torch(name, parts, milestones, optimizer)
    for _ in range(steps):
        yield float(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()


@pytest.mark.parametrize("first", _NAMES)
@pytest.mark.parametrize("second", _NAMES)
def test_that_the_rates_of_any_two_parts_are_torchs(first: str, second: str) -> None:
    for name, milestones in (("SequentialLR", (8,)), ("ChainedScheduler", ())):
        composition = Composition((part(first), part(second)), milestones)
        expected = list(rates_of_torch(name, (first, second), milestones, 59))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            schedule = schedule_of(name, {}, _RATE, composition)
        assert [schedule.rate(step) for step in range(59)] == expected
        assert schedule.rate(17) == expected[17]


@given(
    st.lists(st.sampled_from([n for n in _NAMES if n != "OneCycleLR"]), min_size=1, max_size=4),
    st.data(),
)
@settings(max_examples=25, deadline=None)
def test_that_the_rates_of_any_parts_are_torchs_in_any_order(
    names: list[str], data: st.DataObject
) -> None:
    count = len(names) - 1
    places = st.lists(st.integers(1, 900), min_size=count, max_size=count, unique=True)
    milestones = tuple(sorted(data.draw(places)))
    parts = tuple(names)
    for name, chosen in (("SequentialLR", milestones), ("ChainedScheduler", ())):
        expected = list(rates_of_torch(name, parts, chosen, 1200))
        composition = Composition(tuple(map(part, parts)), chosen)
        assert schedule_of(name, {}, _RATE, composition).rate(1100) == expected[1100]
        schedule = schedule_of(name, {}, _RATE, composition)
        assert [schedule.rate(step) for step in range(1200)] == expected
        assert schedule.rate(100) == expected[100]


_TRAINED = (
    ("SequentialLR", ("LinearLR", "ExponentialLR"), (10,)),
    ("SequentialLR", ("ConstantLR", "MultiStepLR", "CosineAnnealingLR"), (5, 20)),
    ("SequentialLR", ("LinearLR", "CyclicLR", "OneCycleLR"), (5, 20)),
    ("ChainedScheduler", ("LinearLR", "ExponentialLR", "StepLR"), ()),
    ("ChainedScheduler", ("CosineAnnealingLR", "MultiplicativeLR"), ()),
)


@pytest.mark.parametrize(("name", "parts", "milestones"), _TRAINED)
@pytest.mark.parametrize("optimizer", ["SGD", "Adam", "RMSprop"])
def test_that_rates_and_parameters_after_each_step_are_torchs(
    name: str, parts: tuple[str, ...], milestones: tuple[int, ...], optimizer: str
) -> None:
    run = Run(Model(source="a + b x", points=20))
    trainer = Trainer(run)
    composition = Composition(tuple(map(part, parts)), milestones)
    trainer.start(
        Training(
            optimizer=optimizer.lower(),
            learning_rate=_RATE,
            steps=40,
            scheduler=name,
            composition=composition,
        )
    )
    other = Run(Model(source="a + b x", points=20))
    assert other.target is not None
    parameters = list(other.model.parameters.values())
    direct = getattr(torch.optim, optimizer)(parameters, lr=_RATE)
    scheduler = of_torch(name, parts, milestones, direct)
    for _ in range(40):
        assert trainer.next_rate == direct.param_groups[0]["lr"]
        loss = (other.model.forward(other.x) - other.target).pow(2).sum()
        direct.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        direct.step()
        scheduler.step()
        assert trainer.advance(math.inf, steps=1).losses == [loss.item()]
        mine = [each.item() for each in run.model.parameters.values()]
        assert mine == [each.item() for each in parameters]


def test_that_every_visited_step_has_the_rate_and_the_loss_of_then() -> None:
    trainer = Trainer(Run(Model(source="a + b x", points=20)))
    composition = Composition((part("LinearLR"), part("StepLR")), (10,))
    training = Training(
        optimizer="adam",
        learning_rate=_RATE,
        steps=40,
        scheduler="SequentialLR",
        composition=composition,
    )
    trainer.start(training)
    rates, losses = [], []
    for _ in range(40):
        rates.append(trainer.next_rate)
        losses += trainer.advance(math.inf, steps=1).losses
    for step in (3, 10, 11, 39, 25):
        trainer.visit(step)
        assert trainer.travel(math.inf)
        assert (trainer.next_rate, trainer.loss_now()) == (rates[step], losses[step])
    trainer.visit(8)
    assert trainer.travel(math.inf)
    assert trainer.advance(math.inf, steps=20).losses == losses[8:28]
    trainer.reset()
    assert trainer.advance(math.inf, steps=40).losses == losses


def test_that_a_composition_stands_still_after_its_one_cycle() -> None:
    composition = Composition(
        (part("LinearLR"), SchedulerPart("OneCycleLR", {"total_steps": 20})), (10,)
    )
    schedule = Schedule("SequentialLR", {}, 1.0, composition)
    assert schedule.rate(28) > schedule.rate(29) == schedule.rate(3000)


@pytest.mark.parametrize(
    ("name", "parts", "milestones", "message"),
    [
        ("SequentialLR", ("StepLR", "StepLR"), (), "need 1 milestone, and here are 0"),
        ("SequentialLR", ("StepLR", "StepLR"), (3, 5), "need 1 milestone, and here are 2"),
        ("SequentialLR", ("StepLR",) * 3, (5, 5), "5, 5 do not increase"),
        ("SequentialLR", ("StepLR",) * 3, (9, 5), "9, 5 do not increase"),
        ("SequentialLR", ("StepLR",) * 2, (0,), "0 do not increase from 1 on"),
        ("ChainedScheduler", ("StepLR",) * 2, (5,), "ChainedScheduler has no milestones"),
        ("ChainedScheduler", ("ReduceLROnPlateau",), (), "ReduceLROnPlateau follows the loss"),
        ("SequentialLR", ("StepLR", "ReduceLROnPlateau"), (5,), "can be no part of SequentialLR"),
        ("SequentialLR", ("StepLR", "ChainedScheduler"), (5,), "is made of parts itself"),
        ("ChainedScheduler", ("FasterLR",), (), "There is no scheduler 'FasterLR'"),
        ("StepLR", ("StepLR",), (), "StepLR has no parts"),
    ],
)
def test_that_a_composition_that_cannot_be_is_refused(
    name: str, parts: tuple[str, ...], milestones: tuple[int, ...], message: str
) -> None:
    composition = Composition(tuple(map(SchedulerPart, parts)), milestones)
    with pytest.raises(SettingError, match=message):
        schedule_of(name, {}, _RATE, composition)


def test_that_an_option_of_a_part_is_refused_as_that_of_a_scheduler() -> None:
    cases: list[tuple[Options, str]] = [
        ({"gamma": -1.0}, "0 ≤ gamma"),
        ({"T": 1}, "has no option 'T'"),
    ]
    for options, message in cases:
        composition = Composition((SchedulerPart("StepLR", options),))
        with pytest.raises(SettingError, match=message):
            schedule_of("ChainedScheduler", {}, _RATE, composition)
    short = Composition((SchedulerPart("OneCycleLR", {"total_steps": 5}), part("StepLR")), (10,))
    with pytest.raises(SettingError, match=r"ends after its 5 steps.* total_steps to 10"):
        schedule_of("SequentialLR", {}, _RATE, short)
