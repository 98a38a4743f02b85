"""Contour lines against the values that they are lines of."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gradviz.core.landscapes.contours import LINES, contour_lines, relief_of


def grid(count: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    x, y = np.linspace(-2, 3, count), np.linspace(-1, 1, count + 7)
    return x, y, *np.meshgrid(x, y)


def test_that_the_contour_of_a_plane_lies_where_the_plane_has_that_value() -> None:
    x, y, across, up = grid()
    lines = contour_lines(x, y, 2 * across + 3 * up, np.array([0.7, -1.3]))
    values = 2 * lines[..., 0] + 3 * lines[..., 1]
    assert np.abs(np.minimum(np.abs(values - 0.7), np.abs(values + 1.3))).max() < 1e-12
    assert len(lines) > 100


def test_that_the_pieces_of_a_circle_are_as_long_as_it_is() -> None:
    x, y = np.linspace(-2, 2, 200), np.linspace(-2, 2, 200)
    across, up = np.meshgrid(x, y)
    lines = contour_lines(x, y, np.hypot(across, up), np.array([1.0]))
    length = np.hypot(*(lines[:, 1] - lines[:, 0]).T).sum()
    assert length == pytest.approx(2 * math.pi, rel=1e-3)


def test_that_the_two_lines_of_a_saddle_do_not_cross() -> None:
    x = y = np.array([0.0, 1.0])
    for level, corner in ((0.4, 0.0), (0.6, 0.0), (0.4, 1.0), (0.6, 1.0)):
        heights = np.array([[corner, 1 - corner], [1 - corner, corner]])
        one, two = contour_lines(x, y, heights, np.array([level]))
        # Their middles lie on either side of one of the diagonals.
        sides = [np.sign((line.mean(axis=0) - 0.5) @ d) for line in (one, two) for d in ([1, 1],)]
        others = [np.sign((line.mean(axis=0) - 0.5) @ [1, -1]) for line in (one, two)]
        assert sides[0] == -sides[1] or others[0] == -others[1]


@example(numbers=[*[0.0] * 10, 1.5255866587597193e265, 8.132759254765912e-44])
@given(
    st.lists(
        st.floats(-1e308, 1e308) | st.sampled_from([math.nan, math.inf, -math.inf]),
        min_size=12,
        max_size=12,
    )
)
def test_that_any_values_have_a_relief_from_0_to_1(numbers: list[float]) -> None:
    values = np.array(numbers).reshape(3, 4)
    relief = relief_of(np.arange(4.0), np.arange(3.0), values)
    finite = np.isfinite(values)
    assert relief.missing == (~finite).sum()
    assert (np.isnan(relief.heights) == ~finite).all()
    assert ((relief.heights[finite] >= 0) & (relief.heights[finite] <= 1)).all()
    assert np.isfinite(relief.lines).all()


def test_that_a_wide_range_is_shown_by_its_ratios_and_a_narrow_one_by_its_differences() -> None:
    x = np.arange(4.0)
    wide = relief_of(x, np.arange(1.0), np.array([[1.0, 10.0, 100.0, 1000.0]]))
    assert wide.logarithmic
    assert wide.heights == pytest.approx(np.array([[0, 1 / 3, 2 / 3, 1]]))
    narrow = relief_of(x, np.arange(1.0), np.array([[1.0, 2.0, 3.0, 4.0]]))
    assert not narrow.logarithmic
    assert narrow.heights == pytest.approx(np.array([[0, 1 / 3, 2 / 3, 1]]))
    negative = relief_of(x, np.arange(1.0), np.array([[-1e6, 2.0, 3.0, 1e6]]))
    assert not negative.logarithmic


def test_that_a_map_has_its_lines_without_the_cells_that_are_not_finite() -> None:
    x, y, across, up = grid(30)
    values = across**2 + up**2
    whole = relief_of(x, y, values)
    assert len(whole.lines) > 10 * LINES
    values[:, 10] = np.nan
    cut = relief_of(x, y, values)
    left, right = x[9], x[11]
    middle = cut.lines[..., 0].mean(axis=1)
    assert not ((middle > left) & (middle < right)).any()
