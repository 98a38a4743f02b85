"""The optimizers' table: each row steps as it says, and remembers what it must."""

import pytest
import torch

from gradviz.core.errors import SettingError
from gradviz.engine.optimizers import OPTIMIZERS, Optimizer, made


def _stepped(optimizer: Optimizer, parameter: torch.Tensor, gradient: float) -> float:
    parameter.grad = torch.tensor(gradient)
    optimizer.step()
    return parameter.item()


@pytest.mark.parametrize("name", [row.entry.name for row in OPTIMIZERS])
def test_that_a_step_goes_down_the_gradient_at_the_rate_of_the_moment(name: str) -> None:
    parameter = torch.tensor(1.0, requires_grad=True)
    optimizer = made(name, [parameter], 0.5)
    assert optimizer.learning_rate == 0.5
    assert _stepped(optimizer, parameter, 1.0) == 0.5
    optimizer.learning_rate = 0.25
    assert _stepped(optimizer, parameter, 1.0) == 0.25
    assert parameter.grad is None


@pytest.mark.parametrize("name", [row.entry.name for row in OPTIMIZERS])
def test_that_a_restored_optimizer_goes_on_as_before(name: str) -> None:
    parameter = torch.tensor(1.0, requires_grad=True)
    optimizer = made(name, [parameter], 0.5)
    _stepped(optimizer, parameter, 1.0)
    state = optimizer.state()
    first = _stepped(optimizer, parameter, 1.0)
    with torch.no_grad():
        parameter.fill_(0.5)
    optimizer.restore(state)
    assert _stepped(optimizer, parameter, 1.0) == first


def test_that_a_parameter_without_a_gradient_is_left_alone() -> None:
    parameter = torch.tensor(1.0, requires_grad=True)
    made("descent", [parameter], 0.5).step()
    assert parameter.item() == 1.0


def test_that_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(SettingError, match="descent, sgd"):
        made("adam?", [], 0.1)
