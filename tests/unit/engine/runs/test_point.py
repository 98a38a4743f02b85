"""Gradients at a point with several inputs: torch's own and sympy's are the same."""

import math
from collections.abc import Callable
from typing import Any, Final

import msgspec
import numpy as np
import pytest
import sympy
import torch
from engine_cases import as_python_would
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.choices.settings import Model
from gradviz.core.errors import FieldError, ModelError, SettingError
from gradviz.engine.runs.run import Run
from gradviz.engine.training.reports import built
from gradviz.engine.training.trainer import Trainer
from gradviz.expression import parse

_Function = Callable[[Any, Any, Any], Any]
#: Each as it is typed, and by sympy.
_CASES: Final[tuple[tuple[str, _Function], ...]] = (
    ("x y + sin(z)", lambda x, y, z: x * y + sympy.sin(z)),
    ("x^2 y exp(-z)", lambda x, y, z: x**2 * y * sympy.exp(-z)),
    ("y z^2 - cos(x y)", lambda x, y, z: y * z**2 - sympy.cos(x * y)),
    ("x/(1 + y^2) + z", lambda x, y, z: x / (1 + y**2) + z),
    ("y tanh(z) y", lambda x, y, z: y**2 * sympy.tanh(z)),
    ("y = x z", lambda x, y, z: x * z),
)
_NUMBERS = st.floats(-3, 3)


def at(source: str, x: float = 2.0, **point: float) -> Run:
    """Return the run at a point, in double precision."""
    return Run(Model(source=source, mode="point", at=x, point=point, dtype="float64"))


def gradients(run: Run) -> dict[str, float | None]:
    """Return the recorded gradients by the names of the leaves."""
    _, graph, trace = run.record()
    return {graph.node[leaf].op: found.scalar for leaf, found in trace.leaf_grads.items()}


@given(st.sampled_from(_CASES), _NUMBERS, _NUMBERS, _NUMBERS)
def test_that_every_partial_derivative_is_that_of_torch_and_of_sympy(
    case: tuple[str, _Function], x: float, y: float, z: float
) -> None:
    source, function = case
    values = {"x": x, "y": y, "z": z}
    leaves = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for name, value in values.items()
    }
    output = as_python_would(parse(source).tree, leaves["x"], leaves)
    assert isinstance(output, torch.Tensor)
    output.backward()  # type: ignore[no-untyped-call]
    run = at(source, **values)
    found = gradients(run)
    assert run.record()[0] == output.item()
    assert found == {n: leaf.grad.item() for n, leaf in leaves.items() if leaf.grad is not None}
    symbols = sympy.symbols("x y z")
    for symbol in symbols:
        if symbol.name in found:
            slope = function(*symbols).diff(symbol).subs(dict(zip(symbols, (x, y, z), strict=True)))
            assert found[symbol.name] == pytest.approx(float(slope), rel=1e-9, abs=1e-9)
    assert run.point == {name: values[name] for name in parse(source).inputs}


def test_that_other_letters_stay_parameters() -> None:
    run = at("a x y + b", y=3.0)
    assert list(run.leaves) == ["x", "y", "a", "b"]
    assert list(run.model.parameters) == ["a", "b"]
    assert all(leaf.requires_grad and leaf.is_leaf for leaf in run.leaves.values())


def test_that_an_input_without_a_value_is_1_and_x_2() -> None:
    assert Run(Model(source="x y + z", mode="point")).point == {"x": 2.0, "y": 1.0, "z": 1.0}


def test_that_z_is_an_input_at_a_point_and_a_parameter_in_a_fit() -> None:
    assert list(Run(Model(source="x z")).leaves) == ["z"]
    assert list(at("x z", z=3.0).leaves) == ["x", "z"]


def test_that_with_y_there_is_a_gradient_at_a_point_alone() -> None:
    run = Run(Model(source="a x y"))
    assert (run.mode, run.modes) == ("point", ("point",))
    with pytest.raises(ModelError, match="y is the target") as refused:
        Run(Model(source="a x y", mode="fit"))
    assert "Choose At a point to give y and z values" in refused.value.hint
    with pytest.raises(SettingError, match="nothing to train") as untrained:
        Trainer(run)
    assert "y is its target" in untrained.value.hint
    with pytest.raises(SettingError, match="nothing to train") as pointed:
        Trainer(at("a x"))
    assert pointed.value.hint == "Switch to fit."


