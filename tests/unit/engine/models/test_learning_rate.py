"""The learning rate for what is typed: the tutorial's for its polynomial, and none too large."""

import math

import pytest

from gradviz.core.choices.settings import Model
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer


def _rate(source: str, points: int = 2000) -> float:
    return Run(Model(source=source, points=points)).model.training.learning_rate


def test_that_the_tutorials_polynomial_gets_the_tutorials_rate() -> None:
    assert _rate("a + b x + c x^2 + d x^3") == 1e-6


def test_that_more_points_get_a_smaller_rate() -> None:
    assert _rate("a + b x", points=200_000) == 1e-7
    assert _rate("a + b x", points=2000) == 1e-5


@pytest.mark.parametrize("source", ["a x^63", "exp(a x^9)", "a x - a x"])
def test_that_where_none_can_be_found_it_is_the_tutorials(source: str) -> None:
    assert _rate(source) == 1e-6


def test_that_it_is_never_large() -> None:
    assert _rate("a/10^9") == 1e-2


@pytest.mark.parametrize("source", ["a + b x^5", "a sin(b x) + c", "a + b P3(c + d x)", "a x^9"])
def test_that_training_with_it_ends_below_where_it_began(source: str) -> None:
    trainer = Trainer(Run(Model(source=source)))
    done = trainer.advance(math.inf, steps=200)
    assert done.bad_loss is None
    assert done.losses[-1] < done.losses[0]
