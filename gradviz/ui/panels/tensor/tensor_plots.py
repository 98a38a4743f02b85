"""The histogram of a tensor, and its last two dimensions as a map of colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gradviz.core.findings.tensor_view import HeatMap, Histogram, edges
from gradviz.core.graphs.tensors import Floats
from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import counted, short
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.theme import Theme

if TYPE_CHECKING:
    import pyqtgraph as pg

_TICK_PIXELS = 11
#: What is said of a map whose cells stand for several values.
_MEANS_OF_CELLS = marked("{values} in {rows} × {columns} cells, each the mean of its values")
_EXTREMES_OF_CELLS = marked(
    "{values} in {rows} × {columns} cells, each the value of the largest magnitude of its values"
)
#: More crosses than these say no more.
_MOST_CROSSES = 4000
#: Below, at and above zero; told apart by those who see fewer colours too.
_COLOURS = {
    "light": ((29, 95, 180), (250, 250, 252), (181, 57, 26)),
    "dark": ((140, 190, 247), (38, 42, 50), (255, 150, 115)),
}


class TensorPlot(QWidget):
    """A plot with a line of text above it; pyqtgraph is loaded with the first thing to draw."""

    #: Its name, to be translated.
    title = ""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.plot: pg.PlotWidget | None = None
        self.note = named(QLabel(), "hint", title=tr("{plot}, in words", plot=tr(self.title)))
        self.note.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.note)
        self._column.addStretch(0)

    def use_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self._theme = theme
        if self.plot is not None:
            self._paint_axes(self.plot)

    def made_plot(self) -> pg.PlotWidget:
        """Return the plot, made when it is first needed."""
        from gradviz.ui.panels.plots.empty_plot import empty_plot

        if self.plot is None:
            plot = self.plot = empty_plot()
            plot.setMinimumHeight(40)
            plot.setAccessibleName(tr(self.title))
            plot.describe = self.note.text
            self._paint_axes(plot)
            self.furnish(plot)
            self._column.addWidget(plot, 1)
        return self.plot

    def furnish(self, plot: pg.PlotWidget) -> None:
        """Add the items of the plot, once."""

    def _paint_axes(self, plot: pg.PlotWidget) -> None:
        font = QFont(QGuiApplication.font())
        font.setPixelSize(_TICK_PIXELS)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(self._theme.look.line)
            axis.setTextPen(self._theme.look.secondary)
            axis.setTickFont(font)
            axis.enableAutoSIPrefix(False)


class HistogramPlot(TensorPlot):
    """Bars over the values; how many elements are in each."""

    title = marked("Histogram")

    def show_histogram(self, histogram: Histogram) -> None:
        """Draw one."""
        plot = self.made_plot()
        low, high, counts = histogram.low, histogram.high, histogram.counts
        if low == high:
            # One value alone has no width of its own.
            half = abs(low) / 100 or 0.5
            low, high = low - half, high + half
        bounds = np.linspace(low, high, len(counts) + 1)
        self._bars.setData(bounds, np.array(counts, float))
        plot.setRange(xRange=(low, high), yRange=(0, max(counts) or 1), padding=0.02)
        self.note.setText(_histogram_text(histogram, bounds))

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        if self.plot is not None:
            self._paint_bars()

    def furnish(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        self._bars = pg.PlotCurveItem([0.0, 1.0], [0.0], stepMode="center", fillLevel=0)
        plot.addItem(self._bars)
        plot.setMouseEnabled(x=True, y=False)
        self._paint_bars()

    def _paint_bars(self) -> None:
        import pyqtgraph as pg

        accent = pg.mkColor(self._theme.look.accent)
        self._bars.setPen(pg.mkPen(accent))
        accent.setAlpha(90)
        self._bars.setBrush(pg.mkBrush(accent))


class HeatMapPlot(TensorPlot):
    """A cell for each element, or for a few together; crosses where one is not finite."""

    title = marked("Heat map")

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._map: HeatMap | None = None
        self._extremes = False

    def show_map(self, heat_map: HeatMap, *, extremes: bool) -> None:
        """Draw one: the mean of each cell, or its value of the largest magnitude."""
        self._map, self._extremes = heat_map, extremes
        plot = self.made_plot()
        cells = (heat_map.extreme if extremes else heat_map.mean).floats()
        finite = cells[np.isfinite(cells)]
        self._bound = float(np.abs(finite).max()) if finite.size else 0.0
        # Scaled here: values near the end of their type have no difference in it.
        scaled = cells / (self._bound or 1.0)
        self._image.setImage(scaled, levels=(-1.0, 1.0), autoLevels=False)
        self._image.setRect(0, 0, heat_map.columns, heat_map.rows)
        self._cross(heat_map)
        plot.setRange(xRange=(0, heat_map.columns), yRange=(0, heat_map.rows), padding=0.01)
        self.note.setText(self._told())

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        if self.plot is not None:
            self._paint_map()

    def furnish(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        self._image = pg.ImageItem(axisOrder="row-major")
        self._crosses = pg.ScatterPlotItem(symbol="x", size=7)
        plot.addItem(self._image)
        plot.addItem(self._crosses)
        # Rows run down, as they do in the table.
        plot.invertY(True)
        plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self._paint_map()

    def _paint_map(self) -> None:
        import pyqtgraph as pg

        colours = _COLOURS["dark" if self._theme.look.name.startswith("dark") else "light"]
        self._image.setLookupTable(pg.ColorMap((0.0, 0.5, 1.0), colours).getLookupTable(nPts=511))
        self._crosses.setPen(pg.mkPen(self._theme.look.text))

    def _cross(self, heat_map: HeatMap) -> None:
        down, across = _edges_of(heat_map)
        rows, columns = np.nonzero(heat_map.bad.numpy())
        rows, columns = rows[:_MOST_CROSSES], columns[:_MOST_CROSSES]
        x = [(across[place] + across[place + 1]) / 2 for place in columns]
        y = [(down[place] + down[place + 1]) / 2 for place in rows]
        self._crosses.setData(x=x, y=y)

    def _told(self) -> str:
        if self._map is None:
            return ""
        rows, columns = self._map.mean.shape
        values = tr_n(
            "{rows} × {columns} values",
            "{rows} × {columns} value",
            self._map.rows * self._map.columns,
            rows=counted(self._map.rows),
            columns=counted(self._map.columns),
        )
        if (rows, columns) != (self._map.rows, self._map.columns):
            kind = _EXTREMES_OF_CELLS if self._extremes else _MEANS_OF_CELLS
            values = tr(kind, values=values, rows=rows, columns=columns)
        scale = tr("blue −{bound}, pale 0, red {bound}", bound=short(self._bound))
        if self._map.bad.numpy().any():
            return tr(
                "{values}; {scale}; × marks a value that is not finite.", values=values, scale=scale
            )
        return tr("{values}; {scale}.", values=values, scale=scale)

    def _on_mouse_moved(self, place: QPointF) -> None:
        if self.plot is None or self._map is None:
            return
        at = self.plot.getViewBox().mapSceneToView(place)
        reading = self.reading(at.x(), at.y())
        self.plot.setToolTip(reading)

    def reading(self, x: float, y: float) -> str:
        """Return the value, or the mean and extreme, of the cell at a point; empty outside."""
        if self._map is None or not (0 <= x < self._map.columns and 0 <= y < self._map.rows):
            return ""
        down, across = _edges_of(self._map)
        row = int(np.searchsorted(down, y, side="right")) - 1
        column = int(np.searchsorted(across, x, side="right")) - 1
        mean = float(self._map.mean.floats()[row, column])
        place = tr("row {row}, column {column}", row=_span(down, row), column=_span(across, column))
        if down[row + 1] - down[row] == 1 == across[column + 1] - across[column]:
            value = tr("not finite") if self._map.bad.numpy()[row, column] else short(mean)
            return f"{place}\n{value}"
        extreme = float(self._map.extreme.floats()[row, column])
        lines = (
            place,
            tr("mean {value}", value=short(mean)),
            tr("largest magnitude {value}", value=short(extreme)),
        )
        return "\n".join(lines)


def _histogram_text(histogram: Histogram, bounds: Floats) -> str:
    """Return a histogram in words; `bounds` has shape (bins + 1,)."""
    counts = histogram.counts
    count = sum(counts)
    if histogram.low == histogram.high:
        return tr_n(
            "All {shown} finite values are {value}.",
            "The one finite value is {value}.",
            count,
            shown=counted(count),
            value=short(histogram.low),
        )
    most = int(np.argmax(counts))
    return tr(
        "{bins} bins; the fullest has {most} of {count} values, from {low} to {high}.",
        bins=len(counts),
        most=counted(counts[most]),
        count=counted(count),
        low=short(bounds[most]),
        high=short(bounds[most + 1]),
    )


def _edges_of(heat_map: HeatMap) -> tuple[list[int], list[int]]:
    rows, columns = heat_map.mean.shape
    return edges(heat_map.rows, rows), edges(heat_map.columns, columns)


def _span(bounds: list[int], place: int) -> str:
    first, last = bounds[place], bounds[place + 1] - 1
    if first == last:
        return counted(first)
    return tr("{first} to {last}", first=counted(first), last=counted(last))
