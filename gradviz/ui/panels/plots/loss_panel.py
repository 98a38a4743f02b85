"""The loss of every training step, on a logarithmic axis or a linear one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMenu

from gradviz.core.graphs.tensors import Floats
from gradviz.core.number_text import counted, short
from gradviz.export.table import Series
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.plot_panel import PlotPanel, Range
from gradviz.ui.state.window_state import MAXIMUM_BRANCHES, Branch

if TYPE_CHECKING:
    import pyqtgraph as pg

#: A curve of more points than this is thinned before it is drawn.
_MAXIMUM_POINTS = 1500
#: How opaque the losses of a branch are that was left.
_FAINT = 0.4
_NONE: Floats = np.empty(0)
_SETTING = "loss_axis"
#: At least so many powers of ten are shown.
_DECADES = 6


class LossPanel(PlotPanel):
    """One point for each step, thinned where there are more than can be seen."""

    empty_text = (
        "The loss of every training step will be here. Only what has parameters can be trained."
    )
    # It grows at its end alone, which is seen as well at this rate.
    refresh_ms = 66

    def __init__(self, context: PanelContext) -> None:
        self._curve: pg.PlotDataItem | None = None
        self.branches: list[pg.PlotDataItem] = []
        self.marker: pg.InfiniteLine | None = None
        self._shown_branches: list[Branch] = []
        self._settings = context.settings
        self.logarithmic = self._settings.value(_SETTING, "log") != "linear"
        super().__init__(context)

    def make_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        # The losses of branches lie under the current ones.
        self.branches = [plot.plot() for _ in range(MAXIMUM_BRANCHES)]
        self._curve = plot.plot()
        plot.setLogMode(y=self.logarithmic)
        self.marker = pg.InfiniteLine(angle=90)
        plot.addItem(self.marker)

    def paint_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        if self._curve is not None:
            self._curve.setPen(pg.mkPen(self._theme.look.done, width=1))
        if self.marker is not None:
            self.marker.setPen(pg.mkPen(self._theme.look.now, width=1, style=Qt.PenStyle.DashLine))
        faint = QColor(self._theme.look.done)
        faint.setAlphaF(_FAINT)
        for branch in self.branches:
            branch.setPen(pg.mkPen(faint, width=1))

    def draw_curves(self, plot: pg.PlotWidget) -> None:
        progress = self._state.progress
        losses = progress.losses.values
        self._draw_branches(progress.branches)
        if self.marker is not None:
            self.marker.setVisible(progress.newest is not None)
            self.marker.setValue(progress.step)
        if self._curve is not None:
            self._curve.setData(*self._points(losses), connect="finite")
        self.show_range(plot, self._whole_range(losses))
        if progress.visited_loss is not None:
            text = f"{short(progress.visited_loss)} at step {counted(progress.step)}: the past"
            self.legend((text, self._theme.look.now_text))
        elif len(losses) == 0:
            self.legend(("press Train to begin", self._theme.look.secondary))
        else:
            text = f"{short(losses[-1])} at step {counted(len(losses) - 1)}"
            self.legend((text, self._theme.look.done_text))

    def series(self) -> list[Series]:
        """Return every loss, also where the curve is thinned."""
        losses = self._state.progress.losses.values
        branches = [
            Series(f"left at step {each.start}", _steps(each.start, each.losses), each.losses)
            for each in self._state.progress.branches
        ]
        return [Series("loss", _steps(0, losses), losses), *branches]

    def reading(self, place: float) -> str:
        """Return the losses at the step nearest to `place`, however many steps there are."""
        step = round(place)
        progress = self._state.progress
        lines = [f"step {counted(step)}"]
        curves = [("loss", 0, progress.losses.values)]
        curves += [
            (f"left at step {counted(b.start)}", b.start, b.losses) for b in progress.branches
        ]
        for name, start, losses in curves:
            if 0 <= step - start < len(losses):
                lines.append(f"{name}  {short(float(losses[step - start]))}")
        return "\n".join(lines)

    def add_to_menu(self, menu: QMenu) -> None:
        action = menu.addAction("Logarithmic axis")
        action.setCheckable(True)
        action.setChecked(self.logarithmic)
        action.toggled.connect(self.choose_axis)

    def choose_axis(self, logarithmic: bool) -> None:
        """Show the loss on a logarithmic axis, or on a linear one; it is remembered."""
        self.logarithmic = logarithmic
        self._settings.setValue(_SETTING, "log" if logarithmic else "linear")
        if self.plot is not None:
            self.plot.setLogMode(y=logarithmic)
            self._shown_branches = []
            self.show_all()

    def _draw_branches(self, branches: Sequence[Branch]) -> None:
        if list(map(id, branches)) == list(map(id, self._shown_branches)):
            return
        self._shown_branches = list(branches)
        for place, curve in enumerate(self.branches):
            steps: Floats = _NONE
            losses: Floats = _NONE
            if place < len(branches):
                steps, losses = self._points(branches[place].losses)
                steps = steps + branches[place].start
            curve.setData(steps, losses, connect="finite")

    def _points(self, losses: Floats) -> tuple[Floats, Floats]:
        return thinned(losses, logarithmic=self.logarithmic)

    def _whole_range(self, losses: Floats) -> Range:
        """Return all steps of the training and whole powers of ten.

        Room for the loss to fall is there from the start: an axis that moves costs a frame.
        """
        steps = self._state.training.steps
        branches = self._state.progress.branches
        longest = max((len(losses), *(each.start + len(each.losses) for each in branches)))
        end = max(1, -(-longest // steps)) * steps
        if not self.logarithmic:
            return (0, end, *_linear_range(losses))
        seen = losses[np.isfinite(losses) & (losses > 0)]
        if len(seen) == 0:
            return (0, end, 0.0, float(_DECADES))
        low, high = np.floor(np.log10(seen.min())), np.ceil(np.log10(seen.max()))
        return (0, end, float(min(low, high - _DECADES)), float(high))


def _linear_range(losses: Floats) -> tuple[float, float]:
    """Return zero and the largest loss; below zero, the next multiple of a power of ten.

    An axis that moves costs a frame, so it moves seldom.
    """
    seen = losses[np.isfinite(losses)]
    low, high = (float(seen.min()), float(seen.max())) if len(seen) else (0.0, 1.0)
    if low < 0:
        unit = 10.0 ** math.floor(math.log10(-low))
        low = unit * math.floor(low / unit)
    return (min(low, 0.0), max(high, 0.0) if high > 0 or low < 0 else 1.0)


def _steps(start: int, losses: Floats) -> Floats:
    return np.arange(start, start + len(losses), dtype=np.float64)


def thinned(losses: Floats, *, logarithmic: bool = True) -> tuple[Floats, Floats]:
    """Return step numbers and losses of shape (n,), at most about _MAXIMUM_POINTS of them.

    The last loss is always among them; a logarithmic axis has no place for one not above 0.
    """
    stride = max(1, len(losses) // _MAXIMUM_POINTS)
    steps = np.arange(0, len(losses), stride, dtype=np.float64)
    if len(losses) and steps[-1] != len(losses) - 1:
        steps = np.append(steps, len(losses) - 1)
    shown = losses[steps.astype(int)]
    return steps, np.where(shown > 0, shown, np.nan) if logarithmic else shown
