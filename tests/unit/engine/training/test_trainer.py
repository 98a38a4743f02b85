"""Training: the tutorial's figures, exact stops, the way back, and the same start again."""

import json
import math
from pathlib import Path

import pytest
import torch

from gradviz.core.choices.options import Options
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import SettingError
from gradviz.engine.models.base import numbers
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer

_FIGURES = json.loads((Path(__file__).parents[3] / "tutorial_figures_seed0.json").read_text())[
    "models"
]
_BAD_RATE = 1e-3


def _trainer(source: str = "autograd", **changes: object) -> tuple[Run, Trainer]:
    run = Run(Model(source=source))
    trainer = Trainer(run)
    chosen = {"optimizer": "descent", "learning_rate": 1e-6, "steps": 2000, **changes}
    trainer.start(Training(**chosen))  # type: ignore[arg-type]
    return run, trainer


def _weights(run: Run) -> dict[str, float]:
    return numbers(run.model.parameters)


@pytest.mark.parametrize(
    ("source", "figures"),
    [
        ("autograd", "autograd"),
        ("function", "function"),
        ("module", "module"),
        ("a + b x + c x^2 + d x^3", "autograd"),
    ],
)
def test_that_2000_steps_give_the_tutorials_figures(source: str, figures: str) -> None:
    run = Run(Model(source=source))
    trainer = Trainer(run)
    done = trainer.advance(math.inf)
    assert trainer.finished
    for step, loss in _FIGURES[figures]["losses"]:
        assert done.losses[step] == pytest.approx(loss, rel=1e-6)
    for name, value in _FIGURES[figures]["result"].items():
        assert _weights(run)[name] == pytest.approx(value, rel=1e-6, abs=1e-9)


def test_that_slices_of_any_length_give_the_same_steps() -> None:
    run, trainer = _trainer(steps=50)
    whole = trainer.advance(math.inf).losses
    other_run, other = _trainer(steps=50)
    parts: list[float] = []
    while not other.finished:
        parts += other.advance(0.0).losses
    assert parts == whole
    assert _weights(other_run) == _weights(run)


def test_that_a_slice_ends_soon_after_its_budget() -> None:
    _, trainer = _trainer(steps=10_000_000)
    assert 1 <= len(trainer.advance(0.01).losses) < 2000
    assert trainer.steps_per_second > 0


def test_that_a_spent_budget_still_makes_a_step() -> None:
    _, trainer = _trainer()
    assert len(trainer.advance(0.0).losses) == 1


def test_that_training_ends_at_the_total_number_of_steps() -> None:
    _, trainer = _trainer(steps=30)
    trainer.advance(math.inf, steps=12)
    assert (trainer.step, trainer.finished) == (12, False)
    trainer.advance(math.inf)
    assert (trainer.step, trainer.finished) == (30, True)
    assert trainer.advance(math.inf).losses == []


def test_that_reset_returns_to_the_initial_weights_and_the_same_training() -> None:
    run, trainer = _trainer("module", optimizer="sgd", steps=20)
    initial = _weights(run)
    first = trainer.advance(math.inf).losses
    trainer.reset()
    assert (trainer.step, _weights(run)) == (0, initial)
    assert trainer.advance(math.inf).losses == first


def test_that_a_learning_rate_changed_while_training_counts_from_the_next_step() -> None:
    run, trainer = _trainer()
    trainer.advance(math.inf, steps=3)
    before = _weights(run)["a"]
    trainer.change_learning_rate(1e-30)
    trainer.advance(math.inf, steps=3)
    assert _weights(run)["a"] == before
    assert trainer.learning_rate == 1e-30


@pytest.mark.parametrize("rate", [0.0, -1.0, math.nan, math.inf])
def test_that_a_learning_rate_that_cannot_work_is_refused(rate: float) -> None:
    _, trainer = _trainer()
    with pytest.raises(SettingError, match="learning rate"):
        trainer.change_learning_rate(rate)
    with pytest.raises(SettingError, match="learning rate"):
        trainer.start(Training(optimizer="descent", learning_rate=rate))
    assert trainer.learning_rate == 1e-6


