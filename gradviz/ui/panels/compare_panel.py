"""Two to eight runs side by side: their list with the results, and one plot of all losses."""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.choices.comparison import MOST
from gradviz.core.graphs.tensors import Floats
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import counted
from gradviz.export.table import Series
from gradviz.render.plots.drawn_curves import (
    WIDTH,
    AxisScale,
    log_range,
    nice_range,
)
from gradviz.ui.panels.compared_runs_table import ComparedRuns
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.loss_axis import LossPlot
from gradviz.ui.panels.plots.plot_panel import Range
from gradviz.ui.state.comparison_state import refusal
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.pace import Pace
from gradviz.ui.widgets.theme import Theme

if TYPE_CHECKING:
    import pyqtgraph as pg

#: A curve of more points than this is thinned; eight are drawn in every frame.
_MAXIMUM_POINTS = 300
#: Where no loss is above 0, so many powers of ten are shown.
_DECADES = 4
#: How often the numbers of the list follow.
_LIST_MS = 120
_HINT = marked(
    "Runs of the same model with another optimizer or another seed, side by side. Add the "
    "current run, add it with another seed or optimizer, and press Compare."
)


class ComparePanel(LossPlot):
    """The losses of all runs on one axis, each with its number at its end."""

    # Drawing takes most of a sixtieth of a second, and the next frame is not to wait longer.
    refresh_ms = 2
    empty_text = marked("Two to eight runs side by side. Only what has parameters can be trained.")

    def __init__(self, context: PanelContext) -> None:
        self._comparison = context.state.comparison
        self.curves: list[pg.PlotCurveItem] = []
        self.labels: list[pg.TextItem] = []
        self._shared_out = False
        super().__init__(context)
        controller = context.workbench.comparison
        self.runs = ComparedRuns(context.theme)
        self.hint = named(QLabel(tr(_HINT), wordWrap=True), "empty")
        self.hint.setMinimumHeight(40)
        self.run_button = named(QPushButton(tr("Compare")), "compare")
        self.run_button.setToolTip(tr("Train all runs from their initial weights, or stop them"))
        self.add_button = named(QToolButton(), "add_run")
        self.add_button.setText(tr("Add"))
        self.add_button.setToolTip(tr("Add a run of the current model"))
        self.add_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.additions = QMenu(self.add_button)
        self.additions.addAction(tr("This run, as it is set now"), controller.add_present)
        self.additions.addAction(tr("With another seed"), controller.add_other_seed)
        # Of a menu that Qt makes itself, Python's object may become void before the menu goes.
        self.optimizers = QMenu(tr("With another optimizer"), self.additions)
        self.additions.addMenu(self.optimizers)
        self.add_button.setMenu(self.additions)
        self.remove_button = named(QPushButton(tr("Remove")), "remove_run")
        self.remove_button.setToolTip(tr("Take the selected run off the list"))
        self._lay_out()
        self.run_button.clicked.connect(controller.run_or_stop)
        self.remove_button.clicked.connect(self._remove)
        self.runs.itemSelectionChanged.connect(self._enable)
        self._listing = Pace(_LIST_MS, self._show_results, self)
        context.state.catalogue_changed.connect(self._fill_optimizers)
        self._comparison.changed.connect(self._on_runs_changed)
        self._comparison.progressed.connect(self._on_runs_progressed)
        self._comparison.wanted.connect(self.come_to_front)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.run_button, self.add_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._plots = QWidget()
        column = QVBoxLayout(self._plots)
        column.setContentsMargins(0, 0, 0, 0)
        self._parts = QSplitter(Qt.Orientation.Horizontal)
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(self._plots)
        self._parts.addWidget(self.runs)
        self._column.insertLayout(0, buttons)
        self._column.addWidget(self.hint, 1)
        self._column.addWidget(self._parts, 1)

    def _made_plot(self) -> pg.PlotWidget:
        plot = super()._made_plot()
        # Its buttons are above it, and all panels beneath the graph are to fit one height.
        plot.setMinimumHeight(50)
        layout = self._plots.layout()
        if layout is not None:
            layout.addWidget(plot)
        plot.setMinimumWidth(70)
        return plot

    def has_something(self) -> bool:
        return self._state.trainable or bool(self._comparison.runs)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self.runs.use_theme(theme)

    def make_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        # Plain curves of logarithms: they are brought up to date in a fifth of the time.
        self.curves = [pg.PlotCurveItem(connect="finite") for _ in range(MOST)]
        self.labels = [pg.TextItem(str(number), anchor=(0.0, 0.5)) for number in range(1, MOST + 1)]
        for curve, label in zip(self.curves, self.labels, strict=True):
            plot.addItem(curve)
            plot.addItem(label, ignoreBounds=True)
        self.set_axis(plot)
        plot.setAccessibleName(tr("The losses of the compared runs"))

    def paint_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        for curve, label, colour in zip(self.curves, self.labels, self._theme.runs, strict=True):
            curve.setPen(pg.mkPen(colour, width=WIDTH))
            # A number is small: it needs more contrast than a line.
            label.setColor(self._theme.look.text)

    def refresh(self) -> None:
        self.runs.show_runs(self._comparison.runs)
        self.hint.setVisible(not self._comparison.runs)
        self._parts.setVisible(bool(self._comparison.runs))
        self._enable()
        super().refresh()
        if not self._shared_out and self._comparison.runs:
            self._shared_out = True
            self._parts.setSizes([self.width() * 2 // 5, self.width() * 3 // 5])
        self._place_labels()

    def draw_curves(self, plot: pg.PlotWidget) -> None:
        self.suit_axis(plot, *self._bounds[:2])
        shown = {run.number: run for run in self._comparison.runs}
        for number, curve in enumerate(self.curves, start=1):
            run = shown.get(number)
            curve.setVisible(run is not None and len(run.losses) > 0)
            if run is not None and len(run.losses):
                curve.setData(*_outline(run.losses.values, logarithmic=self.logarithmic))
        self.show_range(plot, self._whole_range())
        self._show_heading()

    def _place_labels(self) -> None:
        """Put each run's number to the end of its curve."""
        shown = {run.number: run for run in self._comparison.runs}
        for number, label in enumerate(self.labels, start=1):
            run = shown.get(number)
            loss = run.last_loss if run is not None else None
            seen = loss is not None and (loss > 0 or not self.logarithmic)
            label.setVisible(seen)
            if run is not None and loss is not None and seen:
                height = float(np.log10(loss)) if self.logarithmic else loss
                label.setPos(len(run.losses) - 1.0, height)

    def series(self) -> list[Series]:
        """Return every loss of every run, also where the curves are thinned."""
        return [
            Series(
                f"{run.number} {run.candidate.title}",
                np.arange(len(run.losses), dtype=np.float64),
                run.losses.values,
            )
            for run in self._comparison.runs
            if len(run.losses)
        ]

    def _show_heading(self) -> None:
        best, look = self._comparison.best, self._theme.look
        if best is None or best.last_loss is None:
            told = tr("press Compare") if self._comparison.can_run else tr("add another run")
            candidates = tuple(run.candidate for run in self._comparison.runs)
            built = self._state.built
            refused, _ = refusal(candidates, built.model if built else None)
            self.legend((html.escape(refused) or told, look.secondary))
            return
        # The list names its model, for which there is no room here.
        lowest = tr("lowest: {run}", run=best.number)
        step = tr("step {step}", step=counted(self._comparison.step))
        self.legend((step, look.secondary), (lowest, look.text))

    def _whole_range(self) -> Range:
        """Return all steps of the longest training, and round numbers or powers of ten."""
        runs = self._comparison.runs
        steps = max((run.candidate.training.steps for run in runs), default=1)
        # Room for the numbers at the curves' ends.
        return (0.0, 1.08 * steps, *self._heights())

    def _heights(self) -> tuple[float, float]:
        lowest, highest, least = self._bounds
        if not self.logarithmic:
            return nice_range(lowest, highest) if lowest <= highest else (0.0, 1.0)
        return log_range(least, highest) if least <= highest else (0.0, float(_DECADES))

    @property
    def _bounds(self) -> tuple[float, float, float]:
        """Return the lowest and the highest loss of all runs, and the lowest above 0."""
        runs = self._comparison.runs
        return (
            min((run.lowest for run in runs), default=math.inf),
            max((run.highest for run in runs), default=-math.inf),
            min((run.least for run in runs), default=math.inf),
        )

    def choose_axis(self, scale: AxisScale) -> None:
        super().choose_axis(scale)
        self._place_labels()

    def set_axis(self, plot: pg.PlotWidget) -> None:
        plot.getAxis("left").setLogMode(self.logarithmic)

    # The list

    def _fill_optimizers(self) -> None:
        self.optimizers.clear()
        add = self._workbench.comparison.add_other_optimizer
        for entry in self._state.catalogue.optimizers if self._state.catalogue else ():
            action = self.optimizers.addAction(tr(entry.title))
            action.setData(entry.name)
            action.triggered.connect(lambda _=False, name=entry.name: add(name))

    def _remove(self) -> None:
        number = self.runs.chosen
        if number is not None:
            self._workbench.comparison.remove(number)

    def _enable(self) -> None:
        comparison = self._comparison
        self.run_button.setText(tr("Stop") if comparison.running else tr("Compare"))
        can_run = comparison.running or (comparison.can_run and self._state.trainable)
        self.run_button.setEnabled(can_run)
        self.add_button.setEnabled(comparison.has_room and self._state.trainable)
        self.remove_button.setEnabled(self.runs.chosen is not None and not comparison.running)

    def _on_runs_changed(self) -> None:
        if self.seen:
            self._range = None
            self.refresh()

    def _on_runs_progressed(self) -> None:
        if self.seen:
            self._drawing.request()
            self._listing.request()

    def _show_results(self) -> None:
        if self.seen:
            self.runs.show_results(self._comparison.runs)
            self._place_labels()


def _outline(losses: Floats, *, logarithmic: bool) -> tuple[Floats, Floats]:
    """Return step numbers and losses, or their logarithms, of shape (n,), the last among them.

    A loss that is not above 0 has no place on a logarithmic axis.
    """
    stride = max(1, -(-len(losses) // _MAXIMUM_POINTS))
    steps = np.arange(0, len(losses), stride)
    if steps[-1] != len(losses) - 1:
        steps = np.append(steps, len(losses) - 1)
    shown = losses[steps]
    if logarithmic:
        shown = np.log10(np.where(shown > 0, shown, np.nan))
    return steps.astype(np.float64), shown
