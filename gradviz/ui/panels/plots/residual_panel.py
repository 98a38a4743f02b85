"""The residual of the fit: y_pred − y for every x."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt

from gradviz.core.graphs.tensors import Floats, floats_of
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import short
from gradviz.export.table import Series
from gradviz.render.plots.drawn_curves import DOT, WIDTH, few, few_dots, is_dotted
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.fit_panel import NO_CURVE
from gradviz.ui.panels.plots.plot_panel import PlotPanel

if TYPE_CHECKING:
    import pyqtgraph as pg


class ResidualPanel(PlotPanel):
    """The residual around the line of zero, on an axis that moves only by steps of 1, 2, 5."""

    empty_text = marked("The difference between y_pred and the target will be here.")
    over_x = True
    height_name = "y_pred − y"
    refresh_ms = 33

    def __init__(self, context: PanelContext) -> None:
        self.curve: pg.PlotDataItem | None = None
        self._zero: pg.InfiniteLine | None = None
        super().__init__(context)

    def has_something(self) -> bool:
        return self._state.trainable and self._state.progress.prediction is not None

    def refresh(self) -> None:
        other = self._state.built is not None and self._state.built.x is None
        self._empty.setText(tr(NO_CURVE if other else self.empty_text))
        super().refresh()

    def make_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        self._zero = pg.InfiniteLine(pos=0.0, angle=0)
        plot.addItem(self._zero)
        self.curve = plot.plot(name="y_pred - y")

    def paint_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        look = self._theme.look
        if self.curve is not None and self._zero is not None:
            self.curve.setPen(pg.mkPen(look.now, width=self._theme.stroke(WIDTH)))
            self._zero.setPen(pg.mkPen(look.secondary, width=1, style=Qt.PenStyle.DashLine))

    def draw_curves(self, plot: pg.PlotWidget) -> None:
        built, prediction = self._state.built, self._state.progress.prediction
        if built is None or prediction is None or self.curve is None:
            return
        x, target = floats_of(built.x), floats_of(built.target)
        if x is None or target is None:
            return
        residual = np.broadcast_to(prediction, x.shape) - target
        finite = residual[np.isfinite(residual)]
        if len(finite) == 0:
            self.curve.hide()
            self.legend((tr("no finite value"), self._theme.look.secondary))
            return
        self._draw(x, residual, dots=is_dotted(built))
        self.curve.show()
        largest = float(np.abs(finite).max())
        limit = rounded_up(largest)
        self.show_range(plot, (float(x.min()), float(x.max()), -limit, limit))
        look = self._theme.look
        most = tr("at most {residual}", residual=short(largest))
        self.legend(("─ y_pred − y", look.now_text), (most, look.secondary))

    def _draw(self, x: Floats, residual: Floats, *, dots: bool) -> None:
        """Draw the residual as dots where the data are, else as a curve."""
        import pyqtgraph as pg

        if self.curve is None:
            return
        colour = self._theme.look.now
        if dots:
            self.curve.setData(*few_dots(x, residual), pen=None, symbol="o", symbolSize=DOT)
            self.curve.setSymbolPen(None)
            self.curve.setSymbolBrush(pg.mkBrush(colour))
        else:
            pen = pg.mkPen(colour, width=self._theme.stroke(WIDTH))
            self.curve.setData(*few(x, residual), pen=pen, symbol=None, connect="finite")

    def series(self) -> list[Series]:
        """Return the residual at every x, also where the curve is thinned."""
        built, prediction = self._state.built, self._state.progress.prediction
        x, target = (floats_of(built.x), floats_of(built.target)) if built else (None, None)
        if x is None or target is None or prediction is None:
            return []
        order = np.argsort(x, kind="stable")
        residual = np.broadcast_to(prediction, x.shape) - target
        return [Series("y_pred - y", x[order], residual[order])]


def rounded_up(value: float) -> float:
    """Return the smallest of 1, 2 and 5 times a power of ten that is not below `value` > 0."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0, 20.0) if step * power >= value)
