"""A plot in a file: its curves where their values are, its numbers round."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gradviz.render.plots.plot_painter import (
    Plot,
    PlotCurve,
    PlotGround,
    paint_ground,
    paint_plot,
    ticks,
)
from gradviz.render.style import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")

AREA = QRectF(0, 0, 400, 240)
INK = "#FF0000"


def painted(*curves: PlotCurve, logarithmic: bool = False) -> QImage:
    ground = PlotGround((0.0, 10.0, 0.0, 4.0), ("x", "y"), logarithmic)
    image = QImage(400, 240, QImage.Format.Format_RGB888)
    painter = QPainter(image)
    paint_ground(painter, ground, AREA, LIGHT)
    paint_plot(painter, Plot(ground, [("─ y", LIGHT.text)], curves), AREA)
    painter.end()
    return image


def inked(image: QImage) -> list[tuple[int, int]]:
    """Return the pixels that the curve covers."""
    ink = QColor(INK)
    return [(x, y) for y in range(240) for x in range(400) if image.pixelColor(x, y) == ink]


@given(st.floats(-1e12, 1e12, allow_subnormal=False), st.floats(1e-6, 1e12, allow_subnormal=False))
def test_that_ticks_are_few_round_and_within_the_range(low: float, size: float) -> None:
    high = low + size
    if high - low < 1e-9 * abs(low):
        return
    found = ticks(low, high)
    assert 2 <= len(found) <= 11
    slack = 1e-6 * (high - low)
    assert all(low - slack <= value <= high + slack for value in found)
    steps = np.diff(found)
    assert np.allclose(steps, steps[0], rtol=1e-6, atol=slack)
    first = f"{steps[0]:.6e}"[0]
    assert first in "1259" or math.isclose(steps[0], float(f"{steps[0]:.0e}"), rel_tol=1e-3)


@given(st.integers(0, 5), st.integers(1, 3))
def test_that_the_ticks_of_steps_and_exponents_are_whole(low: int, size: int) -> None:
    assert all(value == round(value) for value in ticks(low, low + size, whole=True))


def test_that_a_curve_is_higher_where_its_values_are_larger() -> None:
    x = np.array([0.0, 10.0])
    low = inked(painted(PlotCurve(x, np.array([1.0, 1.0]), INK)))
    high = inked(painted(PlotCurve(x, np.array([3.0, 3.0]), INK)))
    assert low
    assert min(y for _, y in low) > max(y for _, y in high)
    rows = {y for _, y in low}
    assert len(rows) <= 3


def test_that_a_logarithmic_axis_has_powers_at_even_distances() -> None:
    x = np.array([0.0, 10.0])
    rows = []
    for value in (10.0, 100.0, 1000.0):
        image = painted(PlotCurve(x, np.array([value, value]), INK), logarithmic=True)
        rows.append(np.mean([y for _, y in inked(image)]))
    assert rows[0] - rows[1] == pytest.approx(rows[1] - rows[2], abs=1)


def test_that_a_curve_has_a_gap_where_it_is_not_finite() -> None:
    x = np.linspace(0, 10, 11)
    whole = np.full(11, 2.0)
    broken = whole.copy()
    broken[4:7] = math.nan
    gap = {x for x, _ in inked(painted(PlotCurve(x, whole, INK)))} - {
        x for x, _ in inked(painted(PlotCurve(x, broken, INK)))
    }
    assert len(gap) > 100


def test_that_a_curve_of_the_ground_looks_as_one_above_it() -> None:
    curve = PlotCurve(np.array([0.0, 10.0]), np.array([1.0, 3.0]), INK)
    ground = PlotGround((0.0, 10.0, 0.0, 4.0), ("x", "y"), curves=(curve,))
    image = QImage(400, 240, QImage.Format.Format_RGB888)
    painter = QPainter(image)
    paint_ground(painter, ground, AREA, LIGHT)
    paint_plot(painter, Plot(ground, [("─ y", LIGHT.text)], ()), AREA)
    painter.end()
    assert image == painted(curve)


@pytest.mark.parametrize("value", [math.inf, -math.inf, 1e308, -1e308])
def test_that_values_beyond_every_axis_are_no_fault(value: float) -> None:
    curve = PlotCurve(np.array([0.0, 5.0, 10.0]), np.array([1.0, value, 1.0]), INK)
    painted(curve)
    painted(curve._replace(dots=True))
    painted(curve, logarithmic=True)