def test_that_an_input_that_does_not_occur_is_no_leaf() -> None:
    run = at("y z")
    assert list(run.leaves) == ["y", "z"]
    assert list(run.point) == ["y", "z"]


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
@pytest.mark.parametrize("name", ["x", "y", "z"])
def test_that_an_input_is_finite(name: str, value: float) -> None:
    with pytest.raises(SettingError, match=f"{name} cannot be"):
        at("x y z", **{name: value})
    # One that the expression does not have is not looked at.
    assert at("a", y=value, z=value).point == {"x": 2.0}


def test_that_an_input_is_no_larger_than_its_precision_takes() -> None:
    assert at("y", y=1e300).record()[0] == 1e300
    with pytest.raises(SettingError, match=r"y cannot be 1e300") as refused:
        Run(Model(source="y", point={"y": 1e300}))
    assert "at most 3.4e38" in refused.value.hint


def test_that_double_precision_has_all_the_digits() -> None:
    assert at("y", y=0.1).record()[0] == 0.1


def test_that_an_input_has_no_initial_value() -> None:
    with pytest.raises(FieldError, match="no parameter 'z'") as refused:
        Run(Model(source="x z", mode="point", initial={"z": 2.0}))
    assert "z is an input at a point" in refused.value.hint


@given(st.sampled_from(["x y + sin(z)", "y z^2", "z"]), _NUMBERS, _NUMBERS, _NUMBERS)
def test_that_the_curve_goes_over_the_first_input_while_the_others_are_held(
    source: str, x: float, y: float, z: float
) -> None:
    run = at(source, x, y=y, z=z)
    event = built(1, run, *run.record()[:2])
    assert event.x is not None
    assert event.snapshot.prediction is not None
    line, drawn = event.x.floats(), event.snapshot.prediction.floats()
    first = next(iter(event.inputs))
    for place in (0, 150, 400):
        moved = {"x": x, "y": y, "z": z, first: float(line[place])}
        assert at(source, **moved).record()[0] == drawn[place]
    assert np.isclose(line[200], {"x": x, "y": y, "z": z}[first])


def test_that_the_result_has_its_letter_in_the_equation_and_in_both_orders() -> None:
    assert at("x y").model.equation() == "f = x y"
    assert at("y = x z").model.equation() == "y = x z"
    second = Run(Model(source="x y z", mode="point", order=2, direction="y"))
    _, graph, trace = second.record()
    assert graph.result == "f"
    assert any("∂f/∂y" in node.label for node in graph.nodes)
    products = {graph.node[leaf].op: found.scalar for leaf, found in trace.leaf_grads.items()}
    # The row of y in the Hessian of x y z at (2, 1, 1).
    assert products == {"x": 1.0, "z": 2.0}


@given(st.sampled_from(_CASES), _NUMBERS, _NUMBERS, _NUMBERS)
def test_that_hessian_vector_products_are_those_of_torch(
    case: tuple[str, _Function], x: float, y: float, z: float
) -> None:
    tree, names = parse(case[0]).tree, parse(case[0]).inputs
    point = {"x": x, "y": y, "z": z}

    def function(*inputs: torch.Tensor) -> torch.Tensor:
        letters = dict(zip(names, inputs, strict=True))
        value = as_python_would(tree, letters.get("x", torch.zeros(())), letters)
        assert isinstance(value, torch.Tensor)
        return value

    inputs = tuple(torch.tensor(point[name], dtype=torch.float64) for name in names)
    ones = tuple(torch.ones_like(each) for each in inputs)
    _, expected = torch.autograd.functional.hvp(function, inputs, ones)  # type: ignore[no-untyped-call]
    settings = Model(source=case[0], mode="point", at=x, point={"y": y, "z": z}, order=2)
    found = gradients(Run(msgspec.structs.replace(settings, dtype="float64")))
    for name, each in zip(names, expected, strict=True):
        assert (found.get(name) or 0.0) == pytest.approx(each.item(), rel=1e-9, abs=1e-9)
