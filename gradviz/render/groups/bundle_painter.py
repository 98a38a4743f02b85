"""How bundled edges are painted: a small sign with the number of the true edges on each."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from gradviz.core.number_text import counted
from gradviz.render.fonts import fonts
from gradviz.render.groups.frame_painter import SMALLEST_TEXT
from gradviz.render.picture import EdgeView
from gradviz.render.shapes import Shapes
from gradviz.render.style import METRICS, Theme

_PADDING = 4.0


def paint_counts(
    painter: QPainter, edges: Sequence[EdgeView], shapes: Shapes, theme: Theme, scale: float
) -> None:
    """Paint the counts in the middle of their edges; one with a chip has no room for it."""
    if METRICS.subtitle_font * scale < SMALLEST_TEXT:
        return
    for view in edges:
        if not view.chip and view.id in shapes.bounds:
            _paint_count(painter, f"×{counted(view.count)}", count_rect(view, shapes), theme)


def count_rect(view: EdgeView, shapes: Shapes) -> QRectF:
    """Return where the count of an edge is painted."""
    face = fonts().aside
    x, y = shapes.points(view.id, (0.5,))[0].tolist()
    width, height = face.width(f"×{counted(view.count)}") + 2 * _PADDING, face.height + 1
    return QRectF(x - width / 2, y - height / 2, width, height)


def _paint_count(painter: QPainter, text: str, rect: QRectF, theme: Theme) -> None:
    face = fonts().aside
    painter.setPen(QPen(QColor(theme.edge), 1))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setFont(face.font)
    painter.setPen(QColor(theme.secondary))
    baseline = rect.center().y() - face.height / 2 + face.ascent
    painter.drawText(QPointF(rect.left() + _PADDING, baseline), text)
