"""Typed functions on tensors: every row of the table, and the one with a hand-written backward."""

import pytest
import torch
from function_cases import arguments, assert_torch_agrees_with_plain_floats
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.autograd import gradcheck

from gradviz.engine.data.torch_functions import legendre_p3, torch_function
from gradviz.expression import FUNCTIONS


@pytest.mark.parametrize("name", FUNCTIONS)
@given(st.data())
@settings(max_examples=30)
def test_that_torch_computes_the_plain_value_and_its_slope(name: str, data: st.DataObject) -> None:
    assert_torch_agrees_with_plain_floats(name, data.draw(arguments(name)))


@pytest.mark.parametrize(
    ("name", "at"), [("sign", -1e-05), ("floor", -1.00001), ("softplus", 20.0)]
)
def test_that_a_jump_within_the_step_is_no_slope(name: str, at: float) -> None:
    assert_torch_agrees_with_plain_floats(name, at)


def test_that_p3_is_the_legendre_polynomial_of_degree_three() -> None:
    x = torch.linspace(-1, 1, 21, dtype=torch.float64)
    expected = torch.special.legendre_polynomial_p(x, 3)
    assert torch.allclose(legendre_p3(x), expected)


def test_that_the_written_derivative_is_the_true_one() -> None:
    x = torch.linspace(-2, 2, 9, dtype=torch.float64, requires_grad=True)
    assert gradcheck(legendre_p3, (x,))


def test_that_an_operation_is_looked_up_once() -> None:
    assert torch_function("P3") is torch_function("P3")
    assert torch_function("tanh") is torch.tanh
