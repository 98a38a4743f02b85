"""A plot of losses whose axis is linear, logarithmic, or whichever of them shows the losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from gradviz.core.language.saying import marked, tr
from gradviz.render.plots.drawn_curves import SCALES, AxisScale, is_logarithmic
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.plot_panel import PlotPanel

if TYPE_CHECKING:
    import pyqtgraph as pg

_SETTING = "loss_axis"
#: The entries of the menu, in the order of SCALES.
_TITLES = (marked("Automatic axis"), marked("Linear axis"), marked("Logarithmic axis"))


class LossPlot(PlotPanel):
    """Has the axis that the user chose, in every plot of losses and also the next time."""

    def __init__(self, context: PanelContext) -> None:
        self._settings = context.settings
        self.scale = _remembered(context.settings)
        #: Whether the axis is logarithmic now: chosen so, or automatically.
        self.logarithmic = self.scale == "log"
        super().__init__(context)

    @property
    def axis_names(self) -> tuple[str, str]:
        return self.told_over, tr("loss (log)") if self.logarithmic else tr("loss")

    def add_to_menu(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for scale, title in zip(SCALES, _TITLES, strict=True):
            action = menu.addAction(tr(title))
            action.setCheckable(True)
            action.setChecked(scale == self.scale)
            action.triggered.connect(lambda _=False, scale=scale: self.choose_axis(scale))
            group.addAction(action)

    def choose_axis(self, scale: AxisScale) -> None:
        """Show the losses on a linear axis, a logarithmic one, or what suits; it is remembered."""
        self.scale = scale
        self._settings.setValue(_SETTING, scale)
        self.show_all()

    def set_axis(self, plot: pg.PlotWidget) -> None:
        """Make the axis of `plot` logarithmic or linear, as `logarithmic` says."""

    def suit_axis(self, plot: pg.PlotWidget, lowest: float, highest: float) -> None:
        """Make the axis the one that shows losses from `lowest` to `highest`, unless it is."""
        logarithmic = is_logarithmic(self.scale, lowest, highest)
        if logarithmic != self.logarithmic:
            self.logarithmic = logarithmic
            self.set_axis(plot)
            self.forget_range()


def _remembered(settings: QSettings) -> AxisScale:
    """Return the axis that was chosen last, "auto" where none was."""
    chosen = settings.value(_SETTING, "auto")
    return next((scale for scale in SCALES if scale == chosen), "auto")
