"""The plane of a network of two inputs: its points by class, and what it makes of every place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from gradviz.core.choices.drawn_points import PLANES
from gradviz.core.graphs.tensors import Array, Floats
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import counted, short
from gradviz.export.table import Series
from gradviz.protocol.events import ModelBuilt, PlaneClassified
from gradviz.render.plots.plane_surface import surface_pixels
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.plot_panel import PlotPanel
from gradviz.ui.widgets.naming import named

if TYPE_CHECKING:
    import pyqtgraph as pg

#: The symbols of the classes in pyqtgraph, and the same as characters.
_SYMBOLS: Final = ("o", "t1", "s", "d", "p", "h", "star", "+")
_SIGNS: Final = "●▲■◆⬟⬢★✚"
#: So many points of each class are drawn of either kind; all of them are learnt and counted.
_SHOWN: Final = 120
_PIXELS: Final = 6
#: The titles of the targets, for `tr`; the module that draws them is copied into scripts.
TARGET_TITLES: Final = (
    marked("Rings"),
    marked("Spirals"),
    marked("Moons"),
    marked("XOR"),
    marked("Three arms"),
)


class PlanePanel(PlotPanel):
    """Points that are learnt are filled, those held out are hollow; the surface is behind them."""

    empty_text = marked(
        "What a network of two inputs makes of the plane will be here. Type such as "
        "Linear(2, 8), Tanh(), Linear(8, 1)."
    )
    height_name = "x₂"
    refresh_ms = 30

    def __init__(self, context: PanelContext) -> None:
        self._image: pg.ImageItem | None = None
        self.points: list[pg.PlotDataItem] = []
        self._shown: ModelBuilt | None = None
        super().__init__(context)
        self.target = named(QComboBox(), "plane_target", title=tr("Target"))
        self.target.setToolTip(tr("The points that are to be told apart"))
        for name, row in PLANES.items():
            self.target.addItem(tr(row.title), name)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading_room, 1)
        head.addWidget(self.target)
        self._column.insertLayout(0, head)
        self.target.activated.connect(self._on_target)
        context.state.plane_classified.connect(self._on_progressed)

    @property
    def axis_names(self) -> tuple[str, str]:
        return "x₁", self.height_name

    def has_something(self) -> bool:
        return self._state.built is not None and self._state.built.plane is not None

    def make_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        self._image = pg.ImageItem(axisOrder="row-major")
        plot.addItem(self._image)
        plot.setAspectLocked(True)
        for number, symbol in enumerate(_SYMBOLS):
            for kind in ("", ", held out"):
                self.points.append(plot.plot(pen=None, symbol=symbol, name=f"class {number}{kind}"))

    def _made_plot(self) -> pg.PlotWidget:
        plot = super()._made_plot()
        # The choice of the target is above it, and all panels are to fit one height.
        plot.setMinimumHeight(56)
        return plot

    def paint_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        for place, item in enumerate(self.points):
            colour = self._theme.runs[place // 2]
            hollow = bool(place % 2)
            item.setSymbolSize(_PIXELS)
            item.setSymbolPen(pg.mkPen(colour if hollow else self._theme.look.panel, width=1))
            item.setSymbolBrush(None if hollow else pg.mkBrush(colour))

    def draw_curves(self, plot: pg.PlotWidget) -> None:
        built, surface = self._state.built, self._state.surface
        if built is None or built.plane is None or self._image is None:
            return
        plane = built.plane
        if built is not self._shown:
            self._shown = built
            self._show_points(built)
            self.target.setCurrentIndex(self.target.findData(plane.name))
        reach = plane.reach
        self.show_range(plot, (-reach, reach, -reach, reach))
        if surface is None:
            return
        look = self._theme.look
        pixels = surface_pixels(
            surface.surface.floats(), self._theme.runs, look.panel, look.secondary
        )
        self._image.setImage(pixels, autoLevels=False, levels=(0, 255))
        self._image.setRect(QRectF(-reach, -reach, 2 * reach, 2 * reach))
        self._show_heading(plane.classes, surface)

    def series(self) -> list[Series]:
        """Return both coordinates of all points of each class."""
        built = self._state.built
        if built is None or built.plane is None:
            return []
        plane = built.plane
        kinds = (
            ("", plane.points, plane.labels),
            (", held out", plane.held_points, plane.held_labels),
        )
        return [
            Series(f"class {number}{told}", *_of_class(points, labels, number))
            for told, points, labels in kinds
            for number in range(plane.classes)
        ]

    def told_series(self) -> list[Series]:
        series = self.series()
        classes = len(series) // 2
        return [
            each._replace(
                name=tr("class {number}", number=place)
                if place < classes
                else tr("class {number}, held out", number=place - classes)
            )
            for place, each in enumerate(series)
        ]

    def reading(self, place: float) -> str:
        """Return the place: a point is read from both axes."""
        return f"x₁ {short(place)}"

    def _show_points(self, built: ModelBuilt) -> None:
        plane = built.plane
        for place, item in enumerate(self.points):
            number, hollow = place // 2, place % 2
            there = plane is not None and number < plane.classes
            item.setVisible(there)
            if plane is not None and there:
                points = plane.held_points if hollow else plane.points
                labels = plane.held_labels if hollow else plane.labels
                x, y = _of_class(points, labels, number)
                item.setData(x[:_SHOWN], y[:_SHOWN])

    def _show_heading(self, classes: int, surface: PlaneClassified) -> None:
        look, colours = self._theme.look, self._theme.runs
        parts = [
            (f'<span style="color:{colours[number]}">{_SIGNS[number]}</span> {number}', look.text)
            for number in range(classes)
        ]
        learnt, held = surface.learnt / surface.learnt_of, surface.held / surface.held_of
        parts += [
            (tr("accuracy {share:.1%}", share=learnt), look.done_text),
            (tr("○ held out {share:.1%}", share=held), look.done_text),
            (tr("at step {step}", step=counted(surface.step)), look.secondary),
        ]
        self.legend(*parts)

    def _on_target(self) -> None:
        self._workbench.choose_data(target=str(self.target.currentData()))

    def _on_model_changed(self) -> None:
        """Come to the front with the first network of two inputs, and leave it with the last."""
        had = self._shown is not None
        has = self.has_something()
        if not has:
            self._shown = None
        super()._on_model_changed()
        if has and not had:
            self.offered.emit()
        elif had and not has:
            self.give_way()


def _of_class(points: Array, labels: Array, number: int) -> tuple[Floats, Floats]:
    chosen = points.floats()[labels.numpy() == number].astype(np.float64)
    return chosen[:, 0], chosen[:, 1]
