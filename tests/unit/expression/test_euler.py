"""How the letter e is taken, and how the other reading is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.expression import parse
from gradviz.expression.euler import Reading, reading_of_e, with_e

READINGS: dict[str, Reading] = {
    "e^x": "number",
    "1/(1 + e^-x)": "number",
    "e²": "number",
    r"a \mathrm{e}^{-x}": "number",
    "math.e**x": "number",
    "a + e x^4": "parameter",
    "(e)^x": "parameter",
    "e^x + e": "both",
    "exp(x) + e1": "",
    "sine": "",
    "x": "",
}


@pytest.mark.parametrize("text", READINGS)
def test_that_the_reading_is_told(text: str) -> None:
    assert reading_of_e(text) == READINGS[text]


@pytest.mark.parametrize(
    ("text", "number", "parameter"),
    [
        ("e^x", "e^x", "(e)^x"),
        ("(e)^x", "e^x", "(e)^x"),
        ("a e^(e x)", "a e^(exp(1) x)", "a (e)^(e x)"),
        ("2e + x", "2exp(1) + x", "2e + x"),
        ("a e^x + e²", "a e^x + e²", "a (e)^x + (e)²"),
        ("math.e**x", "math.e**x", "(e)**x"),
        (r"ae^{x}", r"ae^{x}", r"a(e)^{x}"),
    ],
)
def test_that_either_reading_can_be_written(text: str, number: str, parameter: str) -> None:
    assert with_e(text, "number") == number
    assert with_e(text, "parameter") == parameter


@given(st.sampled_from([text for text, reading in READINGS.items() if reading]))
def test_that_what_is_written_is_taken_so(text: str) -> None:
    as_parameter = with_e(text, "parameter")
    assert reading_of_e(as_parameter) == "parameter"
    assert "e" in parse(as_parameter).parameters
    assert "e" not in parse(with_e(text, "number")).parameters