@pytest.mark.parametrize("steps", [0, -5, 10_000_001])
def test_that_a_number_of_steps_that_cannot_work_is_refused(steps: int) -> None:
    _, trainer = _trainer()
    with pytest.raises(SettingError, match="steps"):
        trainer.start(Training(optimizer="descent", learning_rate=1e-6, steps=steps))


@pytest.mark.parametrize("name", ["adam", "lbfgs"])
def test_that_a_run_is_that_of_torch_with_the_loss_before_each_step(name: str) -> None:
    run, trainer = _trainer(optimizer=name, learning_rate=0.01, steps=20)
    other = Run(Model(source="autograd"))
    parameters = list(other.model.parameters.values())
    optimizer = {"adam": torch.optim.Adam, "lbfgs": torch.optim.LBFGS}[name](parameters, lr=0.01)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        assert other.target is not None
        loss = other.loss(other.model.forward(other.x), other.target)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    losses = [optimizer.step(closure).item() for _ in range(20)]
    assert trainer.advance(math.inf).losses == losses
    assert _weights(run) == _weights(other)


def test_that_options_changed_between_steps_keep_the_memory() -> None:
    run, trainer = _trainer(optimizer="adam", learning_rate=0.01)
    trainer.advance(math.inf, steps=5)
    options = Training(optimizer="adam", learning_rate=0.01, options={"betas_2": 0.9})
    trainer.change(options)
    trainer.advance(math.inf, steps=1)
    kept = _weights(run)
    run, trainer = _trainer(optimizer="adam", learning_rate=0.01)
    trainer.advance(math.inf, steps=5)
    trainer.change(Training(optimizer="sgd", learning_rate=0.01))
    trainer.change(options)
    trainer.advance(math.inf, steps=1)
    assert _weights(run) != kept
    assert trainer.step == 6


@pytest.mark.parametrize(
    "options", [{"betas_1": 1.0}, {"eps": math.nan}, {"rho": 0.5}, {"amsgrad": 1}]
)
def test_that_options_that_cannot_work_are_refused_and_change_nothing(
    options: Options,
) -> None:
    _, trainer = _trainer(optimizer="adam", learning_rate=0.01)
    before = trainer.training
    with pytest.raises(SettingError, match=next(iter(options))):
        trainer.change(Training(optimizer="adam", learning_rate=0.02, options=options))
    assert (trainer.training, trainer.learning_rate) == (before, 0.01)


def test_that_reset_takes_the_memory_and_leaves_the_options() -> None:
    _, trainer = _trainer(optimizer="adam", learning_rate=0.01, options={"amsgrad": True})
    first = trainer.advance(math.inf, steps=10).losses
    trainer.reset()
    assert trainer.advance(math.inf, steps=10).losses == first
    assert trainer.training.options == {"amsgrad": True}


@pytest.mark.parametrize("name", ["rmsprop", "lbfgs"])
def test_that_the_way_back_takes_the_options_of_now_along(name: str) -> None:
    chosen: dict[str, Options] = {"rmsprop": {"momentum": 0.5}, "lbfgs": {"max_iter": 5}}
    option = chosen[name]
    run, trainer = _trainer(optimizer=name, learning_rate=1e-3)
    trainer.advance(math.inf, steps=3)
    before = _weights(run)
    trainer.change_learning_rate(1e30)
    stopped = trainer.advance(math.inf, steps=1)
    trainer.change(Training(optimizer=name, learning_rate=1e-3, options=option))
    # The search of lbfgs spoils a parameter within that very step, which is not done then.
    assert (stopped.fault is not None) == (name == "lbfgs")
    if stopped.fault is None:
        assert trainer.advance(math.inf).bad_loss is not None
        trainer.return_to_finite()
    assert (trainer.step, _weights(run)) == (3, before)
    state = trainer._stepper.optimizer.state()["param_groups"][0]
    assert {key: state[key] for key in option} == option


def test_that_an_unknown_optimizer_leaves_the_one_before() -> None:
    _, trainer = _trainer()
    with pytest.raises(SettingError, match="optimizer"):
        trainer.start(Training(optimizer="magic", learning_rate=1e-6))
    assert trainer.training.optimizer == "descent"
    assert len(trainer.advance(math.inf, steps=2).losses) == 2


