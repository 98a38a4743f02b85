"""The legend over the graph: the meaning of its colours and signs."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gradviz.render.health_painter import legend_size, paint_legend
from gradviz.render.shades import Legend
from gradviz.render.style import Theme as Look
from gradviz.ui.widgets.speech.spoken import Spoken


class LegendView(QWidget, Spoken):
    """Shows the legend as files have it; hidden while the graph has no colours."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("legend")
        self._look = look
        self._legend: Legend | None = None
        self.hide()

    def show_legend(self, legend: Legend | None) -> None:
        """Show `legend`; None hides it."""
        self._legend = legend
        self.setVisible(legend is not None)
        if legend is not None:
            self.setAccessibleName(legend.text)
            self.setToolTip(legend.text)
            self.adjustSize()
            self.update()

    def use_look(self, look: Look) -> None:
        """Draw in the colours of `look`."""
        self._look = look
        self.update()

    def sizeHint(self) -> QSize:
        if self._legend is None:
            return QSize(0, 0)
        # A pixel more on every side for the line around it.
        return legend_size(self._legend).toSize() + QSize(3, 3)

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._legend is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_legend(painter, self._legend, QPointF(1, 1), self._look)
        painter.end()
