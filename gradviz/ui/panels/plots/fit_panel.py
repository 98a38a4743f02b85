"""The fitted curve over its target; at a point, the curve of y with its tangent."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt

from gradviz.core.choices.orders import leaf_text
from gradviz.core.graphs.tensors import Floats
from gradviz.protocol.events import ModelBuilt
from gradviz.render.numbers import short
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.plot_panel import PlotPanel
from gradviz.ui.widgets.data_texts import target_text

if TYPE_CHECKING:
    import pyqtgraph as pg

#: Room above and beneath the target, as a part of its height.
_ROOM = 0.6
#: A longer name of the target is cut.
_LONGEST = 28
NO_CURVE = "This model is no curve over x. A classifier's guesses are in the panel Images."


class FitPanel(PlotPanel):
    """y_pred over the target, with the curve of the first weights behind it."""

    empty_text = "The curve of y will be here, over the target."
    over_x = True

    def __init__(self, context: PanelContext) -> None:
        self.curves: dict[str, pg.PlotDataItem] = {}
        self._x: Floats = np.empty(0)
        self._target: Floats = np.empty(0)
        self._drawn: dict[str, Floats | None] = {}
        super().__init__(context)
        context.state.recorded.connect(self._on_recorded)
        context.state.data_changed.connect(self._on_data_changed)

    def has_something(self) -> bool:
        return self._state.built is not None and self._state.built.x is not None

    def refresh(self) -> None:
        other = self._state.built is not None and self._state.built.x is None
        self._empty.setText(NO_CURVE if other else self.empty_text)
        super().refresh()

    def make_curves(self, plot: pg.PlotWidget) -> None:
        names = {
            "first": "first weights",
            "target": "target",
            "prediction": "y_pred",
            "tangent": "tangent",
            "point": "point",
        }
        self.curves = {key: plot.plot(name=name) for key, name in names.items()}

    def paint_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        look, dashed = self._theme.look, Qt.PenStyle.DashLine
        # A pen wider than one pixel is drawn six times slower.
        self.curves["first"].setPen(pg.mkPen(look.now, width=1, style=dashed))
        self.curves["target"].setPen(pg.mkPen(self._theme.target, width=1))
        self.curves["prediction"].setPen(pg.mkPen(look.now, width=1))
        self.curves["tangent"].setPen(pg.mkPen(look.done, width=1, style=dashed))
        point = self.curves["point"]
        point.setPen(None)
        point.setSymbol("o")
        point.setSymbolSize(9)
        point.setSymbolPen(pg.mkPen(look.panel))
        point.setSymbolBrush(pg.mkBrush(look.done))

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

    def _draw_fit(self, plot: pg.PlotWidget, built: ModelBuilt) -> None:
        progress, theme = self._state.progress, self._theme
        if built.target is None or progress.prediction is None:
            return
        x, target = self._x, self._target
        moved = progress.step > 0 and progress.first_prediction is not None
        self._set("target", x, target)
        self._set("prediction", x, progress.prediction)
        self._set("first", x, progress.first_prediction if moved else None)
        self._set("tangent", x, None)
        self._set("point", x, None)
        self._fix_range(plot, x, target)
        parts = [
            (f"─ {_shown(target_text(built.model))}", theme.target_text),
            ("─ y_pred", theme.look.now_text),
        ]
        if moved:
            parts.append(("╌ with the first weights", theme.look.secondary))
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
        self._set("target", x, None)
        self._set("first", x, None)
        self._fix_range(plot, x, y)
        result = built.graph.result
        parts = [(f"─ {result or 'y'}", look.now_text)]
        if slope is not None:
            name = leaf_text(self.over, 1, result)
            told = f"╌ ● slope {name} = {short(slope)} at {self.over} = {short(at)}"
            parts.append((told, look.done_text))
        held = [f"{name} = {short(value)}" for name, value in built.inputs.items()]
        if held[1:]:
            parts.append((f"over {self.over}, where {', '.join(held[1:])}", look.secondary))
        self.legend(*parts)

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
        if name in self._drawn and self._drawn[name] is y:
            return
        self._drawn[name] = y
        # A curve without any finite value has no bounds.
        if y is None or not np.isfinite(y).any():
            self.curves[name].hide()
        else:
            self.curves[name].setData(x, np.broadcast_to(y, x.shape), connect="finite")
            self.curves[name].show()

    def _fix_range(self, plot: pg.PlotWidget, x: Floats, shown: Floats) -> None:
        """Show all of `x` and of `shown`; other values beyond them do not move the axes."""
        finite = shown[np.isfinite(shown)]
        if len(finite) == 0:
            return
        low, high = float(finite.min()), float(finite.max())
        room = (high - low or 1.0) * (_ROOM if self._state.trainable else 0.1)
        self.show_range(plot, (float(x.min()), float(x.max()), low - room, high + room))


def _shown(text: str) -> str:
    """Return a text of any length for the heading, which reads it as HTML."""
    return escape(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")
