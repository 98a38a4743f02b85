"""What a model is fitted to, in which precision, and where its parameters start."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.choices.settings import Model
from gradviz.core.errors import FieldError
from gradviz.engine.models import MODELS
from gradviz.engine.runs.run import Run

_OVER_X = [each.entry.name for each in MODELS if each.plotted]
_ELEMENTS = {"a": 0.25, "c": -3.0}


def target_of(**changes: object) -> torch.Tensor:
    run = Run(Model(source="a x", **changes))  # type: ignore[arg-type]
    assert run.target is not None
    return run.target


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("source", _OVER_X)
def test_that_every_model_is_fitted_to_the_target(source: str, dtype: str) -> None:
    settings = Model(source=source, target="x^2 - 1", low=-1.0, high=3.0, points=9, dtype=dtype)  # type: ignore[arg-type]
    run = Run(settings)
    expected = torch.float64 if source == "numpy" else getattr(torch, dtype)
    x = torch.linspace(-1, 3, 9, dtype=expected)
    assert run.target is not None
    assert {p.dtype for p in run.model.parameters.values()} == {expected}
    assert torch.equal(run.x, x)
    assert torch.equal(run.target, x**2 - 1)
    loss, graph, _ = run.record()
    assert math.isfinite(loss)
    assert graph.node[graph.output].dtype == str(expected).removeprefix("torch.")


@pytest.mark.parametrize("source", [*_OVER_X, "c + sin(a x)"])
def test_that_parameters_start_where_it_is_said_and_the_others_as_ever(source: str) -> None:
    drawn = Run(Model(source=source, seed=5, mode="fit")).model.numbers()
    run = Run(Model(source=source, seed=5, mode="fit", initial=_ELEMENTS))
    assert run.model.numbers() == {**drawn, **_ELEMENTS}
    expected = Run(Model(source=source, seed=5, mode="fit"))
    for name, value in _ELEMENTS.items():
        expected.model.elements()[name].fill_(value)
    assert torch.equal(run.prediction(), expected.prediction())


@pytest.mark.parametrize("value", [math.nan, math.inf, 1e39])
def test_that_an_initial_value_has_to_be_finite(value: float) -> None:
    with pytest.raises(FieldError, match="a cannot start at") as raised:
        Run(Model(source="a x", initial={"a": value}))
    assert raised.value.field == "initial"


def test_that_an_initial_value_needs_a_parameter() -> None:
    with pytest.raises(FieldError, match=r"no parameter 'z' to start at.* The model has: a, b\."):
        Run(Model(source="a x + b", initial={"z": 1.0}))


@given(seed=st.integers(0, 2**63 - 1), noise=st.floats(0.01, 100))
def test_that_noise_is_drawn_from_the_seed_and_changes_no_parameter(
    seed: int, noise: float
) -> None:
    plain = Run(Model(source="a x + b", seed=seed, points=20))
    noisy = Run(Model(source="a x + b", seed=seed, points=20, noise=noise))
    assert noisy.model.numbers() == plain.model.numbers()
    drawn = torch.randn(20, generator=torch.Generator().manual_seed(seed))
    assert noisy.target is not None
    assert torch.equal(noisy.target, torch.sin(plain.x) + noise * drawn)


def test_that_a_target_may_be_a_number_or_call_p3() -> None:
    assert torch.equal(target_of(target="2 pi", points=3), torch.full((3,), 2 * math.pi))
    x = torch.linspace(-math.pi, math.pi, 2000)
    assert torch.equal(target_of(target="y = P3(x)"), 0.5 * (5 * x**3 - 3 * x))


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"target": "a x"}, "target", "no parameters: a means nothing"),
        ({"target": "sin("}, "target", "cannot be read"),
        ({"target": ""}, "target", "cannot be read"),
        ({"target": "1 / x", "low": 0.0}, "target", "not finite at x = 0"),
        ({"noise": -0.1}, "noise", "noise −0.1"),
        ({"noise": math.inf}, "noise", "noise inf"),
        ({"low": 1.0, "high": 1.0}, "range", "from 1 to 1"),
        ({"low": math.nan}, "range", "from nan"),
        ({"high": 1e39}, "range", "to 1e39"),
        ({"points": 1}, "points", "1 point does"),
        ({"points": 1_000_001}, "points", "1000001 points"),
    ],
)
def test_that_data_that_cannot_be_used_is_refused_by_its_field(
    changes: dict[str, object], field: str, message: str
) -> None:
    with pytest.raises(FieldError, match=message) as raised:
        target_of(**changes)
    assert raised.value.field == field
    assert raised.value.hint


def test_that_the_data_does_not_matter_at_a_point() -> None:
    run = Run(Model(source="a x", mode="point", target="a x", data_file="nowhere.csv"))
    assert run.target is None
