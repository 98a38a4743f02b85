"""A training that is kept and taken up again goes on bit for bit as it would have without that."""

import math
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from own_models import HEAD, model_of, written

from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import DataError
from gradviz.engine.runs.run import Run
from gradviz.engine.training.stored_training import restore, stored
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.training_state import TrainingState

_POLYNOMIAL = Model(source="a + b x + c x^2 + d x^3", points=50)
#: Its random numbers and its running mean are different at each step.
_CHANCE = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.norm = nn.Linear(3, 8), nn.BatchNorm1d(8)
        self.drop, self.second = nn.Dropout(0.5), nn.Linear(8, 1)
        self.calls = 0

    def forward(self, x):
        self.calls += 1
        noise = torch.randn(x.shape[0], 1) / self.calls
        return self.second(self.drop(torch.tanh(self.norm(self.first(x))))) + noise


def example_inputs():
    return torch.randn(16, 3)


def loss(y):
    return (y ** 2).mean()
"""
)


def _trainer(model: Model, training: Training | None = None) -> Trainer:
    trainer = Trainer(Run(model))
    if training is not None:
        trainer.start(training)
    return trainer


def _weights(trainer: Trainer) -> list[torch.Tensor]:
    return trainer.stored().moments[-1].parameters


def _taken_up(model: Model, state: TrainingState) -> Trainer:
    run = Run(model)
    trainer = Trainer(run)
    restore(trainer, run, state)
    return trainer


def _kept_midway(model: Model, training: Training, steps: int) -> tuple[Trainer, TrainingState]:
    run = Run(model)
    trainer = Trainer(run)
    trainer.start(training)
    trainer.advance(math.inf, steps)
    return trainer, stored(trainer, run)


@pytest.mark.parametrize("optimizer", ["adam", "descent", "lbfgs", "asgd", "rprop"])
@pytest.mark.parametrize("scheduler", ["", "StepLR", "ReduceLROnPlateau"])
def test_that_a_training_goes_on_bit_for_bit(optimizer: str, scheduler: str) -> None:
    training = Training(optimizer=optimizer, learning_rate=1e-6, steps=40, scheduler=scheduler)
    unbroken, state = _kept_midway(_POLYNOMIAL, training, 17)
    again = _taken_up(_POLYNOMIAL, state)
    assert again.step == 17
    losses = unbroken.advance(math.inf, 23).losses
    assert again.advance(math.inf, 23).losses == losses
    assert all(map(torch.equal, _weights(again), _weights(unbroken)))


def test_that_random_numbers_and_running_means_go_on_too(tmp_path: Path) -> None:
    model = model_of(written(tmp_path, _CHANCE))
    training = Training(optimizer="adam", learning_rate=1e-2, steps=40)
    unbroken, state = _kept_midway(model, training, 11)
    again = _taken_up(model, state)
    assert again.advance(math.inf, 9).losses == unbroken.advance(math.inf, 9).losses
    assert all(map(torch.equal, _weights(again), _weights(unbroken)))


def test_that_the_way_back_is_kept_too() -> None:
    training = Training(optimizer="adam", learning_rate=1e-3, steps=400)
    unbroken, state = _kept_midway(_POLYNOMIAL, training, 300)
    again = _taken_up(_POLYNOMIAL, state)
    for step in (0, 1, 123, 300):
        for trainer in (unbroken, again):
            trainer.visit(step)
            assert trainer.travel(math.inf)
        assert all(map(torch.equal, unbroken._standing.copied(), again._standing.copied()))
    again.reset()
    assert all(map(torch.equal, _weights(again), _weights(_trainer(_POLYNOMIAL))))


def test_that_changed_settings_and_data_are_gone_through_again() -> None:
    run = Run(_POLYNOMIAL)
    unbroken = Trainer(run)
    unbroken.start(Training(optimizer="adam", learning_rate=1e-3, steps=400))
    unbroken.advance(math.inf, 10)
    unbroken.change_learning_rate(2e-3)
    unbroken.advance(math.inf, 10)
    other = msgspec.structs.replace(_POLYNOMIAL, target="cos(x)")
    unbroken.change_data(other)
    unbroken.advance(math.inf, 10)
    again = _taken_up(other, stored(unbroken, run))
    for step in (5, 15, 25):
        for trainer in (unbroken, again):
            trainer.visit(step)
            assert trainer.travel(math.inf)
        assert unbroken.loss_now() == again.loss_now()
    for trainer in (unbroken, again):
        trainer.return_to_newest()
    assert unbroken.advance(math.inf, 5).losses == again.advance(math.inf, 5).losses
    assert again.history.data_steps == (20,)


def test_that_another_model_does_not_take_the_state() -> None:
    _, state = _kept_midway(_POLYNOMIAL, Training(optimizer="adam", learning_rate=1e-3), 3)
    run = Run(Model(source="a + b x", points=50))
    trainer = Trainer(run)
    before = [each.clone() for each in _weights(trainer)]
    with pytest.raises(DataError, match="other parameters"):
        restore(trainer, run, state)
    assert all(map(torch.equal, _weights(trainer), before))
    assert trainer.step == 0


_, _STATE = _kept_midway(
    _POLYNOMIAL,
    Training(optimizer="adam", learning_rate=1e-3, scheduler="ReduceLROnPlateau"),
    30,
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_that_a_damaged_state_is_one_error_and_leaves_all_as_it_was(data: st.DataObject) -> None:
    which = data.draw(st.sampled_from(["structure", "tensors"]))
    content = bytearray(getattr(_STATE, which))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] ^= 1 << data.draw(st.integers(0, 7))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    run = Run(_POLYNOMIAL)
    trainer = Trainer(run)
    before = [each.clone() for each in _weights(trainer)]
    with suppress(DataError):
        restore(trainer, run, msgspec.structs.replace(_STATE, **{which: bytes(content)}))
        return
    assert trainer.step == 0
    assert all(map(torch.equal, _weights(trainer), before))
