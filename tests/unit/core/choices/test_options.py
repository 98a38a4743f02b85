"""Options: what a range takes and says, and what typed text gives."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.choices.options import OptionEntry, checked_options, parsed_options
from gradviz.core.errors import SettingError

_BETA = OptionEntry(name="beta", kind="float", default=0.9, minimum=0, maximum=1, below=True)
_COUNT = OptionEntry(name="count", kind="int", default=3, minimum=1, maximum=9)
_FLAG = OptionEntry(name="flag", kind="bool", default=False)
_PAIR = tuple(OptionEntry(name=f"pair_{i}", kind="float", default=1.0) for i in (1, 2))
_ALL = (_BETA, _COUNT, _FLAG, *_PAIR)


@given(st.one_of(st.floats(), st.integers(), st.booleans(), st.text(max_size=3), st.none()))
def test_that_only_numbers_within_the_range_are_taken(value: object) -> None:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1
    if not fits:
        with pytest.raises(SettingError, match="0 ≤ beta < 1"):
            _BETA.checked(value)
    else:
        taken = _BETA.checked(value)
        assert (taken, type(taken)) == (value, float)


@given(st.text(max_size=12))
def test_that_any_text_is_a_value_or_refused(text: str) -> None:
    for entry in _ALL:
        try:
            value = entry.parsed(text)
        except SettingError:
            continue
        assert value == entry.checked(value)


def test_that_values_get_the_kind_of_their_option() -> None:
    options = parsed_options(_ALL, ["beta=0.5", "count = 4", "flag=Yes", "pair=1,2e-3"])
    assert options == {"beta": 0.5, "count": 4, "flag": True, "pair_1": 1.0, "pair_2": 0.002}
    assert [type(value) for value in options.values()] == [float, int, bool, float, float]
    assert checked_options(_ALL, options) == options


@pytest.mark.parametrize("value", [0, 10, 2.5, math.inf, True, "3"])
def test_that_a_count_is_a_whole_number_in_its_range(value: object) -> None:
    with pytest.raises(SettingError, match="1 ≤ count ≤ 9, a whole number"):
        checked_options(_ALL, {"count": value})


def test_that_an_option_is_refused_without_what_it_needs_and_with_what_it_excludes() -> None:
    flag = OptionEntry(name="flag", kind="bool", default=False, needs="beta", excludes="count")
    beta = OptionEntry(name="beta", kind="float", default=0.0)
    count = OptionEntry(name="count", kind="int", default=0)
    entries = (flag, beta, count)
    with pytest.raises(SettingError, match="flag needs beta"):
        checked_options(entries, {"flag": True})
    with pytest.raises(SettingError, match="without count"):
        checked_options(entries, {"flag": True, "beta": 1.0, "count": 1})
    assert checked_options(entries, {"flag": True, "beta": 1.0})["flag"] is True
    assert checked_options(entries, {"count": 1}) == {"count": 1}


def test_that_an_expression_is_a_text_that_keeps_its_commas() -> None:
    factor = OptionEntry(name="factor", kind="expression", default="0.9^t")
    assert parsed_options([factor], ["factor= max(1, t) "]) == {"factor": "max(1, t)"}
    with pytest.raises(SettingError, match="factor is an expression in t"):
        factor.checked(2.0)
    with pytest.raises(SettingError, match="factor cannot be"):
        factor.parsed("  ")


@pytest.mark.parametrize("text", ["beta", "pair=1,2,3", "pair=1", "other=1", "beta=", "flag=0.0"])
def test_that_what_sets_no_option_is_refused(text: str) -> None:
    with pytest.raises(SettingError):
        parsed_options(_ALL, [text])
