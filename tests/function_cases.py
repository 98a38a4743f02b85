"""The table of typed functions held to plain floats, torch, sympy and the text of scripts."""

import math
from collections.abc import Callable, Generator
from typing import Any, Final, TypeVar

import pytest
import torch
from hypothesis import assume
from hypothesis import strategies as st

from gradviz.engine.data.program import compiled
from gradviz.engine.data.torch_functions import torch_function
from gradviz.engine.inspection.checks.symbolic import (
    Derivatives,
    NotSymbolicError,
    as_number,
    evaluated,
)
from gradviz.export.scripts.python_text import python_text
from gradviz.export.scripts.script_models import called_functions, function_definitions
from gradviz.expression import FUNCTIONS, Call, Tree, Variable, parse

_Result = TypeVar("_Result")
#: Nothing that is typed grows beyond a float's range within it.
_FARTHEST = 50.0
#: PyTorch's derivative has a constant of single precision, whatever the tensor's.
_ROUNDED: Final = {"hardsigmoid": 1e-7}


def arguments(name: str) -> st.SearchStrategy[float]:
    """Return numbers in the function's domain, its bounds among them."""
    domain = FUNCTIONS[name].domain
    inner = st.floats(max(domain.low, -_FARTHEST), min(domain.high, _FARTHEST))
    return (inner | st.sampled_from([0.0, 0.5, 1.0])).filter(domain.__contains__)


def assert_torch_agrees_with_plain_floats(name: str, at: float) -> None:
    """Hold the operation on tensors, and its gradient, to the value for plain floats."""
    value, gradient = _by_torch(torch_function(name), at)
    assert value == pytest.approx(FUNCTIONS[name].value(at), rel=1e-12, abs=1e-12)
    slope = _plain_slope(name, at)
    if slope is not None:
        # PyTorch's softplus jumps by 2e-9 at 20, and the difference is taken over 2e-5.
        assert gradient == pytest.approx(slope, rel=2e-4, abs=1e-8 * max(1.0, abs(value)))


def assert_sympy_agrees_with_torch(name: str, at: float) -> None:
    """Hold sympy's value and its derivative to those of the operation on tensors."""
    value, gradient = _by_torch(torch_function(name), at)
    if not math.isfinite(gradient):
        # A root rises without bound at 0, of which sympy says nothing.
        return
    made = Derivatives(Call(name, Variable()), ("x",))
    (found,) = _returned(
        evaluated({"y": made.value, "slope": made.slopes["x"]}, iter([{"x": as_number(at)}]))
    )
    assert value == pytest.approx(float(found["y"]), rel=1e-11, abs=1e-12)
    relative = _ROUNDED.get(name, 1e-11)
    assert gradient == pytest.approx(float(found["slope"]), rel=relative, abs=1e-12)


def assert_the_slopes_agree_with_sympy(tree: Tree, place: dict[str, float]) -> None:
    """Hold the gradients of a tree by x and a, in double precision, to sympy's derivatives."""
    leaves = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for name, value in place.items()
    }
    compiled(tree, {"a": leaves["a"]})(leaves["x"]).backward()  # type: ignore[no-untyped-call]
    made = Derivatives(tree, tuple(place))
    numbers = {name: as_number(value) for name, value in place.items()}
    try:
        (found,) = _returned(evaluated(made.slopes, iter([numbers])))
    except NotSymbolicError:
        # Of a bound of clamp, where releases of PyTorch differ, nothing is said.
        assume(False)
    for name, leaf in leaves.items():
        slope = float(found[name])
        gradient = 0.0 if leaf.grad is None else leaf.grad.item()
        assert gradient == pytest.approx(slope, rel=1e-11, abs=1e-12)


def assert_the_script_agrees_with_torch(name: str, at: float) -> None:
    """Hold the text of a script, executed, to the engine, bit for bit."""
    assert_executed_text_agrees(Call(name, Variable()), at)
    # A constant part is computed by Python, or written as its value.
    constant = parse(f"a {name}({abs(at)!r})") if abs(at) in FUNCTIONS[name].domain else None
    if constant is not None:
        assert_executed_text_agrees(constant.tree, at)


def assert_executed_text_agrees(tree: Tree, at: float) -> None:
    """Hold Python's text for a tree of x and a to the program that the engine runs."""
    names: dict[str, Any] = {"torch": torch, "math": math}
    for definition in function_definitions(called_functions(tree)):
        exec(definition, names)  # noqa: S102 - the table's own text

    def by_script(x: torch.Tensor) -> torch.Tensor:
        tensor = eval(python_text(tree), {**names, "x": x, "a": x})  # noqa: S307 - our own text
        assert isinstance(tensor, torch.Tensor)
        return tensor

    def by_engine(x: torch.Tensor) -> torch.Tensor:
        return compiled(tree, {"a": x})(x)

    assert _bits(_by_torch(by_script, at)) == _bits(_by_torch(by_engine, at))


def _by_torch(function: Callable[[torch.Tensor], torch.Tensor], at: float) -> tuple[float, float]:
    x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    y = function(x)
    y.backward()  # type: ignore[no-untyped-call]
    assert x.grad is not None
    return y.item(), x.grad.item()


def _bits(numbers: tuple[float, ...]) -> list[str]:
    return [number.hex() for number in numbers]


def _plain_slope(name: str, at: float) -> float | None:
    """Return the central difference of the plain value; None at a kink or too near a bound."""
    function = FUNCTIONS[name]
    domain = function.domain
    distances = [1.0, at - domain.low, domain.high - at]
    if domain.pole is not None:
        distances.append(abs(math.remainder(at - domain.pole, domain.period)))
    if min(distances) < 1e-6:
        return None
    step = 1e-5 * min(distances)
    low, high = at - step, at + step
    left = (function.value(at) - function.value(low)) / (at - low)
    # From half as far, because a jump at the place itself would be as steep from either side.
    near = at + step / 2
    right = (function.value(near) - function.value(at)) / (near - at)
    # A jump may be at the end of the step as well, as for floor(-1.00001).
    further = (function.value(high) - function.value(near)) / (high - near)
    if any(left != pytest.approx(other, rel=1e-3, abs=1e-3) for other in (right, further)):
        return None
    return (function.value(high) - function.value(low)) / (high - low)


def _returned(pieces: Generator[None, None, _Result]) -> _Result:
    while True:
        try:
            next(pieces)
        except StopIteration as stop:
            result: _Result = stop.value
            return result
