"""The marks of added, removed and changed nodes: a ring with +, dashes with −, and ≠."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gradviz.core.graphs.placement import Point
from gradviz.core.graphs.union_layout import GoneNode, Marks
from gradviz.render.fonts import fonts
from gradviz.render.shapes import Shapes
from gradviz.render.style import METRICS, Theme

_BADGE = 7.0
_SIGN = 3.5
#: The distance of the ring from its node: further out than the ring of the selection.
_GAP = 5.0
_HALO = 7.0
_SMALLEST_TEXT = 6.0


def paint_beneath(painter: QPainter, marks: Marks, shapes: Shapes, theme: Theme) -> None:
    """Paint the marks under the graph: removed nodes and edges, and the halo of added edges."""
    halo = QColor(theme.came)
    halo.setAlphaF(0.22)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(halo, _HALO, c=Qt.PenCapStyle.RoundCap))
    for edge in marks.came_edges & shapes.bounds.keys():
        painter.drawPath(shapes.arrow(edge, backward=False, width=1.0)[0])
    pen = QPen(QColor(theme.gone), 1.2)
    pen.setDashPattern([2.0, 4.0])
    painter.setPen(pen)
    for curve in marks.gone_curves:
        painter.drawPath(_path(curve))
    for node in marks.gone:
        _paint_gone(painter, node, theme)


def paint_above(
    painter: QPainter, came: Iterable[QRectF], marks: Marks, theme: Theme, scale: float
) -> None:
    """Paint the rings around the added nodes, which lie at `came`, and every badge."""
    color = QColor(theme.came)
    radius = METRICS.radius + _GAP
    for rect in came:
        ring = rect.adjusted(-_GAP, -_GAP, _GAP, _GAP)
        painter.setPen(QPen(color, 1.6 / min(scale, 1.0)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ring, radius, radius)
        _paint_badge(painter, ring.topLeft(), theme.came, theme, plus=True)
    for node in marks.gone:
        _paint_badge(painter, _rect(node).topLeft(), theme.gone, theme, plus=False)


def paint_changed(painter: QPainter, changed: Iterable[QRectF], theme: Theme) -> None:
    """Paint ≠ at the corners of nodes whose numbers have changed."""
    for rect in changed:
        center = rect.topLeft()
        painter.setPen(QPen(QColor(theme.canvas), 1.5))
        painter.setBrush(QColor(theme.secondary))
        painter.drawEllipse(center, _BADGE, _BADGE)
        painter.setPen(QPen(QColor(theme.canvas), 1.4))
        x, y, apart = center.x(), center.y(), _SIGN / 2
        for height in (y - apart, y + apart):
            painter.drawLine(QLineF(x - _SIGN, height, x + _SIGN, height))
        painter.drawLine(QLineF(x - apart, y + _SIGN + 1, x + apart, y - _SIGN - 1))


def _paint_gone(painter: QPainter, node: GoneNode, theme: Theme) -> None:
    pen = QPen(QColor(theme.gone), 1.4)
    pen.setDashPattern([4.0, 4.0])
    painter.setPen(pen)
    painter.setBrush(QColor(theme.canvas))
    rect = _rect(node)
    painter.drawRoundedRect(rect, METRICS.radius, METRICS.radius)
    painter.setPen(QColor(theme.gone))
    painter.setFont(fonts().subtitle.font)
    title = fonts().subtitle.elided(node.title, max(1.0, rect.width() - 2 * METRICS.padding_x))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, title)


def _paint_badge(
    painter: QPainter, center: QPointF, color: str, theme: Theme, *, plus: bool
) -> None:
    painter.setPen(QPen(QColor(theme.canvas), 1.5))
    painter.setBrush(QColor(color))
    painter.drawEllipse(center, _BADGE, _BADGE)
    painter.setPen(QPen(QColor(theme.canvas), 1.8))
    x, y = center.x(), center.y()
    painter.drawLine(QLineF(x - _SIGN, y, x + _SIGN, y))
    if plus:
        painter.drawLine(QLineF(x, y - _SIGN, x, y + _SIGN))


def _rect(node: GoneNode) -> QRectF:
    (x, y), (width, height) = node.center, node.size
    return QRectF(x - width / 2, y - height / 2, width, height)


def _path(curve: Sequence[Point]) -> QPainterPath:
    path = QPainterPath(QPointF(*curve[0]))
    for index in range(1, len(curve), 3):
        first, second, end = curve[index : index + 3]
        path.cubicTo(QPointF(*first), QPointF(*second), QPointF(*end))
    return path
