"""The loss of every training step, on a logarithmic axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plot import PlotPanel, Range
from gradviz.ui.state import Floats

if TYPE_CHECKING:
    import pyqtgraph as pg

#: A curve of more points than this is thinned before it is drawn.
_MAXIMUM_POINTS = 1500
#: At least so many powers of ten are shown.
_DECADES = 6


class LossPanel(PlotPanel):
    """One point for each step, thinned where there are more than can be seen."""

    empty_text = (
        "The loss of every training step will be here, on a logarithmic axis. "
        "Only what has parameters can be trained."
    )
    # It grows at its end alone, which is seen as well at this rate.
    refresh_ms = 50

    def __init__(self, context: PanelContext) -> None:
        self._curve: pg.PlotDataItem | None = None
        super().__init__(context)

    def make_curves(self, plot: pg.PlotWidget) -> None:
        self._curve = plot.plot()
        plot.setLogMode(y=True)

    def paint_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        if self._curve is not None:
            self._curve.setPen(pg.mkPen(self._theme.look.done, width=1))

    def draw_curves(self, plot: pg.PlotWidget) -> None:
        losses = self._state.progress.losses.values
        if self._curve is not None:
            self._curve.setData(*thinned(losses), connect="finite")
        self.show_range(plot, self._whole_range(losses))
        if len(losses) == 0:
            self.legend(("press Train to begin", self._theme.look.secondary))
        else:
            text = f"{losses[-1]:.6g} at step {len(losses) - 1:,}"
            self.legend((text, self._theme.look.done_text))

    def _whole_range(self, losses: Floats) -> Range:
        """Return all steps of the training and whole powers of ten.

        Room for the loss to fall is there from the start: an axis that moves costs a frame.
        """
        steps = self._state.training.steps
        end = max(1, -(-len(losses) // steps)) * steps
        seen = losses[np.isfinite(losses) & (losses > 0)]
        if len(seen) == 0:
            return (0, end, 0.0, float(_DECADES))
        low, high = np.floor(np.log10(seen.min())), np.ceil(np.log10(seen.max()))
        return (0, end, float(min(low, high - _DECADES)), float(high))


def thinned(losses: Floats) -> tuple[Floats, Floats]:
    """Return step numbers and losses of shape (n,), at most about _MAXIMUM_POINTS of them.

    The last loss is always among them; a logarithmic axis has no place for what is not above 0.
    """
    stride = max(1, len(losses) // _MAXIMUM_POINTS)
    steps = np.arange(0, len(losses), stride, dtype=np.float64)
    if len(losses) and steps[-1] != len(losses) - 1:
        steps = np.append(steps, len(losses) - 1)
    shown = losses[steps.astype(int)]
    return steps, np.where(shown > 0, shown, np.nan)
