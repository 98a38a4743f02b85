"""What is kept of a training: bounded, thinned out, and enough to go anywhere bit for bit."""

import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from own_models import model_of, written

from gradviz.core.choices.settings import Dtype, Model, Training
from gradviz.core.errors import SettingError
from gradviz.engine.models import MODELS
from gradviz.engine.optim.losses import loss_row
from gradviz.engine.optim.optimizers import OPTIMIZERS, optimizer_row
from gradviz.engine.runs.run import Run
from gradviz.engine.training.history import BUDGET, History, Losses, Moment, SettingChange
from gradviz.engine.training.trainer import Trainer

_SETTINGS = Training(optimizer="descent", learning_rate=1e-6)
#: The optimizers of all models.
_GENERAL = [row.entry.name for row in OPTIMIZERS if row.entry.name not in ("muon", "sparseadam")]


def _moment(step: int, elements: int = 4, changes: int = 0) -> Moment:
    values = [torch.zeros(elements)]
    return Moment(
        step, values, _SETTINGS, None, 1e-6, loss_row("squared errors").function, changes=changes
    )


def _trainer(
    source: str = "autograd", dtype: Dtype = "float32", **changes: object
) -> tuple[Run, Trainer]:
    run = Run(Model(source=source, points=50, dtype=dtype))
    trainer = Trainer(run)
    chosen = {"optimizer": "descent", "learning_rate": 1e-5, "steps": 1000, **changes}
    trainer.start(Training(**chosen))  # type: ignore[arg-type]
    return run, trainer


def _bits(run: Run) -> list[bytes]:
    return [p.detach().numpy().tobytes() for p in run.model.parameters.values()]


def _visited(trainer: Trainer, step: int) -> None:
    trainer.visit(step)
    while not trainer.travel(0.001):
        pass


def _walked(run: Run, trainer: Trainer, count: int) -> list[tuple[list[bytes], float]]:
    """Train step by step: the weights and the loss before each step, and at last after all."""
    seen = []
    for _ in range(count):
        before = _bits(run)
        (loss,) = trainer.advance(math.inf, steps=1).losses
        seen.append((before, loss))
    return [*seen, (_bits(run), trainer.loss_now())]


def _sparse(trainer: Trainer, every: int) -> None:
    """Leave only a moment here and there, as in a long run."""
    trainer.history._spacing = every
    places = list(trainer.history._far_enough())
    trainer.history._moments = [trainer.history._moments[place] for place in places]
    trainer.history._sizes = [trainer.history._sizes[place] for place in places]


# What is kept


@given(st.lists(st.integers(0, 3000), max_size=12), st.integers(4096, 9000))
def test_that_a_loss_that_is_kept_is_the_loss_of_its_step(parts: list[int], limit: int) -> None:
    losses, count = Losses(limit), 0
    for part in parts:
        losses.extend([float(step) for step in range(count, count + part)])
        count += part
    assert len(losses) == count
    kept = [step for step in range(count) if losses.at(step) is not None]
    assert all(losses.at(step) == step for step in kept)
    assert count <= limit or limit // 2 - 1 <= len(kept) <= limit
    assert count > limit or len(kept) == count
    assert losses.nbytes <= 8 * (limit + 4096)


@given(st.integers(0, 20_000), st.integers(0, 20_000), st.integers(0, 9000))
def test_that_losses_after_a_cut_are_those_of_the_new_branch(
    first: int, cut: int, second: int
) -> None:
    losses = Losses(8192)
    losses.extend([1.0] * first)
    losses.cut(cut)
    start = min(first, cut)
    losses.extend([2.0] * second)
    assert len(losses) == start + second
    for step in range(0, start + second, 97):
        assert losses.at(step) in (None, 1.0 if step < start else 2.0)


def test_that_moments_thin_out_evenly_and_never_take_more_than_the_budget() -> None:
    budget = 2**20
    history = History(_moment(0), budget)
    for step in range(1, 20_000):
        history.losses.extend([1.0])
        history.keep(_moment(step))
        assert history.nbytes <= budget
    steps = history.steps
    gaps = [after - before for before, after in pairwise(steps)]
    assert steps[0] == 0
    assert len(steps) > 100
    assert max(gaps[:-1]) <= 2 * min(gaps[:-1])
    assert 20_000 - steps[-1] <= 2 * max(gaps)


