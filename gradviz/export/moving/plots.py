"""The plots of a frame: the fit over its target, and the losses up to the frame's step."""

from dataclasses import replace
from functools import cached_property

import numpy as np

from gradviz.core.graphs.tensors import Array, Floats
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted, short
from gradviz.export.moving.film import Film
from gradviz.protocol.moments import RecalledMoment
from gradviz.render.plots.drawn_curves import (
    broken_at_poles,
    few,
    few_dots,
    is_logarithmic,
    log_range,
    nice_range,
    robust_range,
    whole_range,
)
from gradviz.render.plots.plot_painter import Plot, PlotCurve, PlotGround
from gradviz.render.style import Theme

#: Room above and beneath the target, as a part of its height.
_ROOM = 0.6
_LONGEST = 28


class Plots:
    """Follows the moments of a training; the axes stay as they are from frame to frame."""

    def __init__(self, film: Film, theme: Theme) -> None:
        self._film = film
        self._theme = theme
        self._data: tuple[Array | None, Array | None] | None = None
        #: Of the fit: with the target alone, and with the curve of the first weights.
        self._target = PlotGround((0.0, 1.0, 0.0, 1.0), ("x", "y"))
        self._compared: PlotGround | None = None

    def fit(self, moment: RecalledMoment) -> Plot | None:
        """Return the curve over its target; None where the model is no curve over x."""
        grid, curve = moment.grid, moment.curve
        if moment.x is None or moment.target is None or grid is None or curve is None:
            return None
        theme = self._theme
        if self._data != (moment.x, moment.target):
            self._take_data(moment.x.floats(), moment.target.floats())
            self._data = (moment.x, moment.target)
        y = np.broadcast_to(curve.floats(), grid.floats().shape)
        shown = PlotCurve(*few(*broken_at_poles(grid.floats(), y)), theme.now)
        if self._compared is None:
            first = shown._replace(width=1, dashed=True)
            self._compared = replace(self._target, curves=(*self._target.curves, first))
        first_length = len(self._compared.curves[-1].y)
        moved = moment.step > self._film.steps[0] and first_length > 0
        sign = "●" if self._film.dotted else "─"
        target = self._film.target
        name = target if len(target) <= _LONGEST else f"{target[: _LONGEST - 1]}…"
        heading = [(f"{sign} {name}", theme.accent), ("─ y_pred", theme.now_text)]
        if moved:
            heading.append(("╌ " + tr("with the first weights"), theme.secondary))
        return Plot(self._compared if moved else self._target, heading, [shown])

    def loss(self, moment: RecalledMoment) -> Plot:
        """Return the losses up to that of the moment."""
        known = self._losses
        done = known[known[:, 0] < moment.step]
        ground = self._loss_ground
        curve = few(
            np.append(done[:, 0], float(moment.step)),
            _above(np.append(done[:, 1], moment.loss), logarithmic=ground.logarithmic),
        )
        told = tr("{loss} at step {step}", loss=short(moment.loss), step=counted(moment.step))
        heading = [(told, self._theme.done_text)]
        return Plot(ground, heading, [PlotCurve(*curve, self._theme.done)])

    def _take_data(self, x: Floats, target: Floats) -> None:
        dotted, colour = self._film.dotted, self._theme.kinds["leaf"].border
        points = few_dots(x, target) if dotted else few(*broken_at_poles(x, target))
        # A curve over other data is not compared with the first one.
        self._compared = None
        found = (whole_range if dotted else robust_range)(target) or (-1.0, 1.0)
        room = (found[1] - found[0] or 1.0) * _ROOM
        ranges = (float(x.min()), float(x.max()), found[0] - room, found[1] + room)
        target_curve = PlotCurve(*points, colour, dots=dotted)
        self._target = replace(self._target, ranges=ranges, curves=(target_curve,))

    @cached_property
    def _losses(self) -> Floats:
        losses = self._film.losses
        return np.empty((0, 2)) if losses is None else losses.floats().reshape(-1, 2)

    @cached_property
    def _loss_ground(self) -> PlotGround:
        """Return the axes of the whole training, whose losses may be on a logarithmic one."""
        values = self._losses[:, 1]
        whole = whole_range(values) or (0.0, 1.0)
        logarithmic = is_logarithmic("auto", *whole)
        heights = log_range(*whole) if logarithmic else nice_range(*whole)
        return PlotGround(
            (0.0, float(max(1, self._film.length)), *heights),
            (tr("step"), tr("loss (log)") if logarithmic else tr("loss")),
            logarithmic,
        )


def _above(losses: Floats, *, logarithmic: bool) -> Floats:
    """Return the losses that a logarithmic axis has a place for, as gaps those that it has not."""
    return np.where(losses > 0, losses, np.nan) if logarithmic else losses
