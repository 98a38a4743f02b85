"""Named values over the steps of the training, as curves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt

from gradviz.core.graphs.tensors import Floats
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import short
from gradviz.export.table import Series
from gradviz.render.plots.drawn_curves import WIDTH, few
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.plot_panel import PlotPanel, Range
from gradviz.ui.state.time_series import TimeSeries

if TYPE_CHECKING:
    import pyqtgraph as pg

#: More curves than this cannot be told apart.
_MAXIMUM_CURVES = 10
#: With eight colours that stay apart for those who see fewer of them, ten curves differ twice.
_DASHES = (
    (Qt.PenStyle.SolidLine, "━"),
    (Qt.PenStyle.DashLine, "╍"),
    (Qt.PenStyle.DotLine, "┉"),
)


class TimeSeriesPanel(PlotPanel):
    """A curve for each of the values that `values_now` gives."""

    height_name = marked("value")
    logarithmic = False
    refresh_ms = 66

    def __init__(self, context: PanelContext) -> None:
        self.curves: list[pg.PlotDataItem] = []
        self.time_series = TimeSeries()
        self.marker: pg.InfiniteLine | None = None
        self._names: tuple[str, ...] = ()
        super().__init__(context)
        # Many parameters have no room in one line, and must not make the window wider.
        self.heading.setWordWrap(True)
        context.state.branched.connect(self._on_branched)

    def values_now(self) -> Mapping[str, float]:
        """Return the values of this moment by their names."""
        return {}

    def step_now(self) -> int:
        """Return the step that the values of this moment belong to."""
        return self._state.progress.step

    def make_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        plot.setLogMode(y=self.logarithmic)
        self.marker = pg.InfiniteLine(angle=90)
        plot.addItem(self.marker, ignoreBounds=True)

    def paint_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        for curve, (colour, style, _) in zip(self.curves, self._signs(), strict=False):
            curve.setPen(pg.mkPen(colour, width=self._theme.stroke(WIDTH), style=style))
        if self.marker is not None:
            self.marker.setPen(pg.mkPen(self._theme.look.now, width=1, style=Qt.PenStyle.DashLine))

    def draw_curves(self, plot: pg.PlotWidget) -> None:
        self.keep()
        if [curve.name() for curve in self.curves] != list(self._names):
            for curve in self.curves:
                plot.removeItem(curve)
            self.curves = [plot.plot(name=name) for name in self._names]
            self.paint_curves(plot)
        if self.marker is not None:
            self.marker.setVisible(self._state.progress.newest is not None)
            self.marker.setValue(self._state.progress.step)
        steps, values = self._points()
        if not self._names:
            self.legend((tr("nothing has been recorded yet"), self._theme.look.secondary))
            return
        if self.logarithmic:
            values = np.where(values > 0, values, np.nan)
        for curve, column in zip(self.curves, values.T, strict=True):
            curve.setData(*few(steps, column), connect="finite")
        self.show_range(plot, self._whole_range(steps, values))
        self._show_values()

    def series(self) -> list[Series]:
        """Return every row that is kept, also where the curves are thinned."""
        if self.plot is None or not self._names:
            return []
        steps, values = self._points()
        return [
            Series(name, steps, column) for name, column in zip(self._names, values.T, strict=True)
        ]

    def keep(self) -> None:
        """Keep the values of this moment; that costs next to nothing, and nothing is drawn."""
        now = self.values_now()
        names = tuple(now)[:_MAXIMUM_CURVES]
        if names != self._names:
            self._names, self.time_series = names, TimeSeries()
        if names and self._state.progress.newest is None:
            self.time_series.add(self.step_now(), self._now())

    def _on_branched(self) -> None:
        self.time_series.forget_after(self._state.progress.step)

    def _now(self) -> tuple[float, ...]:
        now = self.values_now()
        return tuple(now[name] for name in self._names)

    def _points(self) -> tuple[Floats, Floats]:
        """Return the kept rows, with the values of this moment at their end."""
        steps, values = self.time_series.arrays()
        step = self.step_now()
        if len(steps) and steps[-1] >= step:
            return steps, values
        return np.append(steps, step), np.vstack([values, self._now()])

    def _whole_range(self, steps: Floats, values: Floats) -> Range:
        """Return all steps of the training, and the values in whole tenths of their height.

        An axis that moves costs a frame, so it moves seldom.
        """
        each = self._state.training.steps
        end = max(1, -(-int(steps[-1]) // each)) * each
        finite = values[np.isfinite(values)]
        if len(finite) == 0:
            return (0, end, -1.0, 1.0)
        if self.logarithmic:
            exponents = np.log10(finite)
            return (0, end, math.floor(exponents.min()), math.floor(exponents.max()) + 1.0)
        low, high = float(finite.min()), float(finite.max())
        unit = 10.0 ** math.floor(math.log10(max(high - low, abs(high), 1e-9))) / 2
        return (0, end, unit * math.floor(low / unit), unit * math.ceil(high / unit + 1e-9))

    def _show_values(self) -> None:
        parts: list[tuple[str, str]] = []
        for name, value, (colour, _, sign) in zip(
            self._names, self._now(), self._signs(), strict=True
        ):
            parts += [(sign, colour), (f"{name} {short(value)}", self._theme.look.secondary)]
        self.legend(*parts)

    def _signs(self) -> list[tuple[str, Qt.PenStyle, str]]:
        """Return for each parameter a colour, how its line is drawn, and that as a character."""
        colours = self._theme.runs
        return [
            (colours[index % len(colours)], *_DASHES[index % len(_DASHES)])
            for index in range(len(self._names))
        ]
