"""The optimizers' table: each steps as torch's own does, bit for bit, and keeps its memory."""

import math
from collections.abc import Callable
from typing import Any

import pytest
import torch

from gradviz.core.choices.options import Options
from gradviz.core.errors import SettingError
from gradviz.engine.optim.optimizers import OPTIMIZERS, Optimizer, made, optimizer_row

#: Those of matrices and of sparse gradients alone are held by a test file of their own.
_SELECTIVE = ("muon", "sparseadam")
_NAMES = [row.entry.name for row in OPTIMIZERS if row.entry.name not in _SELECTIVE]
_OF_TORCH = _NAMES[1:]
_X = torch.linspace(-math.pi, math.pi, 50)
_Y = torch.sin(_X)
#: For each the gradviz options and torch's own arguments, none of them the default.
_CHANGED: dict[str, tuple[Options, dict[str, Any]]] = {
    "sgd": (
        {"momentum": 0.9, "nesterov": True, "weight_decay": 0.1},
        {"momentum": 0.9, "nesterov": True, "weight_decay": 0.1},
    ),
    "adam": (
        {"betas_1": 0.8, "betas_2": 0.9, "amsgrad": True},
        {"betas": (0.8, 0.9), "amsgrad": True},
    ),
    "adamw": ({"betas_2": 0.99, "eps": 1e-3}, {"betas": (0.9, 0.99), "eps": 1e-3}),
    "rmsprop": (
        {"alpha": 0.9, "momentum": 0.5, "centered": True},
        {"alpha": 0.9, "momentum": 0.5, "centered": True},
    ),
    "adadelta": ({"rho": 0.5}, {"rho": 0.5}),
    "adafactor": ({"eps_2": 0.1, "d": 2.0}, {"eps": (None, 0.1), "d": 2.0}),
    "adagrad": (
        {"lr_decay": 0.1, "initial_accumulator_value": 1.0},
        {"lr_decay": 0.1, "initial_accumulator_value": 1.0},
    ),
    "adamax": ({"betas_1": 0.5}, {"betas": (0.5, 0.999)}),
    "asgd": ({"lambd": 0.1, "t0": 3.0}, {"lambd": 0.1, "t0": 3.0}),
    "lbfgs": ({"max_iter": 3, "history_size": 2}, {"max_iter": 3, "history_size": 2}),
    "nadam": ({"momentum_decay": 0.1}, {"momentum_decay": 0.1}),
    "radam": ({"weight_decay": 0.5}, {"weight_decay": 0.5}),
    "rprop": (
        {"etas_2": 1.5, "step_sizes_2": 0.1},
        {"etas": (0.5, 1.5), "step_sizes": (1e-6, 0.1)},
    ),
}


class _Line:
    """Two scalars and the mean squared error of their line."""

    def __init__(self) -> None:
        self.parameters = [torch.tensor(v, requires_grad=True) for v in (0.5, -0.25)]

    def evaluate(self) -> torch.Tensor:
        """Return the loss, with its gradients added."""
        a, b = self.parameters
        loss = (a + b * _X - _Y).square().mean()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    def values(self) -> list[float]:
        """Return the parameters' values."""
        return [parameter.item() for parameter in self.parameters]


def _optimizer(line: _Line, name: str, rate: float, options: Options | None = None) -> Optimizer:
    return made(name, line.parameters, rate, options, line.evaluate)


def _walked(line: _Line, optimizer: Optimizer, steps: int = 20) -> list[list[float]]:
    path = []
    for _ in range(steps):
        line.evaluate()
        optimizer.step()
        path.append(line.values())
    return path


def _walked_by_torch(line: _Line, optimizer: torch.optim.Optimizer) -> list[list[float]]:
    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        return line.evaluate()

    path = []
    for _ in range(20):
        if isinstance(optimizer, torch.optim.LBFGS):
            optimizer.step(closure)  # type: ignore[no-untyped-call]
        else:
            closure()
            optimizer.step()
        path.append(line.values())
    return path


def _of_torch(name: str) -> Callable[..., torch.optim.Optimizer]:
    (kind,) = (kind for title, kind in vars(torch.optim).items() if title.lower() == name
               and isinstance(kind, type))  # fmt: skip
    return kind


def test_that_every_optimizer_of_torch_is_there() -> None:
    all_of_torch = {
        name
        for name, kind in vars(torch.optim).items()
        if isinstance(kind, type) and issubclass(kind, torch.optim.Optimizer)
    }
    titles = {row.entry.title for row in OPTIMIZERS[1:]}
    assert titles == all_of_torch - {"Optimizer"}
    assert OPTIMIZERS[0].entry.name == "descent"
    assert len({row.entry.name for row in OPTIMIZERS}) == len(OPTIMIZERS)


@pytest.mark.parametrize("changed", [False, True], ids=["defaults", "changed"])
@pytest.mark.parametrize("name", _OF_TORCH)
def test_that_20_steps_are_those_of_torch_to_the_last_bit(name: str, changed: bool) -> None:
    options, arguments = _CHANGED[name] if changed else ({}, {})
    ours, theirs = _Line(), _Line()
    expected = _walked_by_torch(theirs, _of_torch(name)(theirs.parameters, lr=0.01, **arguments))
    assert _walked(ours, _optimizer(ours, name, 0.01, options)) == expected
    assert expected[0] != _Line().values()


