"""The panel of the landscape: the loss over two numbers of the model, or a curve over one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from gradviz.core.graphs.tensors import Floats
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import short
from gradviz.export.table import Series
from gradviz.render.plots.drawn_curves import broken_at_poles, robust_range
from gradviz.ui.controllers.landscapes.landscape_controller import Extent
from gradviz.ui.panels.landscape.landscape_controls import LandscapeControls
from gradviz.ui.panels.landscape.map_crosshair import MapCrosshair
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.plot_panel import PlotPanel
from gradviz.ui.widgets.pace import Pace
from gradviz.ui.widgets.theme import Theme

if TYPE_CHECKING:
    import pyqtgraph as pg

    from gradviz.ui.panels.landscape.landscape_items import LandscapeItems
    from gradviz.ui.panels.plots.plot_tools import Crosshair

#: A range that the mouse changes is computed when it has rested for so long.
_ZOOM_MS = 180
_DRAG = marked("Drag it: the model starts from there")
_DRAG_POINT = marked("Drag it: the gradient is taken there")
_BEGUN = marked("Reset the training to drag where it starts")
#: A dragged number is rounded to so many parts of the range.
_PARTS = 1000


class LandscapePanel(PlotPanel):
    """A map with contour lines, or a curve with its tangent, and the ways of the training over it.

    The point of the moment can be dragged before the first step, and the inputs at any time.
    """

    empty_text = marked(
        "The loss over two numbers of the model, with the way of the training on it, will be here. "
        "Type an expression with a letter to fit, such as a x + b, or choose a model."
    )
    refresh_ms = 33
    room = 330
    comes_in_training = False

    def __init__(self, context: PanelContext) -> None:
        self.items: LandscapeItems | None = None
        self._controller = context.workbench.landscape
        self._shown: object = None
        super().__init__(context)
        self._icons = context.icons
        self.controls = LandscapeControls(self._controller, self)
        self.controls.use_icons(self._icons)
        for place, part in self.controls.parts.items():
            self._column.insertWidget(place, part)
        self._zooming = Pace(_ZOOM_MS, self._take_range, self)
        self._connect(context)
        self.controls.show()

    def _connect(self, context: PanelContext) -> None:
        controller, state = self._controller, context.state
        self.controls.chosen.connect(self._choose)
        self.controls.zoomed.connect(self._zoom)
        self.controls.whole.clicked.connect(self.show_all)
        controller.changed.connect(self._on_changed)
        for signal in (state.recorded, state.comparison.progressed, state.comparison.changed):
            signal.connect(self._on_progressed)
        state.training_changed.connect(self._on_progressed)

    # The plot

    def has_something(self) -> bool:
        return self._controller.possible

    @property
    def axis_names(self) -> tuple[str, str]:
        """Return the names of the numbers, or of one and the loss."""
        result = tr("loss") if self._state.trainable else self._result
        return self.told_over, self._controller.up or result

    @property
    def _result(self) -> str:
        built = self._state.built
        return (built.graph.result if built else "") or "y"

    @property
    def over(self) -> str:
        """Return the name of the horizontal axis."""
        return self._controller.across

    @property
    def told_over(self) -> str:
        return self.over

    def set_seen(self, seen: bool) -> None:
        super().set_seen(seen)
        self._controller.watch(seen)

    def refresh(self) -> None:
        if self._state.attached:
            self._empty.setText(tr("Another program has this model, and moves its numbers itself."))
        super().refresh()
        self.controls.show()

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self.controls.use_icons(self._icons)
        if self.items is not None:
            self.items.paint(theme)

    def make_curves(self, plot: pg.PlotWidget) -> None:
        from gradviz.ui.panels.landscape.landscape_items import LandscapeItems

        self.items = LandscapeItems(plot, self._on_dragged)
        # Its controls are above it, and all panels beneath one another are to fit one height.
        plot.setMinimumHeight(50)
        plot.showGrid(x=False, y=False)
        plot.setAccessibleName(tr("Landscape"))

    def paint_curves(self, plot: pg.PlotWidget) -> None:
        if self.items is not None:
            self.items.paint(self._theme)

    def draw_curves(self, plot: pg.PlotWidget) -> None:
        items, controller = self.items, self._controller
        if items is None:
            return
        self._draw_landscape(plot, items)
        point = self._point()
        if point is not None:
            items.point.place(*point)
        items.point.setVisible(point is not None)
        tip = _DRAG if self._state.trainable else _DRAG_POINT
        tip = tr(tip if controller.movable else _BEGUN)
        items.point.allow(moves=controller.movable, tip=tip)
        items.show_way(self._way())
        items.show_runs(self._runs())
        slopes = self._slopes()
        down = None if None in slopes else tuple(-(each or 0.0) for each in slopes)
        items.show_arrow((down[0], down[1]) if down is not None and len(down) > 1 else None)
        self._show_legend_of(slopes)

    def _draw_landscape(self, plot: pg.PlotWidget, items: LandscapeItems) -> None:
        found, relief = self._controller.landscape, self._controller.relief
        if found is None or relief is None:
            items.hide_all()
            self._shown = None
            return
        if self._shown is found:
            if not found.up:
                self._draw_tangent(items, found.x.floats())
            return
        self._shown = found
        x, y, values = found.x.floats(), found.y.floats(), found.values.floats()
        if found.up:
            items.show_map(x, y, relief)
            height = float(y[0]), float(y[-1])
        else:
            items.show_curve(*broken_at_poles(x, values[0]))
            self._draw_tangent(items, x)
            height = _heights(values[0], self._value())
        self.show_range(plot, (float(x[0]), float(x[-1]), *height))

    def _draw_tangent(self, items: LandscapeItems, x: Floats) -> None:
        """Draw the tangent of the curve where the point is, with the slope of autograd."""
        point, slopes = self._point(), self._slopes()
        slope = slopes[0] if slopes else None
        if point is None or slope is None:
            items.show_tangent(x, None)
            return
        ends = x[[0, -1]]
        items.show_tangent(ends, point[1] + slope * (ends - point[0]))

    # The values that are drawn

    def _value(self) -> float:
        """Return the loss, or the output, of the recorded pass."""
        graph = self._state.graph
        output = graph.node[graph.output].value if graph is not None else None
        value = output.scalar if output is not None else None
        return math.nan if value is None else value

    def _point(self) -> tuple[float, float] | None:
        """Return where the point of the moment is; None where that is not told."""
        place = self._controller.point
        if not place:
            found = self._controller.landscape
            place = found.point if found is not None else ()
        if not self._controller.up:
            place = (*place[:1], self._value())
        return (place[0], place[1]) if len(place) > 1 and all(map(math.isfinite, place)) else None

    def _slopes(self) -> tuple[float | None, ...]:
        """Return the derivatives by the chosen numbers, as the recorded pass has them."""
        built, graph, trace = self._state.built, self._state.graph, self._state.trace
        found = self._controller.landscape
        if built is None or graph is None or trace is None or graph.order > 1:
            return (None,)
        if found is not None and found.step == trace.at_step and not self._controller.stale:
            known = dict(zip((found.across, found.up), found.gradient, strict=False))
        else:
            known = {}
        leaves = {graph.node[leaf].op: each for leaf, each in trace.leaf_grads.items()}
        slopes: list[float | None] = []
        for place in self._controller.places:
            entry = built.entries[place]
            summary = leaves.get(entry.leaf)
            values = summary.values if summary is not None else None
            if values is not None and entry.index < len(values):
                slopes.append(values[entry.index])
            else:
                slopes.append(known.get(entry.name))
        return tuple(slopes) or (None,)

    def _way(self) -> Floats:
        """Return the way of the training, shape (n, 2)."""
        places, way = self._controller.places, self._controller.ways.own
        if not places or not self._state.trainable:
            return np.empty((0, 2))
        points = way.columns(*places)
        if len(places) == 1:
            losses = self._state.progress.losses.values
            steps = way.arrays()[0].astype(int)
            known = steps < len(losses)
            return np.column_stack([points[known, 0], losses[steps[known]]])
        return points

    def _runs(self) -> dict[int, Floats]:
        """Return the ways of the compared runs, by their numbers; none over one number."""
        places = self._controller.places
        if len(places) < 2:
            return {}
        ways = self._controller.ways.compared
        return {number: way.columns(*places) for number, way in ways.items()}

    # What it tells

    def _show_legend_of(self, slopes: tuple[float | None, ...]) -> None:
        look, controller = self._theme.look, self._controller
        found, relief = controller.landscape, controller.relief
        if found is None or relief is None:
            self.legend((tr("not computed yet"), look.secondary))
            return
        name = tr("loss") if self._state.trainable else self._result if not found.up else "f"
        extent = f"{name} {short(relief.lowest, 3)} … {short(relief.highest, 3)}"
        if relief.logarithmic and found.up:
            extent = tr("{extent} (log)", extent=extent)
        parts = [(extent, look.secondary)]
        if self._state.trainable and self._way().size:
            parts.append((tr("─ way"), look.now_text))
        told = [short(each, 4) for each in slopes if each is not None]
        names = [each for each in (controller.across, controller.up) if each]
        if len(told) == len(names):
            if found.up:
                downhill = ", ".join(short(-each, 4) for each in slopes if each is not None)
                parts.append((tr("➜ −gradient ({numbers})", numbers=downhill), look.done_text))
            else:
                place = f"{names[0]} = {self._told_point()}"
                slope = tr("╌ slope {slope} at {place}", slope=told[0], place=place)
                parts.append((slope, look.done_text))
        self.legend(*parts)

    def _told_point(self) -> str:
        point = self._point()
        return short(point[0]) if point is not None else "?"

    # The user

    def _choose(self, across: str, up: str) -> None:
        self.forget_range()
        self._controller.choose(across, up)

    def _on_changed(self) -> None:
        if self.seen:
            self.controls.show()
            self._drawing.request()

    def _on_progressed(self) -> None:
        if self.seen:
            self._drawing.request()

    def draw(self) -> None:
        super().draw()
        if self.plot is not None:
            self.controls.tell()

    def _on_zoomed(self) -> None:
        super()._on_zoomed()
        self._zooming.request()

    def _take_range(self) -> None:
        if self.plot is not None:
            (left, right), (low, high) = self.plot.viewRange()
            self._controller.look_at(Extent(left, right, low, high))

    def _zoom(self, factor: float) -> None:
        if self.plot is not None:
            self.plot.getViewBox().scaleBy((factor, factor))
            self._on_zoomed()

    def show_all(self) -> None:
        self.forget_range()
        self._shown = None
        self._controller.look_at(None)
        self.draw()

    def _on_dragged(self, x: float, y: float) -> None:
        """Take the place to which the mouse has moved the point, in numbers that can be read."""
        controller, found, items = self._controller, self._controller.landscape, self.items
        if self.plot is None or items is None or found is None:
            return
        (left, right), (low, high) = self.plot.viewRange()
        x = _rounded(x, right - left)
        if not found.up:
            # The point stays on the curve.
            items.point.put(x, float(np.interp(x, found.x.floats(), found.values.floats()[0])))
            controller.move(x)
        else:
            controller.move(x, _rounded(y, high - low))

    # Reading

    def _made_crosshair(self, plot: pg.PlotWidget) -> Crosshair:
        return MapCrosshair(plot, self.reading, self.show_all, self.reading_at)

    def reading_at(self, x: float, y: float) -> str:
        """Return the value of the landscape nearest to a place, with that place."""
        found = self._controller.landscape
        if found is None:
            return ""
        xs, ys = found.x.floats(), found.y.floats()
        column, row = int(np.abs(xs - x).argmin()), int(np.abs(ys - y).argmin())
        value = float(found.values.floats()[row if found.up else 0, column])
        lines = [f"{found.across} {short(float(xs[column]))}"]
        if found.up:
            lines.append(f"{found.up} {short(float(ys[row]))}")
        name = tr("loss") if self._state.trainable else tr("value")
        told = short(value) if math.isfinite(value) else tr("none that is finite")
        return "\n".join([*lines, f"{name} {told}"])

    def series(self) -> list[Series]:
        """Return the values along each row, or the curve."""
        found = self._controller.landscape
        if found is None:
            return []
        x, values = found.x.floats(), found.values.floats()
        if not found.up:
            return [Series("loss" if self._state.trainable else self._result, x, values[0])]
        rows = zip(found.y.floats(), values, strict=True)
        return [Series(f"{found.up} = {float(y)!r}", x, row) for y, row in rows]

    def told_series(self) -> list[Series]:
        found = self._controller.landscape
        series = self.series()
        if found is not None and not found.up:
            return [each._replace(name=self.axis_names[1]) for each in series]
        return series


def _heights(values: Floats, *more: float) -> tuple[float, float]:
    """Return the range of a curve, with a little room, and with `more` values in it."""
    low, high = robust_range(values) or (0.0, 1.0)
    further = [each for each in more if math.isfinite(each)]
    low, high = min(low, *further, high), max(high, *further, low)
    room = 0.06 * (high - low) or 1.0
    return low - room, high + room


def _rounded(value: float, extent: float) -> float:
    """Return `value` with as many decimal places as a thousandth of `extent` has."""
    places = -math.floor(math.log10(extent / _PARTS)) if extent > 0 else 3
    return round(value, max(0, min(places, 12)))
