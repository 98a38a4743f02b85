"""Curves as they are drawn: few points with all peaks, gaps at poles, ranges that show them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gradviz.core.graphs.tensors import Floats
from gradviz.render.plots.drawn_curves import (
    broken_at_poles,
    few,
    is_logarithmic,
    log_range,
    nice_range,
    robust_range,
)

_X = np.linspace(-3.0, 3.0, 2000)
_FINITE = st.floats(-1e30, 1e30)


@given(arrays(np.float64, st.integers(1, 5000), elements=st.floats(width=64)))
def test_that_few_points_keep_ends_and_peaks(y: Floats) -> None:
    x = np.arange(len(y), dtype=np.float64)
    places, shown = few(x, y)
    assert len(shown) <= 900 + np.count_nonzero(~np.isfinite(y))
    assert (places[0], places[-1]) == (0, len(y) - 1)
    assert (np.diff(places) > 0).all()
    finite = np.isfinite(y)
    if finite.any():
        seen = shown[np.isfinite(shown)]
        assert (seen.min(), seen.max()) == (y[finite].min(), y[finite].max())


def test_that_a_fitted_curve_is_drawn_through_500_points_or_more() -> None:
    assert len(few(_X, np.sin(_X))[0]) >= 500
    assert len(few(_X[:512], np.sin(_X[:512]))[0]) == 512


def test_that_a_gap_stays_a_gap() -> None:
    y = np.sin(_X)
    y[1000] = np.nan
    assert np.isnan(few(_X, y)[1]).sum() == 1


@pytest.mark.parametrize(("of", "poles"), [(np.tan, 2), (lambda x: 1 / (x - 0.123), 1)])
def test_that_a_pole_leaves_a_gap_and_does_not_ruin_the_range(of: object, poles: int) -> None:
    y = of(_X)  # type: ignore[operator]
    _, broken = broken_at_poles(_X, y)
    assert np.isnan(broken).sum() == poles
    shown = robust_range(y)
    assert shown is not None
    assert -60 < shown[0] < -1
    assert 1 < shown[1] < 60
    assert np.abs(y).max() > 100


@pytest.mark.parametrize(
    "y", [_X, 1e16 * _X, _X**3, np.exp(_X), np.sin(20 * _X), np.floor(_X), np.abs(_X), np.sign(_X)]
)
def test_that_a_curve_without_a_pole_is_whole(y: Floats) -> None:
    assert not np.isnan(broken_at_poles(_X, y)[1]).any()
    assert robust_range(y) == (y.min(), y.max())


def test_that_lonely_points_are_left_as_they_are() -> None:
    y = np.where(np.arange(2000) % 2, np.nan, 1.0)
    assert np.array_equal(broken_at_poles(_X, y)[1], y, equal_nan=True)


def test_that_a_range_of_nothing_finite_is_none() -> None:
    assert robust_range(np.array([np.nan, np.inf])) is None


@given(_FINITE, _FINITE)
def test_that_a_linear_range_holds_the_values_and_little_more(one: float, other: float) -> None:
    low, high = sorted((one, other))
    bottom, top = nice_range(low, high)
    slack = 1e-9 * max(abs(low), abs(high))
    assert bottom <= low + slack
    assert high - slack <= top
    assert bottom < top


def test_that_a_classifier_that_learns_little_is_not_seen_flat() -> None:
    bottom, top = nice_range(2.01, 2.29)
    assert top - bottom < 0.5
    assert nice_range(0.1, 215800.0) == (0.0, 250_000.0)


@pytest.mark.parametrize(
    ("scale", "lowest", "highest", "expected"),
    [
        ("auto", 2.01, 2.29, False),
        ("auto", 8.8, 215800.0, True),
        ("auto", -3.5, 2000.0, False),
        ("auto", 0.0, 2000.0, False),
        ("log", 2.01, 2.29, True),
        ("linear", 8.8, 215800.0, False),
    ],
)
def test_that_an_axis_is_logarithmic_only_where_that_shows_the_loss(
    scale: object, lowest: float, highest: float, *, expected: bool
) -> None:
    assert is_logarithmic(scale, lowest, highest) == expected  # type: ignore[arg-type]


@given(st.floats(1e-300, 1e300), st.floats(1e-300, 1e300))
def test_that_a_logarithmic_range_holds_the_values(one: float, other: float) -> None:
    low, high = sorted((one, other))
    bottom, top = log_range(low, high)
    assert bottom <= np.log10(low)
    assert np.log10(high) <= top
    assert top - bottom >= 1
