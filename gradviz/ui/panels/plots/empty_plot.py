"""A plot with nothing in it; loads pyqtgraph, so it is imported where the first plot is made."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtWidgets import QFrame

from gradviz.core.number_text import MINUS

# A curve is drawn through so few points that smooth lines cost it half a millisecond.
pg.setConfigOption("antialias", True)


class NumberAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis whose numbers have the minus sign of all others."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        texts: list[str] = super().tickStrings(values, scale, spacing)
        return [text.replace("-", MINUS) for text in texts]


def empty_plot() -> pg.PlotWidget:
    """Return a plot without a frame, a background or a menu of its own."""
    axes = {side: NumberAxis(side) for side in ("left", "bottom")}
    plot = pg.PlotWidget(background=None, axisItems=axes)
    plot.setFrameShape(QFrame.Shape.NoFrame)
    plot.hideButtons()
    plot.setMenuEnabled(False)
    return plot
