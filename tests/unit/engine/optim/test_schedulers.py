"""The schedulers: each gives the rates of torch's own, for whichever step is asked for."""

import math
import warnings

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.optim import lr_scheduler

from gradviz.core.choices.options import Options
from gradviz.core.errors import SettingError
from gradviz.engine.optim.schedulers import (
    SCHEDULERS,
    Schedule,
    SchedulerRow,
    arguments_of,
    schedule_of,
)

_STEPS = 1300
_each = pytest.mark.parametrize(
    "row",
    [row for row in SCHEDULERS if not row.entry.follows_loss and not row.entry.composes],
    ids=lambda row: row.entry.name,
)


def rates_of_torch(row: SchedulerRow, rate: float, steps: int) -> list[float]:
    """Return the rates of the scheduler on an optimizer that trains, as a script has them."""
    weight = torch.ones((), requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=rate)
    arguments = arguments_of(row.kind, {})
    if row.entry.peaks:
        arguments |= {"max_lr": rate, "cycle_momentum": False}
    scheduler = row.kind(optimizer, **arguments)
    rates = []
    for _ in range(steps):
        rates.append(float(scheduler.get_last_lr()[0]))
        optimizer.step()
        scheduler.step()
    return rates


def test_that_all_of_torch_are_there() -> None:
    assert {row.entry.name for row in SCHEDULERS} >= {
        "SequentialLR",
        "ChainedScheduler",
        "StepLR",
        "MultiStepLR",
        "ConstantLR",
        "LinearLR",
        "ExponentialLR",
        "PolynomialLR",
        "CosineAnnealingLR",
        "CosineAnnealingWarmRestarts",
        "CyclicLR",
        "OneCycleLR",
        "LambdaLR",
        "MultiplicativeLR",
        "ReduceLROnPlateau",
    }


@_each
def test_that_the_rates_are_torchs_in_any_order(row: SchedulerRow) -> None:
    expected = rates_of_torch(row, 3e-4, _STEPS)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        schedule = Schedule(row.entry.name, {}, 3e-4)
        assert [schedule.rate(step) for step in range(_STEPS)] == expected
        assert schedule.rate(600) == expected[600]
        assert Schedule(row.entry.name, {}, 3e-4).rate(1200) == expected[1200]


def test_that_the_rates_of_a_typed_factor_are_those_of_the_function_it_means() -> None:
    def meant(t: int) -> float:
        return 1 / (1 + t / 10) + 0.1 * math.cos(math.pi * t / 50)

    typed: Options = {"lr_lambda": "1/(1 + t/10) + 0.1 cos(pi t/50)"}
    for name, kind in (
        ("LambdaLR", lr_scheduler.LambdaLR),
        ("MultiplicativeLR", lr_scheduler.MultiplicativeLR),
    ):
        optimizer = torch.optim.SGD([torch.ones((), requires_grad=True)], lr=0.5)
        scheduler = kind(optimizer, meant)
        schedule = Schedule(name, typed, 0.5)
        for step in range(200):
            assert schedule.rate(step) == optimizer.param_groups[0]["lr"]
            optimizer.step()
            scheduler.step()


def test_that_a_factor_without_a_value_is_refused_at_its_step_alone() -> None:
    schedule = Schedule("LambdaLR", {"lr_lambda": "1/(100 - t)"}, 1.0)
    assert schedule.rate(99) == 1.0
    with pytest.raises(SettingError, match="no finite value at t = 100"):
        schedule.rate(100)
    assert schedule.rate(101) == -1.0


@given(st.lists(st.floats(allow_nan=False, width=32), max_size=60), st.integers(0, 4))
@settings(max_examples=30, deadline=None)
def test_that_a_rate_that_follows_the_loss_is_torchs_and_comes_back(
    losses: list[float], patience: int
) -> None:
    optimizer = torch.optim.SGD([torch.ones((), requires_grad=True)], lr=0.5)
    expected = lr_scheduler.ReduceLROnPlateau(optimizer, patience=patience, cooldown=1)
    schedule = schedule_of("ReduceLROnPlateau", {"patience": patience, "cooldown": 1}, 0.5)
    for step, loss in enumerate(losses):
        memory = schedule.memory()
        schedule.follow(-1e30)
        schedule.recall(memory)
        assert schedule.rate(step) == optimizer.param_groups[0]["lr"]
        expected.step(loss)
        schedule.follow(loss)


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=4))
@settings(max_examples=5, deadline=None)
def test_that_a_rate_depends_on_its_step_alone(steps: list[int]) -> None:
    schedule = Schedule("StepLR", {"step_size": 700, "gamma": 0.5}, 1.0)
    for step in steps:
        assert schedule.rate(step) == 0.5 ** (step // 700)


def test_that_one_cycle_keeps_its_last_rate_when_it_is_over() -> None:
    schedule = Schedule("OneCycleLR", {"total_steps": 20}, 1.0)
    assert schedule.rate(19) < schedule.rate(0) < max(map(schedule.rate, range(20))) <= 1.0
    assert schedule.rate(20) == schedule.rate(5000) == schedule.rate(19)


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("FasterLR", {}, "Choose one of: StepLR"),
        ("StepLR", {"step_size": 0}, "1 ≤ step_size"),
        ("StepLR", {"steps": 3}, "This scheduler has no option 'steps'"),
        ("LambdaLR", {"lr_lambda": "1/t"}, "no finite value at t = 0"),
        ("LambdaLR", {"lr_lambda": "a x t"}, "depends on t alone, not on x, a"),
        ("LambdaLR", {"lr_lambda": "0.9^"}, "The factor cannot be read"),
        ("LambdaLR", {"lr_lambda": "sigmoid(t)"}, "sigmoid is no function of plain numbers"),
        ("LambdaLR", {"lr_lambda": 0.5}, "an expression in t"),
        ("OneCycleLR", {"total_steps": 10, "pct_start": 0.1}, "Change one of its options"),
    ],
)
def test_that_what_cannot_be_scheduled_is_refused(
    name: str, options: Options, message: str
) -> None:
    with pytest.raises(SettingError, match=message):
        Schedule(name, options, 1e-3)