def test_that_a_model_too_large_for_the_budget_keeps_its_first_moment_alone() -> None:
    history = History(_moment(0), 2**20)
    history.keep(_moment(1, elements=200_000))
    assert history.steps == (0,)
    assert history.nbytes == 0


def test_that_a_moment_counts_for_no_less_than_its_tensors() -> None:
    history = History(_moment(0))
    history.keep(_moment(1, elements=10_000))
    assert 40_000 < history.nbytes < 50_000


def test_that_a_cut_takes_moments_and_changes_after_it() -> None:
    history = History(_moment(0))
    history.keep(_moment(5))
    history.note(SettingChange(7, 1e-3))
    history.keep(_moment(9, changes=1))
    history.cut(8, 0)
    assert history.steps == (0, 5)
    assert history.changes == 0


# Any step again


@pytest.mark.parametrize("source", [model.entry.name for model in MODELS])
def test_that_any_step_of_any_model_comes_back_to_the_last_bit(source: str) -> None:
    run = Run(Model(source=source, points=50))
    trainer = Trainer(run)
    trainer.start(run.model.training)
    # A step of the image classifier takes far longer than any other.
    count = 6 if source == "classifier" else 40
    seen = _walked(run, trainer, count)
    _sparse(trainer, count // 2 - 1)
    for step in (3 * count // 4, 0, count // 2 - 1, count - 1, 1, count):
        _visited(trainer, step)
        assert (trainer.step, trainer.newest_step) == (step, count)
        assert (_bits(run), trainer.loss_now()) == seen[step]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", _GENERAL)
def test_that_a_visit_leaves_no_trace_in_any_optimizer(name: str, dtype: Dtype) -> None:
    rate = optimizer_row(name).entry.learning_rate or 1e-5
    run, trainer = _trainer(dtype=dtype, optimizer=name, learning_rate=rate)
    other_run, other = _trainer(dtype=dtype, optimizer=name, learning_rate=rate)
    seen = _walked(run, trainer, 12)
    other.advance(math.inf, steps=12)
    _sparse(trainer, 5)
    for step in (7, 3, 11, 12):
        _visited(trainer, step)
        assert (_bits(run), trainer.loss_now()) == seen[step]
    assert not trainer.visiting
    assert trainer.advance(math.inf, steps=10).losses == other.advance(math.inf, steps=10).losses
    assert _bits(run) == _bits(other_run)


def test_that_what_was_changed_on_the_way_is_changed_again() -> None:
    run, trainer = _trainer()
    changed: list[Callable[[], None]] = [
        lambda: trainer.change_learning_rate(3e-6),
        lambda: trainer.change(Training(optimizer="adam", learning_rate=0.01)),
        lambda: trainer.change(
            Training(optimizer="adam", learning_rate=0.02, options={"betas_2": 0.9})
        ),
        lambda: trainer.change(Training(optimizer="sgd", learning_rate=1e-4, loss="MSELoss, mean")),
    ]
    seen = _walked(run, trainer, 3)[:-1]
    for change in changed:
        change()
        seen += _walked(run, trainer, 3)[:-1]
    seen.append((_bits(run), trainer.loss_now()))
    _sparse(trainer, 1000)
    assert trainer.history.steps == (0,)
    for step in (4, 14, 2, 6, 9, 12, 3, 15):
        _visited(trainer, step)
        assert (_bits(run), trainer.loss_now()) == seen[step]
    assert trainer.training.loss == "MSELoss, mean"


@pytest.mark.parametrize("name", ["descent", "adam"])
def test_that_a_scheduler_gives_a_visited_step_the_rate_of_then(name: str) -> None:
    options = {"step_size": 3, "gamma": 0.5}
    run, trainer = _trainer(optimizer=name, scheduler="StepLR", scheduler_options=options)
    seen = _walked(run, trainer, 20)
    trainer.change_learning_rate(3e-5)
    seen = seen[:-1] + _walked(run, trainer, 10)
    _sparse(trainer, 8)
    for step in (14, 3, 25, 8, 20, 30):
        _visited(trainer, step)
        assert (_bits(run), trainer.loss_now()) == seen[step]
    _visited(trainer, 11)
    trainer.start(trainer.training)
    assert _walked(run, trainer, 9)[:-1] == seen[11:20]


def test_that_training_goes_on_from_what_is_visited_as_a_new_branch() -> None:
    run, trainer = _trainer(optimizer="adam", learning_rate=0.01)
    seen = _walked(run, trainer, 20)
    _visited(trainer, 8)
    trainer.start(Training(optimizer="adam", learning_rate=0.05, steps=1000))
    assert trainer.newest_step == 20
    branch = _walked(run, trainer, 6)
    assert trainer.newest_step == trainer.step == 14
    assert branch[0] == seen[8]
    assert branch[1] != seen[9]
    for step, expected in ((3, seen[3]), (8, seen[8]), (11, branch[3]), (14, branch[6])):
        _visited(trainer, step)
        assert (_bits(run), trainer.loss_now()) == expected
    with pytest.raises(SettingError, match="no step 15"):
        trainer.visit(15)


def test_that_a_branch_without_changes_repeats_what_was() -> None:
    run, trainer = _trainer(optimizer="rmsprop", learning_rate=0.01)
    seen = _walked(run, trainer, 20)
    _visited(trainer, 8)
    trainer.start(trainer.training)
    assert _walked(run, trainer, 12) == seen[8:]


def test_that_settings_changed_in_the_past_count_from_the_newest_step_too() -> None:
    run, trainer = _trainer(optimizer="adam", learning_rate=0.01)
    seen = _walked(run, trainer, 10)
    _visited(trainer, 4)
    trainer.change_learning_rate(0.5)
    _visited(trainer, 10)
    assert (_bits(run), trainer.loss_now()) == seen[10]
    assert trainer.learning_rate == 0.5
    _visited(trainer, 4)
    assert trainer.learning_rate == 0.01


def test_that_reset_from_the_past_begins_anew() -> None:
    run, trainer = _trainer(optimizer="adam", learning_rate=0.01)
    seen = _walked(run, trainer, 10)
    _visited(trainer, 4)
    trainer.reset()
    assert (trainer.step, trainer.newest_step, trainer.visiting) == (0, 0, False)
    assert _walked(run, trainer, 10) == seen


def test_that_the_way_back_from_what_diverged_can_be_visited() -> None:
    run, trainer = _trainer(learning_rate=1.0)
    while trainer.advance(math.inf, steps=1).bad_loss is None:
        pass
    trainer.return_to_finite()
    newest, last = trainer.step, _bits(run)
    _visited(trainer, 0)
    _visited(trainer, newest)
    assert (trainer.step, _bits(run)) == (newest, last)


@pytest.mark.parametrize("step", [-1, 6])
def test_that_a_step_that_was_not_done_is_refused(step: int) -> None:
    _, trainer = _trainer()
    trainer.advance(math.inf, steps=5)
    with pytest.raises(SettingError, match="from 0 to 5"):
        trainer.visit(step)
    assert not trainer.visiting


def test_that_the_history_of_a_long_run_stays_within_its_budget() -> None:
    run, usual = _trainer(optimizer="adam", learning_rate=1e-3)
    trainer = Trainer(run, history_bytes=2**18)
    trainer.start(usual.training)
    for _ in range(400):
        trainer.advance(math.inf, steps=1)
    assert trainer.history.nbytes <= 2**18 < BUDGET
    assert len(trainer.history.steps) > 3


_WITH_BUFFERS = (
    "import torch\nfrom torch import nn\n\n\n"
    "def net():\n"
    "    return nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Dropout(), nn.Linear(4, 1))\n"
    "\n\ndef example_inputs():\n    return torch.randn(6, 3)\n"
)


def test_that_buffers_and_what_is_drawn_by_chance_are_those_of_then(tmp_path: Path) -> None:
    run = Run(model_of(written(tmp_path, _WITH_BUFFERS), "net"))
    other = Run(model_of(written(tmp_path, _WITH_BUFFERS), "net"))
    trainer, undisturbed = Trainer(run), Trainer(other)
    seen = _walked(run, trainer, 20)
    assert len({loss for _, loss in seen}) == 21
    _sparse(trainer, 6)
    for step in (13, 2, 19, 0, 20):
        _visited(trainer, step)
        assert (_bits(run), trainer.loss_now()) == seen[step]
    again = trainer.advance(math.inf, steps=5).losses
    assert again == undisturbed.advance(math.inf, steps=25).losses[20:]
    assert run.model.module is not None
    assert other.model.module is not None
    buffers = zip(run.model.module.buffers(), other.model.module.buffers(), strict=True)
    assert all(torch.equal(one, two) for one, two in buffers)
