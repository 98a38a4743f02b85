"""A plot with nothing in it; loads pyqtgraph, so it is imported where the first plot is made."""

import math
from collections.abc import Callable, Sequence

import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import QFrame

from gradviz.core.number_text import MINUS
from gradviz.ui.widgets.speech.spoken import Spoken, SpokenParts

# A curve is drawn through so few points that smooth lines cost it half a millisecond.
pg.setConfigOption("antialias", True)


#: Between two numbers of an axis, in pixels.
_BETWEEN = 8


class NumberAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis whose numbers have the minus sign of all others."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        texts: list[str] = super().tickStrings(values, scale, spacing)
        return self._apart([text.replace("-", MINUS) for text in texts], spacing)

    def _apart(self, texts: list[str], spacing: float) -> list[str]:
        """Leave out the texts that would run into those before them, on a narrow axis."""
        first, last = self.range
        if self.orientation not in ("bottom", "top") or last <= first:
            return texts
        metrics = QFontMetricsF(self.style["tickFont"] or QGuiApplication.font())
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0.0)
        room = self.geometry().width() * spacing / (last - first)
        every = max(1, math.ceil((widest + _BETWEEN) / room)) if room > 0 else 1
        return [text if place % every == 0 else "" for place, text in enumerate(texts)]


class SpokenPlot(pg.PlotWidget, Spoken):  # type: ignore[misc]
    """A plot that says in one sentence all that it shows, which is the answer of `describe`."""

    describe: Callable[[], str] | None = None

    def spoken_value(self) -> str:
        return self.describe() if self.describe is not None else ""

    def spoken_parts(self) -> SpokenParts:
        # Its viewport and its curves are no parts that could be read.
        return _NO_PARTS


_NO_PARTS = SpokenParts()


def empty_plot() -> SpokenPlot:
    """Return a plot without a frame, a background or a menu of its own."""
    axes = {side: NumberAxis(side) for side in ("left", "bottom")}
    plot = SpokenPlot(background=None, axisItems=axes)
    plot.setFrameShape(QFrame.Shape.NoFrame)
    plot.hideButtons()
    plot.setMenuEnabled(False)
    return plot
