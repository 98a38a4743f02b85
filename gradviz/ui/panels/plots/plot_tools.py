"""The crosshair of a plot: two lines under the mouse, with the values of the curves there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtWidgets import QLabel

from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.theme import Theme

if TYPE_CHECKING:
    import pyqtgraph as pg

#: A mouse that moves is followed at most so often a second.
_MOVES_PER_S = 60
_MARGIN = 6


class Crosshair(QObject):
    """Two lines that follow the mouse over a plot; they are there only while it is there.

    `reading` returns the text for an x of the axis; `reset` is called for a double click.
    """

    def __init__(
        self, plot: pg.PlotWidget, reading: Callable[[float], str], reset: Callable[[], None]
    ) -> None:
        import pyqtgraph as pg

        super().__init__(plot)
        self._plot = plot
        self._reading = reading
        self._reset = reset
        self.lines = (pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=0))
        for line in self.lines:
            line.hide()
            plot.addItem(line, ignoreBounds=True)
        self.readout = named(QLabel(plot), "crosshair")
        self.readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.readout.hide()
        self._moves = pg.SignalProxy(
            plot.scene().sigMouseMoved, rateLimit=_MOVES_PER_S, slot=self._on_moved
        )
        plot.viewport().installEventFilter(self)

    def paint(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        import pyqtgraph as pg

        for line in self.lines:
            line.setPen(pg.mkPen(theme.look.secondary, width=1, style=Qt.PenStyle.DotLine))

    def hide(self) -> None:
        """Show nothing until the mouse moves again."""
        for line in self.lines:
            line.hide()
        self.readout.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.hide()
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self._reset()
            return True
        return super().eventFilter(watched, event)

    def _on_moved(self, moves: tuple[QPointF]) -> None:
        box = self._plot.getViewBox()
        # A move may still be on its way when the mouse has left.
        if not self._plot.viewport().underMouse() or not box.sceneBoundingRect().contains(moves[0]):
            self.hide()
            return
        self.show_at(box.mapSceneToView(moves[0]))

    def show_at(self, point: QPointF) -> None:
        """Show the lines and the values of the curves at `point`, in the units of the axes."""
        for line, place in zip(self.lines, (point.x(), point.y()), strict=True):
            line.setPos(place)
            line.show()
        self.readout.setText(self._reading(point.x()))
        self.readout.adjustSize()
        self.readout.move(self._plot.width() - self.readout.width() - _MARGIN, _MARGIN)
        self.readout.show()
