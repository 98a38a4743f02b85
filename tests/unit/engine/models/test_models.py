"""What every ready-made model keeps to, and the tutorial's starting points."""

import pytest
import torch

from gradviz.core.choices.settings import Model
from gradviz.engine.models import MODELS
from gradviz.engine.models.base import NamedModel
from gradviz.engine.optim.losses import LOSSES
from gradviz.engine.optim.optimizers import made
from gradviz.engine.runs.run import Run
from gradviz.expression import parse

_CPU = torch.device("cpu")
_VALUES = {
    **{name: torch.tensor(value) for name, value in zip("abcde", (1, -2, 0.25, 3, 4), strict=True)},
    "weight": torch.tensor([[-2.0, 0.25, 3.0]]),
    "bias": torch.tensor([1.0]),
}
#: The classifier has a test file of its own.
_OF_CURVES = tuple(model for model in MODELS if model.plotted)
_each_model = pytest.mark.parametrize("model", _OF_CURVES, ids=lambda model: model.entry.name)


@_each_model
def test_that_the_forward_pass_keeps_the_shape_and_reaches_every_parameter(
    model: type[NamedModel],
) -> None:
    built = model(_CPU)
    x, target = built.data(Model(source="", points=7), _CPU)
    y = built.forward(x)
    assert y.shape == target.shape == (7,)
    built.with_backward(LOSSES[built.loss])(y, target).backward()  # type: ignore[no-untyped-call]
    reached = {name for name, parameter in built.parameters.items() if parameter.grad is not None}
    # Whether e is used is a matter of chance.
    assert reached | {"e"} == built.parameters.keys() | {"e"}


@_each_model
def test_that_the_same_seed_draws_the_same_parameters(model: type[NamedModel]) -> None:
    torch.manual_seed(3)
    first = model(_CPU).numbers()
    torch.manual_seed(3)
    assert model(_CPU).numbers() == first


@_each_model
def test_that_its_equation_has_all_digits_of_its_parameters(model: type[NamedModel]) -> None:
    built = model(_CPU)
    assert built.equation().startswith("y = ")
    assert all(repr(value) in built.equation() for value in built.numbers().values())


@_each_model
def test_that_its_training_and_loss_exist(model: type[NamedModel]) -> None:
    built = model(_CPU)
    assert built.loss in LOSSES
    made(built.training.optimizer, list(built.parameters.values()), built.training.learning_rate)


@pytest.mark.parametrize(
    "model",
    [model for model in _OF_CURVES if model.entry.expression],
    ids=lambda model: model.entry.name,
)
def test_that_its_expression_computes_the_same(model: type[NamedModel]) -> None:
    named, typed = Run(Model(source=model.entry.name)), Run(Model(source=model.entry.expression))
    assert tuple(typed.model.parameters) == parse(model.entry.expression).parameters
    numbers = named.model.numbers()
    with torch.no_grad():
        for name, parameter in typed.model.parameters.items():
            parameter.fill_(numbers[name])
    torch.testing.assert_close(named.prediction(), typed.prediction(), check_dtype=False)


def test_that_names_are_unique_and_in_no_way_expressions() -> None:
    names = [model.entry.name for model in MODELS]
    assert len(set(names)) == len(names)


def test_that_the_equations_are_those_the_tutorial_prints() -> None:
    equations = {}
    for model in _OF_CURVES:
        built = model(_CPU)
        with torch.no_grad():
            for name, parameter in built.parameters.items():
                parameter.copy_(_VALUES[name])
        equations[model.entry.name] = built.equation()
    polynomial = "y = 1.0 + -2.0 x + 0.25 x^2 + 3.0 x^3"
    assert equations == {
        "numpy": polynomial,
        "tensors": polynomial,
        "autograd": polynomial,
        "function": "y = 1.0 + -2.0 * P3(0.25 + 3.0 x)",
        "nn": polynomial,
        "optim": polynomial,
        "module": polynomial,
        "dynamic": f"{polynomial} + 4.0 x^4 ? + 4.0 x^5 ?",
    }


def test_that_a_typed_models_equation_has_numbers_for_its_parameters() -> None:
    run = Run(Model(source="a + b x + c x^2 + d x^3"))
    assert run.model.equation() == Run(Model(source="autograd")).model.equation()


def test_that_typed_parameters_are_drawn_in_the_order_of_appearance() -> None:
    torch.manual_seed(5)
    expected = [torch.randn(()).item() for _ in range(3)]
    run = Run(Model(source="w sin(b x) + a", seed=5))
    assert list(run.model.parameters) == ["w", "b", "a"]
    assert [p.item() for p in run.model.parameters.values()] == expected
