"""The dotted background of the canvas."""

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from gradviz.render.style import METRICS, Theme

#: A dot of the grid in pixels of the device.
_DOT = 2


def paint_grid(painter: QPainter, theme: Theme, area: QRectF, scale: float) -> None:
    """Paint the dotted background over `area`; no dots where they would merge."""
    spacing = METRICS.grid
    if spacing * scale < 12:
        return
    # A dot whose middle is outside of the area may still reach into it.
    reach = 2 / scale
    area = area.adjusted(-reach, -reach, reach, reach)
    place, ratio = painter.worldTransform(), painter.device().devicePixelRatio()
    columns = _on_device(area.left(), area.right(), place.m11() * ratio, place.dx() * ratio)
    rows = _on_device(area.top(), area.bottom(), place.m22() * ratio, place.dy() * ratio)
    if not len(columns) or not len(rows):
        return
    row = _dots(columns - columns[0], QColor(theme.grid))
    row.setDevicePixelRatio(ratio)
    painter.save()
    painter.resetTransform()
    for top in rows.tolist():
        painter.drawImage(QPointF(int(columns[0]) / ratio, top / ratio), row)
    painter.restore()


def _on_device(first: float, last: float, scale: float, moved: float) -> npt.NDArray[np.int64]:
    """Return where the dots of the grid between two coordinates begin, in whole pixels."""
    numbers = np.arange(math.ceil(first / METRICS.grid), math.floor(last / METRICS.grid) + 1)
    return np.round(numbers * METRICS.grid * scale + moved).astype(np.int64) - _DOT // 2


def _dots(lefts: npt.NDArray[np.int64], color: QColor) -> QImage:
    """Return a row of dots that begin at `lefts`, in pixels.

    Thousands of dots that are painted one by one take longer than all else in a frame.
    """
    row = QImage(int(lefts[-1]) + _DOT, _DOT, QImage.Format.Format_ARGB32_Premultiplied)
    row.fill(Qt.GlobalColor.transparent)
    onto = QPainter(row)
    for left in lefts.tolist():
        onto.fillRect(left, 0, _DOT, _DOT, color)
    onto.end()
    return row
