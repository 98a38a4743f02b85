"""Numbers as text, and back."""

import math
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.errors import SettingError
from gradviz.core.number_text import (
    AmbiguousNumberError,
    counted,
    equation_text,
    full,
    read_number,
    read_whole_number,
    short,
    stored,
)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_that_what_is_written_is_read_again(value: float) -> None:
    assert read_number(full(value)) == value
    assert math.isclose(read_number(short(value)), value, rel_tol=5.1e-6, abs_tol=5e-324)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.5", 2.5),
        ("2,5", 2.5),
        ("−2,5", -2.5),
        ("-2.5", -2.5),
        ("+2", 2),
        (",5", 0.5),
        ("5,", 5),
        ("0,125", 0.125),
        ("1,2345", 1.2345),
        ("1.234", 1.234),
        ("1,5e−3", 1.5e-3),
        ("1E3", 1000),
        ("２．５", 2.5),
        ("٢٫٥", 2.5),
        ("۲٫۵", 2.5),
        ("२.५", 2.5),
        ("\N{ARABIC LETTER MARK}-٣", -3),
        (" 7 ", 7),
    ],
)
def test_that_a_number_is_read_as_people_write_it(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,234", "may be 1234 or 1.234"),
        ("12,345", "may be 12345 or 12.345"),
        ("1.234,5", "more than one number"),
        ("1,234.5", "more than one number"),
        ("1,5,6", "more than one number"),
        ("1.5.6", "more than one number"),
        ("1 234", "more than one number"),
        ("1'234", "more than one number"),
        ("1’234", "more than one number"),
        ("١٬٢٣٤", "more than one number"),
    ],
)
def test_that_what_may_be_two_numbers_is_refused_with_the_way_to_write_it(
    text: str, said: str
) -> None:
    with pytest.raises(AmbiguousNumberError) as refused:
        read_number(text)
    assert said in refused.value.message
    assert "decimal point" in refused.value.hint


@pytest.mark.parametrize(
    "text", ["", "-", ".", "e5", "1e", "one", "nan", "inf", "1e400", "0x10", "1_000"]
)
def test_that_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_number(text)
    assert not isinstance(refused.value, AmbiguousNumberError)
    assert "Write" in refused.value.hint


@given(st.text(max_size=12))
def test_that_any_text_is_a_finite_number_or_refused(text: str) -> None:
    try:
        value = read_number(text)
    except SettingError:
        return
    assert math.isfinite(value)


@given(st.integers(-(10**12), 10**12), st.sampled_from("٠۰०０"))
def test_that_digits_of_any_script_are_read(value: int, zero: str) -> None:
    first = ord(zero)
    assert unicodedata.decimal(zero) == 0
    text = "".join(chr(first + int(each)) if each.isdigit() else each for each in str(value))
    assert read_number(text) == value
    assert read_whole_number(text) == value


@pytest.mark.parametrize("text", ["1.5", "1,5", "1.000", "1,000", "2.0", "1e-3", "1e400"])
def test_that_a_whole_number_has_no_point_and_no_comma(text: str) -> None:
    with pytest.raises(SettingError):
        read_whole_number(text)


@given(st.integers(0, 10**15))
def test_that_a_count_has_its_digits_in_threes(count: int) -> None:
    assert counted(count) == f"{count:,}".replace(",", "\u202f")


@given(st.integers(0, 10**15))
def test_that_a_count_that_is_copied_is_read(count: int) -> None:
    assert read_whole_number(counted(count)) == count


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_that_a_float32_has_nine_digits_at_most_and_reads_as_itself(value: float) -> None:
    text = stored(value)
    mantissa = text.partition("e")[0].replace("−", "").replace(".", "").lstrip("0").rstrip("0")
    assert len(mantissa) <= 9
    assert np.float32(read_number(text)) == np.float32(value)
    assert read_number(stored(value, "float64")) == value


@pytest.mark.parametrize(
    ("equation", "text"),
    [
        ("y = 1.0 + -0.29 x", "y = 1 − 0.29 x"),
        ("y = -1.0 + 2.5 x + -1e-05 x^2", "y = −1 + 2.5 x − 1e−5 x^2"),
        ("y = 1.5635324716567993 - -2.0 x", "y = 1.5635325 + 2 x"),
        ("y = 2 - 3 x", "y = 2 - 3 x"),
        ("y = w1 x^-2 + a_1 sin(-0.5 x)", "y = w1 x^−2 + a_1 sin(−0.5 x)"),
        ("net.py: 2 layers", "net.py: 2 layers"),
    ],
)
def test_that_an_equation_has_no_plus_before_a_minus(equation: str, text: str) -> None:
    assert equation_text(equation) == text


def test_that_a_count_in_a_description_keeps_its_zeros() -> None:
    told = f"Net: {counted(52097)} numbers in 78 parameters, loss output"
    assert equation_text(told) == told
