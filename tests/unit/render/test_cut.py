"""A curve that is cut to an area is the same curve within it."""

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from gradviz.render.cut import Curve, cut, is_straight

_Points = npt.NDArray[np.float64]
_AREA = QRectF(0, 0, 800, 600)
_places = st.tuples(st.floats(-20_000, 20_000), st.floats(-20_000, 20_000))
_curves = st.integers(1, 4).flatmap(
    lambda segments: st.lists(_places, min_size=3 * segments + 1, max_size=3 * segments + 1)
)
_lines = st.tuples(_places, _places).map(
    lambda ends: [
        tuple(a + (b - a) * part for a, b in zip(*ends, strict=True))
        for part in (0, 1 / 3, 2 / 3, 1)
    ]
)


def _points_of(curve: Curve) -> _Points:
    """Return many points of a curve, of shape (n, 2)."""
    t = np.linspace(0, 1, 400)[:, None]
    parts = []
    for start in range(0, len(curve) - 1, 3):
        a, b, c, d = np.array(curve[start : start + 4])
        parts.append(
            (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d
        )
    return np.vstack(parts)


def _seen(points: _Points) -> _Points:
    x, y = points.T
    found: _Points = points[(x >= 0) & (x <= _AREA.width()) & (y >= 0) & (y <= _AREA.height())]
    return found


def _furthest(points: _Points, curve: _Points) -> float:
    """Return how far a point lies from the nearest chord of a curve."""
    starts, ends = curve[:-1], curve[1:]
    along = ends - starts
    lengths = np.maximum((along**2).sum(1), 1e-12)
    t = ((points[:, None] - starts) * along).sum(2) / lengths
    nearest = starts + np.clip(t, 0, 1)[..., None] * along
    return float(np.hypot(*(points[:, None] - nearest).transpose(2, 0, 1)).min(1).max())


@given(st.one_of(_curves, _lines))
@example([(0.0, 600.0), (0.0, 400.0), (-5e-324, 200.0), (-5e-324, 0.0)])
@example([(0.0, -5e-324), (0.0, 100.0), (-5e-324, 200.0), (-5e-324, 300.0)])
def test_that_all_of_a_curve_in_the_area_is_in_its_cut(points: list[tuple[float, float]]) -> None:
    curve = tuple(points)
    seen = _seen(_points_of(curve))
    found = cut(curve, _AREA)
    if found is None:
        assert not len(seen)
        return
    part, before = found
    assert before >= 0.0
    if len(seen):
        assert _furthest(seen, _points_of(part)) < 2.0


@pytest.mark.parametrize("far", [1.0, 5.0, 20_000.0])
def test_that_a_loop_is_no_line(far: float) -> None:
    loop = ((0.0, -1.0), (0.0, 0.0), (0.0, far), (0.0, -1.0))
    assert not is_straight(loop)
    assert cut(loop, _AREA) is not None


@given(st.one_of(_curves, _lines))
def test_that_a_cut_is_a_part_of_its_curve(points: list[tuple[float, float]]) -> None:
    found = cut(tuple(points), _AREA)
    if found is not None:
        whole = _points_of(tuple(points))
        assert _furthest(_points_of(found[0])[::40], whole) < 10.0


@pytest.mark.parametrize("length", [5_000.0, 600_000.0])
def test_that_a_long_straight_edge_is_cut_to_little_more_than_the_area(length: float) -> None:
    line = tuple((400.0, -length / 2 + length * part) for part in (0, 1 / 3, 2 / 3, 1))
    assert is_straight(line)
    found = cut(line, _AREA)
    assert found is not None
    part, before = found
    assert [round(value, 6) for value in (*part[0], *part[-1])] == [400, 0, 400, 600]
    assert math.isclose(before, length / 2)


def test_that_a_long_curve_is_cut_to_a_small_part() -> None:
    curve = ((400.0, -300_000.0), (900.0, -100_000.0), (-100.0, 100_000.0), (400.0, 300_000.0))
    assert not is_straight(curve)
    found = cut(curve, _AREA)
    assert found is not None
    part, before = found
    assert abs(part[-1][1] - part[0][1]) < 3_000
    assert 290_000 < before < 310_000