@pytest.mark.parametrize("name", _OF_TORCH)
def test_that_each_changed_option_tells(name: str) -> None:
    def end(options: Options) -> list[list[float]]:
        line = _Line()
        return _walked(line, _optimizer(line, name, 0.5, options))

    assert end(_CHANGED[name][0]) != end({})


@pytest.mark.parametrize("name", _NAMES)
def test_that_a_restored_optimizer_goes_on_as_before(name: str) -> None:
    line = _Line()
    optimizer = _optimizer(line, name, 0.01, _CHANGED.get(name, ({}, {}))[0])
    _walked(line, optimizer, 5)
    state, values = optimizer.state(), line.values()
    for _ in range(2):
        with torch.no_grad():
            for parameter, value in zip(line.parameters, values, strict=True):
                parameter.fill_(value)
        optimizer.restore(state)
        path = _walked(line, optimizer, 5)
        assert path == _again(name, values, state)


def _again(name: str, values: list[float], state: Any) -> list[list[float]]:
    line = _Line()
    with torch.no_grad():
        for parameter, value in zip(line.parameters, values, strict=True):
            parameter.fill_(value)
    optimizer = _optimizer(line, name, 0.01, _CHANGED.get(name, ({}, {}))[0])
    optimizer.restore(state)
    return _walked(line, optimizer, 5)


@pytest.mark.parametrize("name", _NAMES)
def test_that_the_learning_rate_is_that_of_the_moment(name: str) -> None:
    line = _Line()
    optimizer = _optimizer(line, name, 0.5)
    assert optimizer.learning_rate == 0.5
    optimizer.learning_rate = 0.25
    assert optimizer.learning_rate == 0.25
    _walked(line, optimizer, 1)
    assert all(parameter.grad is None for parameter in line.parameters)


@pytest.mark.parametrize("back", [False, True], ids=["on", "off"])
@pytest.mark.parametrize("name", _OF_TORCH)
def test_that_options_change_without_losing_the_memory(name: str, back: bool) -> None:
    options = _CHANGED[name][0]
    line = _Line()
    optimizer = _optimizer(line, name, 0.01, options if back else {})
    _walked(line, optimizer, 5)
    before = optimizer.state()["state"].get(0, {})
    optimizer.change({} if back else options)
    after = optimizer.state()["state"].get(0, {})
    assert {key for key in before if key != "al"} <= after.keys()
    for key, value in before.items():
        if isinstance(value, torch.Tensor):
            assert torch.equal(value, after[key])
    expected_groups = _optimizer(_Line(), name, 0.01, {} if back else options).state()
    assert optimizer.state()["param_groups"] == expected_groups["param_groups"]
    assert all(math.isfinite(v) for values in _walked(line, optimizer) for v in values)


def test_that_momentum_changed_on_the_way_is_what_torch_does_with_its_groups() -> None:
    ours, theirs = _Line(), _Line()
    optimizer = _optimizer(ours, "sgd", 0.01, {"momentum": 0.9})
    torchs = torch.optim.SGD(theirs.parameters, lr=0.01, momentum=0.9)
    assert _walked(ours, optimizer) == _walked_by_torch(theirs, torchs)
    optimizer.change({"momentum": 0.5})
    torchs.param_groups[0]["momentum"] = 0.5
    assert _walked(ours, optimizer) == _walked_by_torch(theirs, torchs)


def test_that_options_that_do_not_go_together_change_nothing() -> None:
    line = _Line()
    with pytest.raises(SettingError, match="nesterov needs momentum"):
        _optimizer(line, "sgd", 0.1, {"nesterov": True})
    optimizer = _optimizer(line, "sgd", 0.1, {"momentum": 0.5})
    # Torch's own check, should a table of ours ever miss one.
    with pytest.raises(SettingError, match="Nesterov"):
        optimizer.change({"nesterov": True})
    assert optimizer.state()["param_groups"][0]["momentum"] == 0.5


@pytest.mark.parametrize("name", _OF_TORCH)
def test_that_the_bounds_of_each_range_are_taken_and_what_is_outside_is_not(name: str) -> None:
    for entry in optimizer_row(name).entry.options:
        for bound, open_, outside in (
            (entry.minimum, entry.above, -1),
            (entry.maximum, entry.below, 1),
        ):
            if bound is None:
                continue
            refused = bound if open_ else bound + outside
            with pytest.raises(SettingError, match=entry.name):
                _optimizer(_Line(), name, 0.01, {entry.name: refused})
            if not open_:
                kept = int(bound) if entry.kind == "int" else bound
                _optimizer(_Line(), name, 0.01, {entry.name: kept})


def test_that_a_parameter_without_a_gradient_is_left_alone() -> None:
    parameter = torch.tensor(1.0, requires_grad=True)
    made("descent", [parameter], 0.5).step()
    assert parameter.item() == 1.0


def test_that_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(SettingError, match="descent, sgd"):
        made("adam?", [], 0.1)
    with pytest.raises(SettingError, match="no option 'momentum'"):
        made("adam", [torch.tensor(1.0)], 0.1, {"momentum": 0.5})


def test_that_a_searching_optimizer_needs_a_loss_to_compute() -> None:
    with pytest.raises(SettingError, match="compute anew"):
        made("lbfgs", [torch.tensor(1.0)], 0.1)
