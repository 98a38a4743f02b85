"""One plot as it is painted into a file: heading, axes with numbers, and curves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gradviz.core.graphs.tensors import Floats
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import counted, short
from gradviz.render.fonts import fonts
from gradviz.render.plots.drawn_curves import DOT, WIDTH, unit_below
from gradviz.render.style import Theme

#: The lines of the grid are as faint as those of the window.
_GRID = 0.12
#: Between texts, and between the numbers of an axis and its line.
_GAP = 6.0
_SIGN_SPACE = "\u2002"
#: So many numbers stand at an axis, about.
_TICKS = 4
#: The axis of steps has whole numbers alone.
_STEP = marked("step")
#: The names of axes that are words; others are letters.
_WORDS = frozenset({_STEP, marked("loss"), marked("loss (log)")})


class PlotCurve(NamedTuple):
    """A curve of shape (n,), with gaps where it is not finite, or the dots of some points."""

    x: Floats
    y: Floats
    colour: str
    width: float = WIDTH
    dashed: bool = False
    dots: bool = False


@dataclass(frozen=True, eq=False)
class PlotGround:
    """The part of a plot beneath its changing curves; no two of them are equal.

    Attributes:
        ranges: Left, right, lowest, highest; the heights of a logarithmic axis as exponents.
        names: Those of the horizontal and the vertical axis.
        logarithmic: Whether the heights are.
        curves: Those beneath all others.
    """

    ranges: tuple[float, float, float, float]
    names: tuple[str, str]
    logarithmic: bool = False
    curves: Sequence[PlotCurve] = ()


class Plot(NamedTuple):
    """All that a plot shows; the heading has texts, each in its colour."""

    ground: PlotGround
    heading: Sequence[tuple[str, str]]
    curves: Sequence[PlotCurve]


def paint_ground(painter: QPainter, ground: PlotGround, area: QRectF, theme: Theme) -> None:
    """Paint the ground of a plot into an area, in the look that plots have in the window."""
    painter.fillRect(area, QColor(theme.panel))
    _paint_axes(painter, ground, _inside(ground, area), theme)
    _paint_curves(painter, ground, ground.curves, area)


def paint_plot(painter: QPainter, plot: Plot, area: QRectF) -> None:
    """Paint the heading and the curves of a plot over its ground, which is painted in `area`."""
    _paint_heading(painter, plot.heading, area.adjusted(_GAP, 2, -_GAP, 0))
    _paint_curves(painter, plot.ground, plot.curves, area)


def _paint_curves(
    painter: QPainter, ground: PlotGround, curves: Sequence[PlotCurve], area: QRectF
) -> None:
    inside = _inside(ground, area)
    left, right, low, high = ground.ranges
    to_x = inside.width() / ((right - left) or 1.0)
    to_y = inside.height() / ((high - low) or 1.0)

    def place(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        with np.errstate(over="ignore"):
            return inside.left() + (x - left) * to_x, inside.bottom() - (y - low) * to_y

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(inside.adjusted(-1, -1, 1, 1))
    for curve in curves:
        with np.errstate(invalid="ignore", divide="ignore"):
            heights = np.log10(curve.y) if ground.logarithmic else curve.y
        _paint_curve(painter, curve, *place(curve.x, np.asarray(heights, dtype=np.float64)))
    painter.restore()


def ticks(low: float, high: float, *, whole: bool = False) -> list[float]:
    """Return about four round numbers from `low` to `high`; whole ones of exponents and steps."""
    unit = unit_below(max(high - low, 1e-300) / _TICKS)
    if whole:
        unit = max(1.0, unit)
    first, last = int(np.ceil(low / unit - 1e-9)), int(np.floor(high / unit + 1e-9))
    return [place * unit for place in range(first, last + 1)]


def _paint_heading(painter: QPainter, heading: Sequence[tuple[str, str]], area: QRectF) -> None:
    face = fonts().subtitle
    painter.setFont(face.font)
    left = area.left()
    for text, colour in heading:
        shown = face.elided(text, max(0.0, area.right() - left))
        painter.setPen(QColor(colour))
        painter.drawText(QPointF(left, area.top() + face.ascent), shown)
        left += face.width(shown) + face.width(_SIGN_SPACE)


def _inside(ground: PlotGround, area: QRectF) -> QRectF:
    """Return the area of the curves, within their axes."""
    face = fonts().subtitle
    numbers = max((face.width(text) for _, text in _heights(ground)), default=0.0)
    left = face.height + numbers + 2 * _GAP
    return area.adjusted(left, 1.5 * face.height + _GAP, -2 * _GAP, -2 * face.height - _GAP)


def _heights(ground: PlotGround) -> list[tuple[float, str]]:
    found = ticks(*ground.ranges[2:], whole=ground.logarithmic)
    if ground.logarithmic:
        return [(value, short(10.0**value)) for value in found]
    return [(value, short(value)) for value in found]


def _paint_axes(painter: QPainter, ground: PlotGround, inside: QRectF, theme: Theme) -> None:
    face = fonts().subtitle
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(face.font)
    left, right, low, high = ground.ranges
    grid, line, text = QColor(theme.text), QColor(theme.line), QColor(theme.secondary)
    grid.setAlphaF(_GRID)
    for value, told in _heights(ground):
        y = inside.bottom() - (value - low) * inside.height() / ((high - low) or 1.0)
        painter.setPen(QPen(grid, 1))
        painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y))
        painter.setPen(text)
        beside = QPointF(inside.left() - _GAP - face.width(told), y + face.ascent / 2 - 1)
        painter.drawText(beside, told)
    painter.setPen(QPen(line, 1))
    painter.drawPolyline([inside.topLeft(), inside.bottomLeft(), inside.bottomRight()])
    painter.setPen(text)
    base = inside.bottom() + face.ascent + 2
    counts = ground.names[0] in (_STEP, tr(_STEP))
    for value in ticks(left, right, whole=counts):
        told = counted(round(value)) if counts else short(value)
        x = inside.left() + (value - left) * inside.width() / ((right - left) or 1.0)
        painter.drawText(QPointF(x - face.width(told) / 2, base), told)
    across, up = (tr(name) if name in _WORDS else name for name in ground.names)
    middle = inside.center()
    beneath = QPointF(middle.x() - face.width(across) / 2, base + face.height)
    painter.drawText(beneath, across)
    widest = max((face.width(told) for _, told in _heights(ground)), default=0.0)
    painter.translate(inside.left() - widest - 2 * _GAP, middle.y() + face.width(up) / 2)
    painter.rotate(-90)
    painter.drawText(QPointF(0, 0), up)
    painter.restore()


def _paint_curve(painter: QPainter, curve: PlotCurve, x: Floats, y: Floats) -> None:
    colour = QColor(curve.colour)
    if curve.dots:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for across, up in zip(x.tolist(), y.tolist(), strict=True):
            if abs(up) < _FAR:
                painter.drawEllipse(QPointF(across, up), DOT / 2, DOT / 2)
        return
    style = Qt.PenStyle.DashLine if curve.dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(colour, curve.width, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_path(x, y))


#: Qt counts in numbers that end: beyond this a line leaves the picture anyway.
_FAR = 1e6


def _path(x: Floats, y: Floats) -> QPainterPath:
    """Return the lines between neighbours that are both finite."""
    path, joined = QPainterPath(), False
    known = np.isfinite(x) & np.isfinite(y)
    near = np.clip(np.nan_to_num(y), -_FAR, _FAR)
    for across, up, finite in zip(x.tolist(), near.tolist(), known.tolist(), strict=True):
        if finite and joined:
            path.lineTo(across, up)
        elif finite:
            path.moveTo(across, up)
        joined = finite
    return path
