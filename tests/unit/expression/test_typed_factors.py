"""A typed factor of a learning rate: its values are those of plain floats, its refusals short."""

import math

import pytest

from gradviz.core.errors import SettingError
from gradviz.expression import factor_at, parsed_factor


@pytest.mark.parametrize("step", [0, 1, 7, 1000, 10**7])
def test_that_a_factor_has_the_value_of_the_floats_that_it_means(step: int) -> None:
    t = float(step)
    assert factor_at(parsed_factor("0.95^(t/100)"), step) == 0.95 ** (t / 100)
    assert factor_at(parsed_factor("t^3/(1 + t)"), step) == t**3 / (1 + t)
    assert factor_at(parsed_factor("2"), step) == 2.0


def test_that_a_power_of_steps_is_never_a_whole_number_of_many_digits() -> None:
    assert math.isnan(factor_at(parsed_factor("t^t"), 10**7))
    assert math.isnan(factor_at(parsed_factor("1/t"), 0))


@pytest.mark.parametrize("text", ["", "x", "a t", "0.9^", "relu(t)"])
def test_that_all_but_an_expression_in_t_is_refused(text: str) -> None:
    with pytest.raises(SettingError):
        parsed_factor(text)
