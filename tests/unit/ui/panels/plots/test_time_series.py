"""What is kept of a run to draw parameters over time, and the axes that move by steps."""

import math

from hypothesis import given
from hypothesis import strategies as st

from gradviz.ui.panels.plots.residual_panel import rounded_up
from gradviz.ui.state.time_series import TimeSeries


@given(st.lists(st.integers(1, 500), min_size=1, max_size=300), st.integers(4, 20))
def test_that_a_time_series_is_bounded_and_keeps_its_first_row(gaps: list[int], limit: int) -> None:
    series, step = TimeSeries(limit), 0
    series.add(0, [0.0])
    for gap in gaps:
        step += gap
        series.add(step, [float(step)])
        assert len(series) < limit
    steps, values = series.arrays()
    assert steps[0] == 0
    assert (values[:, 0] == steps).all()
    assert sorted(set(steps)) == list(steps)


def test_that_a_long_run_is_kept_evenly() -> None:
    series = TimeSeries(100)
    for step in range(100_000):
        series.add(step, [1.0])
    steps, _ = series.arrays()
    gaps = steps[1:] - steps[:-1]
    assert 40 <= len(steps) < 100
    assert gaps.max() <= 2 * gaps.min()
    assert steps[-1] > 95_000


def test_that_what_came_after_a_step_is_forgotten_when_the_run_returns_to_it() -> None:
    series = TimeSeries()
    for step in (0, 10, 20, 30):
        series.add(step, [float(step)])
    series.add(20, [7.0])
    steps, values = series.arrays()
    assert list(steps) == [0, 10, 20]
    assert values[-1, 0] == 7.0


@given(st.floats(1e-30, 1e30))
def test_that_an_axis_holds_its_value_in_steps_of_one_two_and_five(value: float) -> None:
    limit = rounded_up(value)
    assert value <= limit <= 2.5 * value * (1 + 1e-9)
    mantissa = limit / 10 ** math.floor(math.log10(limit) + 1e-9)
    assert min(abs(mantissa - step) for step in (1, 2, 5)) < 1e-6


def test_that_an_axis_without_a_height_has_one_all_the_same() -> None:
    assert rounded_up(0.0) == 1.0
