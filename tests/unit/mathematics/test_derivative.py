"""Derivatives of expressions: their values are those of sympy, and at kinks those of PyTorch."""

import math
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mathml_reader import value_of

from gradviz.engine.inspection.checks.symbolic import (
    Derivatives,
    NotSymbolicError,
    as_number,
    evaluated,
)
from gradviz.expression import FUNCTIONS, Call, Tree, Variable, parse
from gradviz.mathematics.derivative import LARGEST, TooLongError, derivative
from gradviz.mathematics.function_forms import SLOPES
from gradviz.mathematics.latex_writer import Writer
from gradviz.mathematics.typesetting import set_formula

_TYPED = (
    "5x^3 + 2x^2 + 4x + 8",
    "a + b x + c x^2",
    "a e^(b x)",
    "sin(a x)^2 cos(x) / x",
    "x^x",
    "x^a",
    "2^(a x)",
    "(x + a)/(x - b)",
    "{x < a: x^2, sin(x)}",
    "max(x, a, x^2) + min(x, b)",
    "clamp(x^2, a, 3)",
    "clamp(a, x, 3)",
    "atan2(x, a) mod 0.3",
    "x mod (a + 1)",
    "sigmoid(x) silu(a x) tanh(x)",
    "exp(-(x - a)^2 / 2) / sqrt(2 pi)",
    "-x^2 (3 - (-x)^3)",
    "gelu(a x) + selu(x) mish(x)",
    "hardswish(x) + relu6(7 x) + leakyrelu(-x)",
    "1/(2x) - 0.1 * 3^x * 0.2",
)
_places = st.floats(0.05, 3.0)


def read_slope(tree: Tree, name: str, place: dict[str, float]) -> float:
    """Return the derivative as a reader of its LaTeX computes it."""
    return value_of(Writer(taken=frozenset(place)).latex(derivative(tree, name)), place)


def sympy_slope(tree: Tree, name: str, place: dict[str, float]) -> float:
    made = Derivatives(tree, tuple(place))
    numbers = {letter: as_number(value) for letter, value in place.items()}
    steps = evaluated({"slope": made.slopes[name]}, iter([numbers]))
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            (found,) = stop.value
            return float(found["slope"])


@pytest.mark.parametrize("typed", _TYPED)
@settings(max_examples=10)
@given(x=_places, a=_places)
def test_that_the_latex_of_a_derivative_has_the_value_of_sympys(
    typed: str, x: float, a: float
) -> None:
    expression = parse(typed)
    names = ("x", *expression.parameters)
    place = dict(zip(names, (x, a, 0.6, 1.7), strict=False))
    for name in names:
        try:
            expected = sympy_slope(expression.tree, name, place)
        except NotSymbolicError:
            # Of a bound of clamp, where releases of PyTorch differ, nothing is said.
            assume(False)
        assume(math.isfinite(expected))
        # GELU and its like have a derivative of their own name, which the reader differentiates.
        assert read_slope(expression.tree, name, place) == pytest.approx(
            expected, rel=1e-6, abs=1e-6
        )


@pytest.mark.parametrize(
    "name", [name for name in sorted(SLOPES) if FUNCTIONS[name].slope is not None]
)
@given(at=st.floats(-4, 4) | st.sampled_from([0.0, 1.0, -1.0, 3.0, -3.0, 6.0, 0.5, -0.5]))
def test_that_each_functions_derivative_is_its_rows_at_kinks_too(name: str, at: float) -> None:
    slope = FUNCTIONS[name].slope
    assert slope is not None
    try:
        expected = slope(at)
    except ArithmeticError:
        return
    found = read_slope(Call(name, Variable()), "x", {"x": at})
    assert found == pytest.approx(expected, rel=1e-7, abs=1e-7)


def test_that_every_function_has_a_derivative() -> None:
    for name in FUNCTIONS:
        assert derivative(Call(name, Variable()), "x")


@pytest.mark.parametrize(
    ("typed", "latex"),
    [
        ("5x^3 + 2x^2 + 4x + 8", "15 x^{2} + 4 x + 4"),
        ("½ x^2", "x"),
        ("0.1 x^3", "0.3 x^{2}"),
        ("e^(-x^2)", "-2 x e^{-x^{2}}"),
        ("sin² x", r"2 \sin\left(x\right) \cos\left(x\right)"),
        ("1/x", r"-\frac{1}{x^{2}}"),
        ("relu(2 x)", r"\begin{cases} 2 & 2 x > 0 \\ 0 & \text{otherwise} \end{cases}"),
        ("floor(x) + 7", "0"),
        ("gelu(x)", r"\operatorname{GELU}'\left(x\right)"),
    ],
)
def test_that_a_derivative_is_as_short_as_a_reader_writes_it(typed: str, latex: str) -> None:
    assert Writer().latex(derivative(parse(typed).tree, "x")) == latex


@pytest.mark.parametrize(
    "typed",
    [
        "max(" * 30 + "x" + ", 1)" * 30,
        "(x+1)" * 60,
        " + ".join(f"{n} x^2 sin(x)" for n in range(2, 200)),
    ],
)
def test_that_a_derivative_that_nobody_could_read_is_refused(typed: str) -> None:
    tree = parse(typed).tree
    began = time.process_time()
    with pytest.raises(TooLongError, match="too long"):
        derivative(tree, "x")
    assert time.process_time() - began < 2
    assert LARGEST > 100


def test_that_the_pictures_of_all_derivatives_can_be_made() -> None:
    for typed in _TYPED:
        tree = parse(typed).tree
        assert set_formula(Writer().terms(derivative(tree, "x"))).width > 0
