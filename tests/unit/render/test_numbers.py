"""Numbers as text."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import large, scalar

from gradviz.core.graphs.tensors import TensorSummary
from gradviz.render.numbers import full, gradient_text, short, tensor_text


def parsed(text: str) -> float:
    return float(text.replace("−", "-"))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_that_a_short_number_is_right_to_six_digits(value: float) -> None:
    text = short(value)
    digits = re.sub(r"e.*|[^0-9]", "", text).lstrip("0")
    assert len(digits) <= 6
    assert math.isclose(parsed(text), value, rel_tol=5.1e-6, abs_tol=5e-324)


@given(st.floats(allow_nan=False))
def test_that_a_full_number_is_the_same_number(value: float) -> None:
    assert parsed(full(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (72.0, "72"),
        (497937.65625, "497938"),
        (-0.0906, "−0.0906"),
        (1.5e-7, "1.5e−7"),
        (-2e20, "−2e20"),
        (math.nan, "nan"),
        (-math.inf, "−inf"),
    ],
)
def test_that_short_numbers_are_written_as_people_do(value: float, text: str) -> None:
    assert short(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (72.0, "72"),
        (497937.65625, "497937.65625"),
        (-0.0, "−0"),
        (1e22, "1e22"),
        (2.1679003e15, "2167900300000000"),
    ],
)
def test_that_full_numbers_keep_every_digit(value: float, text: str) -> None:
    assert full(value) == text


def test_that_a_tensor_is_its_value_or_its_norm_or_its_shape() -> None:
    bare = TensorSummary(shape=(3, 4), dtype="bool", device="cpu")
    assert [tensor_text(each) for each in (scalar(-2), large(958.5), bare)] == [
        "−2",
        "‖·‖ 958.5",
        "(3, 4)",
    ]


def test_that_no_gradient_is_no_text() -> None:
    assert gradient_text(None) == ""
    assert gradient_text(scalar(12)) == "grad 12"
