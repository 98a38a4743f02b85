"""The items of a landscape's plot; loads pyqtgraph, so it is imported with the first plot."""

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsItem

from gradviz.core.choices.comparison import MOST
from gradviz.core.graphs.tensors import Floats
from gradviz.core.landscapes.contours import Relief
from gradviz.render.plots.drawn_curves import WIDTH
from gradviz.render.style import mixed
from gradviz.ui.panels.plots.dragged_point import DraggedPoint
from gradviz.ui.widgets.theme import Theme

#: The length of the arrow, in pixels.
_ARROW: Final = 46.0
#: More points of a way are not told apart.
_MOST_POINTS: Final = 300
_COLOURS: Final = 256
#: The strongest colour of a map: so much of it over the panel.
_STRONGEST: Final = 0.62
#: The hue of a map; of the contour lines, so much of the text's colour over the panel.
_HUE, _LINES = {"light": "#4A6FA5", "dark": "#7FA8DE"}, 0.42


class LandscapeItems:
    """The map with its lines or the curve with its tangent; the ways; the arrow and the point."""

    def __init__(self, plot: pg.PlotWidget, moved: Callable[[float, float], None]) -> None:
        self._plot = plot
        self._direction: tuple[float, float] | None = None
        self._relief: Relief | None = None
        self._table = np.zeros((_COLOURS, 4), np.uint8)
        self.map = pg.ImageItem(axisOrder="row-major")
        self.lines = pg.PlotCurveItem(connect="pairs", antialias=True)
        self.curve = pg.PlotCurveItem(connect="finite")
        self.tangent = pg.PlotCurveItem()
        self.way = pg.PlotCurveItem(connect="finite")
        self.runs = [pg.PlotCurveItem(connect="finite") for _ in range(MOST)]
        self.labels = [pg.TextItem(str(number), anchor=(0, 0.5)) for number in range(1, MOST + 1)]
        self.start = pg.ScatterPlotItem(size=9, symbol="s")
        self.arrow = pg.ArrowItem(headLen=13, tipAngle=34, tailLen=_ARROW - 13, tailWidth=3)
        self.point = DraggedPoint(moved)
        for item in (self.map, self.lines):
            # They are painted anew only where they change, and not with each step of a way.
            item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        items = (self.map, self.lines, self.curve, self.tangent, *self.runs, self.way, self.start)
        for place, item in enumerate((*items, *self.labels, self.arrow, self.point)):
            item.setZValue(place)
            plot.addItem(item, ignoreBounds=True)
        box = plot.getViewBox()
        box.sigRangeChanged.connect(self._point_arrow)
        box.sigResized.connect(self._point_arrow)

    def paint(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        look = theme.look
        self._table = _table(look.panel, _HUE[look.name])
        self.lines.setPen(pg.mkPen(mixed(look.text, look.panel, _LINES), width=1))
        self.curve.setPen(pg.mkPen(look.now, width=WIDTH))
        self.tangent.setPen(pg.mkPen(look.done, width=WIDTH, style=Qt.PenStyle.DashLine))
        self.way.setPen(pg.mkPen(look.now, width=WIDTH))
        self.start.setPen(pg.mkPen(look.panel, width=1))
        self.start.setBrush(pg.mkBrush(look.now))
        for run, label, colour in zip(self.runs, self.labels, theme.runs, strict=True):
            run.setPen(pg.mkPen(colour, width=WIDTH))
            label.setColor(colour)
        self.arrow.setStyle(brush=pg.mkBrush(look.done), pen=pg.mkPen(look.panel, width=1))
        self.point.paint_in(theme, look.now)
        if self._relief is not None:
            self._colour()

    def show_map(self, x: Floats, y: Floats, relief: Relief) -> None:
        """Show a map of shape (rows, columns) over `y` and `x`, with its contour lines."""
        self._relief = relief
        self._colour()
        across, up = _cell(x), _cell(y)
        rect = QRectF(x[0] - across / 2, y[0] - up / 2, x[-1] - x[0] + across, y[-1] - y[0] + up)
        self.map.setRect(rect)
        places = relief.lines.reshape(-1, 2)
        self.lines.setData(places[:, 0], places[:, 1])
        for item, seen in ((self.map, True), (self.lines, True), (self.curve, False)):
            item.setVisible(seen)
        self.tangent.hide()

    def show_curve(self, x: Floats, y: Floats) -> None:
        """Show a curve in place of a map."""
        self._relief = None
        self.curve.setData(x, y)
        self.curve.show()
        self.map.hide()
        self.lines.hide()

    def show_tangent(self, x: Floats, y: Floats | None) -> None:
        """Show the tangent, or none."""
        if y is not None:
            self.tangent.setData(x, y)
        self.tangent.setVisible(y is not None)

    def show_way(self, points: Floats) -> None:
        """Show the way of the training, shape (n, 2), and where it begins."""
        _draw(self.way, points)
        moved = len(points) > 1
        self.start.setVisible(moved)
        if moved:
            self.start.setData(points[:1, 0], points[:1, 1])

    def show_runs(self, ways: dict[int, Floats]) -> None:
        """Show the ways of the compared runs, each with its number at its end."""
        for number, (item, label) in enumerate(zip(self.runs, self.labels, strict=True), start=1):
            points = ways.get(number)
            known = points is not None and len(points) > 0 and bool(np.isfinite(points[-1]).all())
            label.setVisible(known)
            _draw(item, points if points is not None else np.empty((0, 2)))
            if points is not None and known:
                label.setPos(*points[-1])

    def show_arrow(self, direction: tuple[float, float] | None) -> None:
        """Show an arrow from the point in a direction, in the units of the axes; or none."""
        self._direction = direction
        self._point_arrow()

    def hide_all(self) -> None:
        """Show nothing of a landscape that is not there."""
        for item in (self.map, self.lines, self.curve, self.tangent):
            item.hide()
        self.show_arrow(None)

    def _colour(self) -> None:
        if self._relief is not None:
            heights = self._relief.heights
            known = np.isfinite(heights)
            places = np.where(known, heights, 0.0) * (_COLOURS - 1)
            image = self._table[places.astype(np.intp)]
            image[~known, 3] = 0
            self.map.setImage(image, autoLevels=False)

    def _point_arrow(self, *_: object) -> None:
        if self._direction is None:
            self.arrow.hide()
            return
        wide, high = self._plot.getViewBox().viewPixelSize()
        # On the screen y runs down.
        right, down = self._direction[0] / wide, -self._direction[1] / high
        length = math.hypot(right, down)
        self.arrow.setVisible(length > 0 and math.isfinite(length))
        if not self.arrow.isVisible():
            return
        right, down = right / length, down / length
        place = self.point.pos()
        self.arrow.setPos(
            QPointF(place.x() + right * _ARROW * wide, place.y() - down * _ARROW * high)
        )
        self.arrow.setStyle(angle=math.degrees(math.atan2(-down, -right)))


def _cell(values: Floats) -> float:
    return float(values[-1] - values[0]) / max(1, len(values) - 1) or 1.0


def _draw(item: pg.PlotCurveItem, points: Floats) -> None:
    stride = max(1, -(-len(points) // _MOST_POINTS))
    chosen = np.append(points[::stride], points[-1:], axis=0)
    item.setData(chosen[:, 0], chosen[:, 1])
    item.setVisible(len(points) > 1)


def _table(low: str, hue: str) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Return the colours from the lowest to the highest value, shape (colours, 4)."""
    parts: Sequence[float] = np.linspace(0.0, _STRONGEST, _COLOURS).tolist()
    colours = [QColor(mixed(hue, low, part)) for part in parts]
    rows = [(each.red(), each.green(), each.blue(), 255) for each in colours]
    return np.array(rows, np.uint8)
