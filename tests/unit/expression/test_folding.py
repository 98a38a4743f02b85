"""The values of constant parts, and of every function for a plain number."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gradviz.expression import FUNCTIONS, Binary, Call, Number, Variable, constant, parse
from gradviz.expression.functions import function_value, operator_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2.0),
        ("-2^2", -4.0),
        ("2^3^2", 512.0),
        ("7 - 2 - 1", 4.0),
        ("1/2 * 4", 2.0),
        ("pi", math.pi),
        ("0^0", 1.0),
        ("sin(1)", math.sin(1)),
        ("cos(1)", math.cos(1)),
        ("tan(1)", math.tan(1)),
        ("exp(1)", math.e),
        ("log(2)", math.log(2)),
        ("sqrt(2)", math.sqrt(2)),
        ("abs(-3)", 3.0),
        ("tanh(1)", math.tanh(1)),
        ("sigmoid(0)", 0.5),
        ("relu(-2) + relu(3)", 3.0),
        ("P3(2)", 17.0),
    ],
)
def test_that_a_tree_without_x_and_parameters_has_its_value(text: str, value: float) -> None:
    assert constant(parse(text).tree) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize("text", ["x", "a", "2 x", "0 a", "sin(x)", "1 + -e", "2^x"])
def test_that_a_tree_with_x_or_a_parameter_has_no_constant_value(text: str) -> None:
    assert constant(parse(text).tree) is None


def test_that_what_cannot_be_typed_is_nan_and_stays_so() -> None:
    broken = Binary("/", Number(1.0), Number(0.0))
    for tree in (broken, Call("sigmoid", broken), Number(math.inf), Call("relu", broken)):
        value = constant(tree)
        assert value is not None
        assert math.isnan(value)
    assert constant(Binary("+", broken, Variable())) is None


@given(st.sampled_from(sorted(FUNCTIONS)), st.floats())
@example("abs", math.inf)
@example("P3", 4e102)
@example("log", 0.0)
def test_that_a_function_gives_a_finite_number_or_nan(name: str, argument: float) -> None:
    assert not math.isinf(function_value(name, argument))


@given(st.sampled_from("+-*/^"), st.floats(), st.floats())
@example("*", 1e300, 1e300)
@example("^", 1e300, 2.0)
@example("^", -8.0, 0.5)
def test_that_an_operator_gives_a_finite_number_or_nan(
    operator: str, left: float, right: float
) -> None:
    assert not math.isinf(operator_value(operator, left, right))


@pytest.mark.parametrize(
    ("argument", "value"), [(-800.0, 0.0), (800.0, 1.0), (2.0, 0.8807970779778823)]
)
def test_that_sigmoid_overflows_on_no_side(argument: float, value: float) -> None:
    assert function_value("sigmoid", argument) == pytest.approx(value, abs=1e-300)
