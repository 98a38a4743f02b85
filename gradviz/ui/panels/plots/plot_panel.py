"""The base of the plots: a heading, an empty state, bounded repainting, exported images."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import (
    QGraphicsItem,
    QLabel,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import short
from gradviz.export.atomic import write_bytes
from gradviz.export.table import Series, csv_text
from gradviz.ui.dialogs.save_file import asked_path
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.panels.plots.plot_sentence import plot_sentence
from gradviz.ui.widgets.background_work import Background
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.number_spaces import unbroken
from gradviz.ui.widgets.pace import Pace
from gradviz.ui.widgets.steady_label import SteadyLabel
from gradviz.ui.widgets.theme import Theme

if TYPE_CHECKING:
    import pyqtgraph as pg

    from gradviz.ui.panels.plots.plot_tools import Crosshair

#: A text that changes is not read more often.
_LEGEND_MS = 125
_TICK_PIXELS = 11
_NO_CURVE = marked("This model is no curve over x.")
#: An image to take away, in pixels.
_PICTURE_SIZE = QSize(1280, 720)
#: Left, right, bottom and top of a plot's range, in the units of its axes.
Range = tuple[float, float, float, float]


class PlotPanel(PanelWidget):
    """One pyqtgraph plot, made when there is first something to plot.

    The library takes longer to load than the rest of the window, which appears without it.
    """

    #: What is read while there is nothing to plot, to be translated.
    empty_text = ""
    #: Whether it shows a curve over x, which not every model is.
    over_x = False
    #: The name of the vertical axis, to be translated.
    height_name = ""
    #: Whether it may come into sight by itself when training begins.
    comes_in_training = True
    #: The plot is drawn at most this often while it changes.
    refresh_ms = 20

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._workbench = context.workbench
        self._theme = context.theme
        self.crosshair: Crosshair | None = None
        self.plot: pg.PlotWidget | None = None
        self.frames_drawn = 0
        self._range: Range | None = None
        self._axis_names = ("", "")
        self._zoomed = False
        self.heading = named(QLabel(textFormat=Qt.TextFormat.RichText, wordWrap=True), "legend")
        self.heading_room = SteadyLabel(self.heading)
        self._empty = named(QLabel(tr(self.empty_text), wordWrap=True), "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._full = QWidget()
        self._column = QVBoxLayout(self._full)
        self._column.setContentsMargins(8, 2, 8, 4)
        self._column.setSpacing(0)
        self._column.addWidget(self.heading_room)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._full)
        self._drawing = Pace(self.refresh_ms, self._draw_if_seen, self)
        self._telling = Pace(_LEGEND_MS, self._show_legend, self)
        self._legend = ""
        context.state.model_built.connect(self._on_model_changed)
        context.state.progressed.connect(self._on_progressed)

    def sizeHint(self) -> QSize:
        return QSize(420, 220)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self.plot is not None:
            self._paint_axes(self.plot)
            self.paint_curves(self.plot)
            if self.crosshair is not None:
                self.crosshair.paint(theme)
            # The cached image of the surface behind the curves has the earlier theme's colours.
            self.plot.resetCachedContent()
            self.draw()

    def has_something(self) -> bool:
        """Tell whether there is something to plot."""
        return self._state.trainable

    def make_curves(self, plot: pg.PlotWidget) -> None:
        """Add the curves, once, to a new plot."""

    def paint_curves(self, plot: pg.PlotWidget) -> None:
        """Give the curves the colours of the theme."""

    def draw_curves(self, plot: pg.PlotWidget) -> None:
        """Bring the curves and the heading up to date."""

    def picture(self, size: QSize) -> QImage:
        """Return an image of the panel of `size` pixels, as sharp as that allows."""
        if not self.seen:
            self.refresh()
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(QColor(self._theme.look.panel))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(size.width() / self.width(), size.height() / self.height())
        painter.scale(scale, scale)
        self._full.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
        painter.end()
        return image

    def legend(self, *parts: tuple[str, str]) -> None:
        """Show the heading: texts, each in its colour."""
        spans = (f'<span style="color:{colour}">{text}</span>' for text, colour in parts)
        self._legend = unbroken("&nbsp;&nbsp; ".join(spans))
        self._telling.request()

    def _show_legend(self) -> None:
        self.heading_room.show_text(self._legend)

    def show_range(self, plot: pg.PlotWidget, wanted: Range) -> None:
        """Set the range `wanted` if it is another one, which is costly, and nobody has zoomed."""
        if wanted != self._range and not self._zoomed:
            self._range = wanted
            left, right, low, high = wanted
            plot.setRange(xRange=(left, right), yRange=(low, high), padding=0.02)

    def _on_zoomed(self) -> None:
        self._zoomed = True

    def _on_model_changed(self) -> None:
        if self.seen:
            self.refresh()

    def _on_progressed(self) -> None:
        if self.seen:
            self._drawing.request()

    def _draw_if_seen(self) -> None:
        if self.seen:
            self.draw()

    def refresh(self) -> None:
        something = self.has_something()
        if something and self.plot is None:
            self.plot = self._made_plot()
        built = self._state.built
        no_curve = self.over_x and built is not None and built.x is None
        self._empty.setText(tr(_NO_CURVE if no_curve else self.empty_text))
        self._stack.setCurrentWidget(self._full if something else self._empty)
        self.draw()

    def draw(self) -> None:
        """Bring the plot up to date now."""
        if self.plot is not None and self.has_something():
            self.draw_curves(self.plot)
            self._name_axes(self.plot)
            self.frames_drawn += 1

    # Reading and taking away

    @property
    def over(self) -> str:
        """Return the name of the horizontal axis in data: x, another input, or step."""
        built = self._state.built
        inputs = built.inputs if built is not None else {}
        return next(iter(inputs), "x") if self.over_x else "step"

    @property
    def told_over(self) -> str:
        """Return the name of the horizontal axis in the language that is spoken."""
        return self.over if self.over_x else tr("step")

    @property
    def axis_names(self) -> tuple[str, str]:
        """Return the names of the horizontal and the vertical axis."""
        return self.told_over, tr(self.height_name)

    def series(self) -> list[Series]:
        """Return the curves that are seen and have a name, in the units of their values."""
        if self.plot is None:
            return []
        found: list[Series] = []
        for item in self.plot.listDataItems():
            x, y = item.getOriginalDataset()
            if item.isVisible() and item.name() and x is not None and y is not None:
                found.append(Series(item.name(), x, y))
        return found

    def told_series(self) -> list[Series]:
        """Return the same curves, with their names in the language that is spoken."""
        return self.series()

    def reading(self, place: float) -> str:
        """Return the values of the curves nearest to `place`, a line for each."""
        lines: dict[float, list[str]] = {}
        for curve in self.told_series():
            if len(curve.x) and curve.x[0] <= place <= curve.x[-1]:
                index = int(np.searchsorted(curve.x, place))
                if index and place - curve.x[index - 1] < curve.x[index] - place:
                    index -= 1
                there = lines.setdefault(float(curve.x[index]), [])
                there.append(f"{curve.name}  {short(float(curve.y[index]))}")
        over = self.told_over
        texts = ["\n".join([f"{over} {short(x)}", *of]) for x, of in lines.items()]
        return "\n".join(texts) or f"{over} {short(place)}"

    def show_all(self) -> None:
        """Show the whole range, as before any zooming."""
        self.forget_range()
        self.draw()

    def menu(self) -> QMenu:
        """Return the menu of this plot."""
        menu = QMenu(self)
        menu.addAction(tr("Show all"), self.show_all).setEnabled(self._zoomed)
        self.add_to_menu(menu)
        menu.addSeparator()
        menu.addAction(tr("Copy image"), self._copy_image)
        menu.addAction(tr("Export image…"), self._export_image)
        menu.addAction(tr("Export data as CSV…"), self._export_data)
        return menu

    def add_to_menu(self, menu: QMenu) -> None:
        """Add the entries of this plot alone."""

    def _show_menu(self, place: QPoint) -> None:
        if self.plot is not None:
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.plot.mapToGlobal(place))

    def _copy_image(self) -> None:
        QGuiApplication.clipboard().setImage(self.picture(_PICTURE_SIZE))

    def _export_image(self) -> None:
        # The PNG exporter is loaded with the first image that is written.
        from gradviz.export.formats.png import save_image

        path = self._asked_path(tr("PNG image"), ".png")
        if path is None:
            return
        image = self.picture(_PICTURE_SIZE)
        Background(lambda: save_image(image, path), self._workbench.on_written)

    def _export_data(self) -> None:
        path = self._asked_path(tr("Comma-separated values"), ".csv")
        if path is None:
            return
        # Copies, because the training goes on; a long one takes half a second to write out.
        over = self.over
        curves = [Series(each.name, each.x.copy(), each.y.copy()) for each in self.series()]
        Background(
            lambda: write_bytes(path, csv_text(over, curves).encode()), self._workbench.on_written
        )

    def _asked_path(self, kind: str, suffix: str) -> Path | None:
        name = f"{self.accessibleName().lower() or 'plot'}{suffix}"
        return asked_path(self.window(), tr("Export"), kind, name)

    def _made_plot(self) -> pg.PlotWidget:
        from gradviz.ui.panels.plots.empty_plot import empty_plot

        plot = empty_plot()
        plot.setMinimumHeight(90)
        plot.disableAutoRange()
        plot.getViewBox().sigRangeChangedManually.connect(self._on_zoomed)
        plot.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        plot.customContextMenuRequested.connect(self._show_menu)
        plot.setAccessibleName(self.accessibleName() or tr("Plot"))
        plot.describe = lambda: plot_sentence(self.told_series())
        self._paint_axes(plot)
        self.make_curves(plot)
        self.paint_curves(plot)
        self.crosshair = self._made_crosshair(plot)
        self.crosshair.paint(self._theme)
        self._column.addWidget(plot, 1)
        plot.getViewBox().sigResized.connect(self._show_names_with_room)
        return plot

    def _made_crosshair(self, plot: pg.PlotWidget) -> Crosshair:
        from gradviz.ui.panels.plots.plot_tools import Crosshair

        return Crosshair(plot, self.reading, self.show_all)

    def _paint_axes(self, plot: pg.PlotWidget) -> None:
        font = QFont(QGuiApplication.font())
        font.setPixelSize(self._theme.pixels(_TICK_PIXELS))
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(self._theme.look.line)
            axis.setTextPen(self._theme.look.secondary)
            axis.setTickFont(font)
            axis.setStyle(maxTickLevel=0)
            axis.enableAutoSIPrefix(False)
            # The lines of the grid belong to the axis; without this they cost most of a frame.
            axis.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        plot.showGrid(x=False, y=True, alpha=0.12)
        self._axis_names = ("", "")
        self._name_axes(plot)

    def _name_axes(self, plot: pg.PlotWidget) -> None:
        """Write the names of the axes where they are other ones: that lays the plot out anew."""
        if self.axis_names == self._axis_names:
            return
        self._axis_names = self.axis_names
        pixels = self._theme.pixels(_TICK_PIXELS)
        style = {"color": self._theme.look.secondary, "font-size": f"{pixels}px"}
        for side, name in zip(("bottom", "left"), self._axis_names, strict=True):
            plot.setLabel(side, name, **style)
        self._show_names_with_room(plot.getViewBox())

    def _show_names_with_room(self, box: pg.ViewBox) -> None:
        """Leave out the name of an axis that is shorter than its name, which would be cut.

        The room is that beside both names, so that one that goes does not bring the other back.
        """
        if self.plot is None:
            return
        bottom, left = self.plot.getAxis("bottom"), self.plot.getAxis("left")
        for axis, beside, length in ((bottom, left, box.width()), (left, bottom, box.height())):
            name, other = axis.label.boundingRect(), beside.label
            if beside.labelText and not other.isVisible():
                length -= other.boundingRect().height()
            fits = bool(axis.labelText) and name.width() <= length
            if fits != axis.label.isVisible():
                axis.showLabel(fits)

    def forget_range(self) -> None:
        """Let the next range be set, also where a user has zoomed: the axis is another one."""
        self._zoomed = False
        self._range = None
