"""The crosshair of a map, which reads the value at a place across and up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from gradviz.ui.panels.plots.plot_tools import Crosshair

if TYPE_CHECKING:
    import pyqtgraph as pg


class MapCrosshair(Crosshair):
    """Two lines under the mouse; `reading_at` returns the text for the place where they cross."""

    def __init__(
        self,
        plot: pg.PlotWidget,
        reading: Callable[[float], str],
        reset: Callable[[], None],
        reading_at: Callable[[float, float], str],
    ) -> None:
        super().__init__(plot, reading, reset)
        self._reading_at = reading_at

    def show_at(self, point: QPointF) -> None:
        self._reading = lambda x: self._reading_at(x, point.y())
        super().show_at(point)