def _reference_of_divergence() -> tuple[list[float], list[dict[str, float]]]:
    """Train step by step until the loss is not finite: the losses, and the weights before each."""
    run, trainer = _trainer(learning_rate=_BAD_RATE)
    losses: list[float] = []
    weights: list[dict[str, float]] = []
    while True:
        before = _weights(run)
        done = trainer.advance(math.inf, steps=1)
        if done.bad_loss is not None:
            return losses, weights
        losses += done.losses
        weights.append(before)


def test_that_training_stops_at_the_step_whose_loss_is_not_finite() -> None:
    losses, _ = _reference_of_divergence()
    _, trainer = _trainer(learning_rate=_BAD_RATE)
    done = trainer.advance(math.inf)
    assert done.losses == losses
    assert done.bad_loss is not None
    assert not math.isfinite(done.bad_loss)
    assert trainer.step == len(losses)


@pytest.mark.parametrize("slice_steps", [1, 2, 3, 1000])
def test_that_the_last_weights_with_a_finite_loss_come_back(slice_steps: int) -> None:
    losses, weights = _reference_of_divergence()
    run, trainer = _trainer(learning_rate=_BAD_RATE)
    while trainer.advance(math.inf, steps=slice_steps).bad_loss is None:
        pass
    trainer.return_to_finite()
    assert trainer.step == len(losses) - 1
    assert _weights(run) == weights[-1]
    assert trainer.learning_rate == _BAD_RATE
    assert all(parameter.grad is None for parameter in run.model.parameters.values())


def test_that_the_way_back_is_gone_with_the_rate_of_then() -> None:
    losses, weights = _reference_of_divergence()
    run, trainer = _trainer(learning_rate=_BAD_RATE)
    trainer.advance(math.inf, steps=len(losses))
    trainer.change_learning_rate(1e-9)
    assert trainer.advance(math.inf).bad_loss is not None
    trainer.return_to_finite()
    assert (trainer.step, _weights(run)) == (len(losses) - 1, weights[-1])
    assert trainer.learning_rate == 1e-9


def test_that_a_changed_rate_and_optimizer_do_not_hide_the_way_back() -> None:
    run, trainer = _trainer(learning_rate=1e-6)
    trainer.advance(math.inf, steps=5)
    before = _weights(run)
    trainer.change_learning_rate(1e30)
    trainer.advance(math.inf, steps=1)
    trainer.start(Training(optimizer="sgd", learning_rate=1e-5))
    assert trainer.advance(math.inf).bad_loss is not None
    trainer.return_to_finite()
    assert (trainer.step, _weights(run)) == (5, before)
    assert trainer.learning_rate == 1e-5


def test_that_training_goes_on_from_there_with_a_smaller_rate() -> None:
    _, trainer = _trainer(learning_rate=1e-5)
    trainer.advance(math.inf, steps=2)
    trainer.change_learning_rate(1e30)
    trainer.advance(math.inf)
    trainer.return_to_finite()
    trainer.change_learning_rate(1e-7)
    done = trainer.advance(math.inf, steps=10)
    assert len(done.losses) == 10
    assert done.bad_loss is None


def test_that_a_model_whose_first_loss_is_not_finite_stays_at_step_0() -> None:
    run, trainer = _trainer("log(a - 99) + b x")
    initial = _weights(run)
    done = trainer.advance(math.inf)
    assert (done.losses, trainer.step) == ([], 0)
    trainer.return_to_finite()
    assert (trainer.step, _weights(run)) == (0, initial)


def test_that_there_is_nothing_to_train_at_a_point() -> None:
    with pytest.raises(SettingError, match="nothing to train"):
        Trainer(Run(Model(source="x^2")))


def test_that_building_and_training_draws_no_random_number_but_the_parameters() -> None:
    torch.manual_seed(0)
    for _ in range(4):
        torch.randn(())
    expected = torch.randn(()).item()
    _, trainer = _trainer(steps=3)
    trainer.advance(math.inf)
    assert torch.randn(()).item() == expected
