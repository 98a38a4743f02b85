"""sympy's side of every typed function, evaluated with many digits, beside torch."""

import pytest
from function_cases import arguments, assert_sympy_agrees_with_torch
from hypothesis import given, settings
from hypothesis import strategies as st

from gradviz.engine.inspection.checks.symbolic import Derivatives
from gradviz.expression import FUNCTIONS, Call, Variable


@pytest.mark.parametrize("name", FUNCTIONS)
@given(st.data())
@settings(max_examples=30)
def test_that_sympy_has_the_value_and_the_derivative_of_torch(
    name: str, data: st.DataObject
) -> None:
    assert_sympy_agrees_with_torch(name, data.draw(arguments(name)))


@pytest.mark.parametrize("name", [row.name for row in FUNCTIONS.values() if row.slope])
def test_that_the_slope_at_a_kink_is_the_one_that_pytorch_takes(name: str) -> None:
    assert_sympy_agrees_with_torch(name, 0.0)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_that_a_polynomial_has_its_degree_in_the_table(name: str) -> None:
    import sympy

    x = sympy.Symbol("x")
    value = Derivatives(Call(name, Variable()), ("x",)).value
    expected = sympy.degree(value, x) if value.is_polynomial(x) else None
    assert FUNCTIONS[name].degree == expected
