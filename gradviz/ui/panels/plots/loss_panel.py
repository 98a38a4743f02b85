"""The loss of every training step, on a logarithmic axis or a linear one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from gradviz.core.graphs.tensors import Floats
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import counted, short
from gradviz.export.table import Series
from gradviz.render.plots.drawn_curves import (
    WIDTH,
    few,
    log_range,
    nice_range,
    thinned,
    whole_range,
)
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.loss_axis import LossPlot
from gradviz.ui.panels.plots.plot_panel import Range
from gradviz.ui.state.window_state import MAXIMUM_BRANCHES, Branch

if TYPE_CHECKING:
    import pyqtgraph as pg

#: How opaque the losses of a branch are that was left.
_FAINT = 0.4
_NONE: Floats = np.empty(0)
#: The words of a mark stand to its right or, where there is no room, to its left.
_BESIDE = [(0.0, 0.5), (1.0, 0.5)]
#: Where nothing is above 0, so many powers of ten are shown.
_DECADES = 6


class LossPanel(LossPlot):
    """One point for each step, thinned where there are more than can be seen."""

    empty_text = marked(
        "The loss of every training step will be here. Only what has parameters can be trained."
    )
    # It grows at its end alone, which is seen as well at this rate.
    refresh_ms = 66

    def __init__(self, context: PanelContext) -> None:
        self.curve: pg.PlotDataItem | None = None
        self.branches: list[pg.PlotDataItem] = []
        self.marker: pg.InfiniteLine | None = None
        #: A line for each step after which the data were changed.
        self.data_marks: list[pg.InfiniteLine] = []
        self._shown_branches: list[Branch] = []
        super().__init__(context)

    def make_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        # The losses of branches lie under the current ones.
        self.branches = [plot.plot() for _ in range(MAXIMUM_BRANCHES)]
        self.curve = plot.plot()
        self.set_axis(plot)
        self.marker = pg.InfiniteLine(angle=90)
        plot.addItem(self.marker)

    def paint_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        if self.curve is not None:
            self.curve.setPen(pg.mkPen(self._theme.look.done, width=self._theme.stroke(WIDTH)))
        if self.marker is not None:
            self.marker.setPen(pg.mkPen(self._theme.look.now, width=1, style=Qt.PenStyle.DashLine))
        faint = QColor(self._theme.look.done)
        faint.setAlphaF(_FAINT)
        for branch in self.branches:
            branch.setPen(pg.mkPen(faint, width=self._theme.stroke(WIDTH)))

    def draw_curves(self, plot: pg.PlotWidget) -> None:
        progress = self._state.progress
        losses = progress.losses.values
        self.suit_axis(plot, *(whole_range(losses) or (0.0, 0.0)))
        self._draw_branches(progress.branches)
        if self.marker is not None:
            self.marker.setVisible(progress.newest is not None)
            self.marker.setValue(progress.step)
        if self.curve is not None:
            points = parted(*self._points(losses), progress.data_steps)
            self.curve.setData(*points, connect="finite")
        self._mark_data(plot, progress.data_steps)
        self.show_range(plot, self._whole_range(losses))
        if progress.visited_loss is not None:
            past = tr("step {step}: the past", step=counted(progress.step))
            moment = self._state.shown_moment if progress.leaves_failed else past
            text = tr("{loss} at {moment}", loss=short(progress.visited_loss), moment=moment)
            self.legend((text, self._theme.look.now_text))
        elif len(losses) == 0:
            self.legend((tr("press Train to begin"), self._theme.look.secondary))
        else:
            text = tr(
                "{loss} at step {step}", loss=short(losses[-1]), step=counted(len(losses) - 1)
            )
            hidden = self.logarithmic and bool((losses <= 0).any())
            left_out = [(tr("without those of 0 or less"), self._theme.look.now_text)] * hidden
            self.legend((text, self._theme.look.done_text), *left_out)

    def series(self) -> list[Series]:
        """Return every loss, also where the curve is thinned."""
        losses = self._state.progress.losses.values
        branches = [
            Series(f"left at step {each.start}", _steps(each.start, each.losses), each.losses)
            for each in self._state.progress.branches
        ]
        return [Series("loss", _steps(0, losses), losses), *branches]

    def told_series(self) -> list[Series]:
        own, *left = self.series()
        branches = zip(left, self._state.progress.branches, strict=True)
        return [
            own._replace(name=tr("loss")),
            *(
                each._replace(name=tr("left at step {step}", step=branch.start))
                for each, branch in branches
            ),
        ]

    def reading(self, place: float) -> str:
        """Return the losses at the step nearest to `place`, however many steps there are."""
        step = round(place)
        progress = self._state.progress
        lines = [tr("step {step}", step=counted(step))]
        if step in progress.data_steps:
            lines.append(tr("other data from here on"))
        curves = [(tr("loss"), 0, progress.losses.values)]
        curves += [
            (tr("left at step {step}", step=counted(b.start)), b.start, b.losses)
            for b in progress.branches
        ]
        for name, start, losses in curves:
            if 0 <= step - start < len(losses):
                lines.append(f"{name}  {short(float(losses[step - start]))}")
        return "\n".join(lines)

    def set_axis(self, plot: pg.PlotWidget) -> None:
        plot.setLogMode(y=self.logarithmic)
        self._shown_branches = []

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
                steps, losses = parted(steps, losses, branches[place].data_steps)
            curve.setData(steps, losses, connect="finite")

    def _mark_data(self, plot: pg.PlotWidget, steps: Sequence[int]) -> None:
        """Mark the steps after which the data were changed."""
        import pyqtgraph as pg

        words = tr("data changed")
        if [mark.value() for mark in self.data_marks] == list(steps):
            for mark in self.data_marks:
                if mark.label.format != words:
                    mark.label.setFormat(words)
            return
        for mark in self.data_marks:
            plot.removeItem(mark)
        pen = pg.mkPen(self._theme.look.secondary, width=1, style=Qt.PenStyle.DotLine)
        options = {"position": 0.92, "color": self._theme.look.secondary, "anchors": _BESIDE}
        self.data_marks = [
            pg.InfiniteLine(pos=step, angle=90, pen=pen, label=words, labelOpts=options)
            for step in steps
        ]
        for mark in self.data_marks:
            plot.addItem(mark, ignoreBounds=True)

    def _points(self, losses: Floats) -> tuple[Floats, Floats]:
        return few(*thinned(losses, logarithmic=self.logarithmic))

    def _whole_range(self, losses: Floats) -> Range:
        """Return all steps of the training, and the losses in round numbers or powers of ten.

        An axis that moves costs a frame, so it moves seldom.
        """
        steps = self._state.training.steps
        branches = self._state.progress.branches
        longest = max((len(losses), *(each.start + len(each.losses) for each in branches)))
        end = max(1, -(-longest // steps)) * steps
        if not self.logarithmic:
            return (0, end, *nice_range(*(whole_range(losses) or (0.0, 1.0))))
        above = whole_range(losses[losses > 0])
        return (0, end, *(log_range(*above) if above else (0.0, float(_DECADES))))


def _steps(start: int, losses: Floats) -> Floats:
    return np.arange(start, start + len(losses), dtype=np.float64)


def parted(steps: Floats, losses: Floats, at: Sequence[int]) -> tuple[Floats, Floats]:
    """Return the curve with a gap before each step of `at`: other data have other losses."""
    places = [place for place in np.searchsorted(steps, at) if 0 < place < len(steps)]
    return np.insert(steps, places, steps[places]), np.insert(losses, places, np.nan)
