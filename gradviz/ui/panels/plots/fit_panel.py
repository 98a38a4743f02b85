"""The fitted curve over its target; at a point, the curve of y with its tangent."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import Qt

from gradviz.core.choices.orders import leaf_text
from gradviz.core.choices.settings import target_text
from gradviz.core.graphs.tensors import Floats
from gradviz.core.language.saying import listed, marked, tr
from gradviz.core.number_text import short
from gradviz.export.table import Series
from gradviz.protocol.events import ModelBuilt
from gradviz.render.plots.drawn_curves import (
    DOT,
    WIDTH,
    broken_at_poles,
    few,
    few_dots,
    is_dotted,
    robust_range,
    whole_range,
)
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.plot_panel import PlotPanel

if TYPE_CHECKING:
    import pyqtgraph as pg

    from gradviz.ui.panels.plots.dragged_point import DraggedPoint

#: A dragged input is rounded to so many decimal places.
_PLACES = 3
_DRAG = marked("Drag it along the curve: the gradient is taken there")
#: Room above and beneath the target, as a part of its height.
_ROOM = 0.6
#: The names of the curves: English in exported data, and translated where they are shown.
_NAMES: Final = {
    "first": marked("first weights"),
    "target": marked("target"),
    "prediction": "y_pred",
    "tangent": marked("tangent"),
    "point": marked("point"),
}
#: A longer name of the target is cut.
_LONGEST = 28
NO_CURVE = marked(
    "This model is no curve over x. A classifier's guesses are in the panel Images, those of a "
    "network of two inputs in Plane."
)


class FitPanel(PlotPanel):
    """y_pred over the target, with the curve of the first weights behind it."""

    empty_text = marked("The curve of y will be here, over the target.")
    over_x = True
    height_name = "y"

    def __init__(self, context: PanelContext) -> None:
        self.curves: dict[str, pg.PlotDataItem] = {}
        #: The point where the gradient is taken, for the mouse to move along the curve.
        self.handle: DraggedPoint | None = None
        self._x: Floats = np.empty(0)
        self._target: Floats = np.empty(0)
        self._grid: Floats = np.empty(0)
        self._dotted = False
        self._drawn: dict[str, tuple[Floats, Floats] | None] = {}
        super().__init__(context)
        context.state.recorded.connect(self._on_recorded)
        context.workbench.predictions.changed.connect(self._on_recorded)
        context.state.data_changed.connect(self._on_data_changed)

    def has_something(self) -> bool:
        return self._state.built is not None and self._state.built.x is not None

    def refresh(self) -> None:
        other = self._state.built is not None and self._state.built.x is None
        self._empty.setText(tr(NO_CURVE if other else self.empty_text))
        if self.handle is not None:
            self.handle.setToolTip(tr(_DRAG))
        super().refresh()

    def make_curves(self, plot: pg.PlotWidget) -> None:
        self.curves = {key: plot.plot(name=name) for key, name in _NAMES.items()}
        from gradviz.ui.panels.plots.dragged_point import DraggedPoint

        self.handle = DraggedPoint(self._on_dragged)
        self.handle.allow(moves=not self._state.attached, tip=tr(_DRAG))
        plot.addItem(self.handle, ignoreBounds=True)

    def paint_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        look, dashed = self._theme.look, Qt.PenStyle.DashLine
        self.curves["first"].setPen(pg.mkPen(look.now, width=1, style=dashed))
        self._paint_target()
        self.curves["prediction"].setPen(pg.mkPen(look.now, width=self._theme.stroke(WIDTH)))
        self.curves["tangent"].setPen(
            pg.mkPen(look.done, width=self._theme.stroke(WIDTH), style=dashed)
        )
        # The handle is drawn in its place; it keeps the point for those who read the numbers.
        self.curves["point"].setPen(None)
        if self.handle is not None:
            self.handle.paint_in(self._theme, look.done)

    def _paint_target(self) -> None:
        """Give the data their dots, or their line where they are the values of a function."""
        import pyqtgraph as pg

        target, colour = self.curves["target"], self._theme.target
        target.setPen(None if self._dotted else pg.mkPen(colour, width=self._theme.stroke(WIDTH)))
        target.setSymbol("o" if self._dotted else None)
        target.setSymbolSize(DOT)
        target.setSymbolPen(None)
        target.setSymbolBrush(pg.mkBrush(colour))

    def draw_curves(self, plot: pg.PlotWidget) -> None:
        built = self._state.built
        if built is not None and built.mode == "fit":
            self._draw_fit(plot, built)
        elif built is not None:
            self._draw_point(plot, built)

    def _on_model_changed(self) -> None:
        self._take_data()
        super()._on_model_changed()

    def _on_data_changed(self) -> None:
        self._take_data()
        self._drawing.request()

    def _take_data(self) -> None:
        built = self._state.built
        self._drawn.clear()
        if built is not None and built.x is not None and built.target is not None:
            self._x, self._target = built.x.floats(), built.target.floats()
            self._grid = self._x if built.grid is None else built.grid.floats()
            self._dotted = is_dotted(built)
            if self.curves:
                self._paint_target()

    def _draw_fit(self, plot: pg.PlotWidget, built: ModelBuilt) -> None:
        progress, theme = self._state.progress, self._theme
        if built.target is None or progress.prediction is None:
            return
        x, target = self._x, self._target
        dense = built.grid is None
        curve = progress.prediction if dense else progress.curve
        first = progress.first_prediction if dense else progress.first_curve
        moved = progress.step > 0 and first is not None
        self._set("target", x, target)
        self._set("prediction", self._grid, curve)
        self._set("first", self._grid, first if moved else None)
        self._set("tangent", x, None)
        self._set("point", x, None)
        if self.handle is not None:
            self.handle.hide()
        self._fix_range(plot, x, target)
        parts = [
            (
                f"{'●' if self._dotted else '─'} {_shown(target_text(built.model))}",
                theme.target_text,
            ),
            ("─ y_pred", theme.look.now_text),
        ]
        if moved:
            parts.append((tr("╌ with the first weights"), theme.look.secondary))
        parts.append((tr("of {moment}", moment=self._state.shown_moment), theme.look.secondary))
        self.legend(*parts)

    def _draw_point(self, plot: pg.PlotWidget, built: ModelBuilt) -> None:
        if built.x is None or built.snapshot.prediction is None:
            return
        x, y = built.x.floats(), built.snapshot.prediction.floats()
        look, at, slope = self._theme.look, built.inputs[self.over], self._slope()
        tangent = None if slope is None else built.output + slope * (x - at)
        self._set("prediction", x, y)
        self._set("tangent", x, tangent)
        self._set("point", np.array([at]), np.array([built.output]))
        if self.handle is not None:
            self.handle.setVisible(math.isfinite(built.output))
            self.handle.place(at, built.output)
        self._set("target", x, None)
        self._set("first", x, None)
        self._fix_range(plot, x, y, built.output)
        result = built.graph.result
        parts = [(f"─ {result or 'y'}", look.now_text)]
        if slope is not None:
            name = leaf_text(self.over, 1, result)
            told = tr(
                "╌ ● slope {slope} = {value} at {input} = {place}",
                slope=name,
                value=short(slope),
                input=self.over,
                place=short(at),
            )
            parts.append((told, look.done_text))
        held = [f"{name} = {short(value)}" for name, value in built.inputs.items()]
        if held[1:]:
            told = tr("over {input}, where {values}", input=self.over, values=listed(held[1:]))
            parts.append((told, look.secondary))
        self.legend(*parts)

    def _on_dragged(self, x: float, _: float) -> None:
        """Take the gradient where the mouse has moved the point, which stays on the curve."""
        built = self._state.built
        if built is None or built.x is None or built.snapshot.prediction is None:
            return
        # The box of the input has room for so many places.
        x = round(x, _PLACES)
        curve = built.x.floats(), built.snapshot.prediction.floats()
        if self.handle is not None:
            self.handle.put(x, float(np.interp(x, *curve)))
        self._workbench.landscape.move_inputs({self.over: x})

    def _slope(self) -> float | None:
        """Return the slope as it was recorded; None where it was not, or nothing depends on x."""
        graph, trace = self._state.graph, self._state.trace
        if graph is None or trace is None or graph.order > 1:
            return None
        slopes = (
            gradient.scalar
            for leaf, gradient in trace.leaf_grads.items()
            if leaf in graph.node and graph.node[leaf].op == self.over
        )
        return next(slopes, None)

    def _on_recorded(self) -> None:
        """Draw the slope that has been recorded; a fit shows nothing of the backward pass."""
        if not self._state.trainable:
            self._drawing.request()

    def _set(self, name: str, x: Floats, y: Floats | None) -> None:
        drawn = self._drawn.get(name)
        if name in self._drawn and (drawn[1] if drawn else None) is y:
            return
        # A curve without any finite value has no bounds.
        if y is None or not np.isfinite(y).any():
            self._drawn[name] = None
            self.curves[name].hide()
            return
        self._drawn[name] = x, y
        y = np.broadcast_to(y, x.shape)
        dotted = name == "target" and self._dotted
        points = few_dots(x, y) if dotted else few(*broken_at_poles(x, y))
        self.curves[name].setData(*points, connect="finite")
        self.curves[name].show()

    def series(self) -> list[Series]:
        """Return every point of the curves that are seen, also where they are thinned."""
        found: list[Series] = []
        for name, drawn in self._drawn.items():
            if drawn is not None and self.curves[name].isVisible():
                x, y = drawn[0], np.broadcast_to(drawn[1], drawn[0].shape)
                # The points of a file may come in any order.
                order = np.argsort(x, kind="stable")
                found.append(Series(str(self.curves[name].name()), x[order], y[order]))
        return found

    def told_series(self) -> list[Series]:
        return [each._replace(name=tr(each.name)) for each in self.series()]

    def _fix_range(self, plot: pg.PlotWidget, x: Floats, shown: Floats, *more: float) -> None:
        """Show all of `x`, and `shown` but for its poles; other values do not move the axes.

        Points of data are all shown, and so are the finite ones of `more`.
        """
        all_of_it = self._dotted and self._state.trainable
        found = whole_range(shown) if all_of_it else robust_range(shown)
        if found is None:
            return
        further = [value for value in more if math.isfinite(value)]
        low, high = min(found[0], *further, found[1]), max(found[1], *further, found[0])
        room = (high - low or 1.0) * (_ROOM if self._state.trainable else 0.1)
        self.show_range(plot, (float(x.min()), float(x.max()), low - room, high + room))


def _shown(text: str) -> str:
    """Return a text of any length for the heading, which reads it as HTML."""
    return escape(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")
