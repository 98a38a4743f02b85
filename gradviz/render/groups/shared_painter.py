"""The marks of shared parameters: two linked rings and a number, at each box that uses one."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gradviz.render.fonts import fonts
from gradviz.render.groups.frame_painter import Framed
from gradviz.render.picture import NodeView
from gradviz.render.style import METRICS, Theme

#: The radius of a ring, and the distance of their middles.
_RING, _APART = 2.6, 4.0
_PADDING = 4.0
#: More numbers than this are only hinted at.
_MOST_NUMBERS = 2
#: How far a mark reaches out of its box, to the left and downwards.
_OUTSIDE = 8.0
_RADIUS = 2.0


def paint_shared(
    painter: QPainter,
    nodes: Sequence[tuple[NodeView, QRectF, bool]],
    frames: Sequence[Framed],
    shared: Mapping[str, Sequence[int]],
    linked: Collection[str],
    theme: Theme,
) -> None:
    """Paint the mark of each box and frame in `shared`; those in `linked` are lit, with a ring."""
    for key, rect in _places(nodes, frames, shared):
        lit = key in linked
        if lit:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            radius = METRICS.radius + 3
            painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), radius, radius)
        _paint_mark(painter, rect, mark_text(shared[key]), theme, lit=lit)


def mark_text(numbers: Sequence[int]) -> str:
    """Return the numbers of a mark, as far as there is room."""
    told = [str(number) for number in numbers[:_MOST_NUMBERS]]
    return " ".join([*told, "…"] if len(numbers) > _MOST_NUMBERS else told)


def mark_rect(rect: QRectF, text: str) -> QRectF:
    """Return where the mark of a box or frame at `rect` is: at its lower left corner."""
    face = fonts().aside
    width = 2 * _PADDING + _rings_width() + 2 + face.width(text)
    return QRectF(
        rect.left() - _OUTSIDE, rect.bottom() + _OUTSIDE - face.height, width, face.height
    )


def paint_rings(painter: QPainter, left: QPointF, color: str) -> None:
    """Paint the two linked rings of a mark, with their left end at a point."""
    painter.setPen(QPen(QColor(color), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ring in range(2):
        center = QPointF(left.x() + _RING + ring * _APART, left.y())
        painter.drawEllipse(center, _RING, _RING)


def _places(
    nodes: Sequence[tuple[NodeView, QRectF, bool]],
    frames: Sequence[Framed],
    shared: Mapping[str, Sequence[int]],
) -> Iterator[tuple[str, QRectF]]:
    yield from ((view.id, rect) for view, rect in frames if view.id in shared)
    yield from ((view.id, rect) for view, rect, _ in nodes if view.id in shared)


def _rings_width() -> float:
    return 2 * _RING + _APART


def _paint_mark(painter: QPainter, rect: QRectF, text: str, theme: Theme, *, lit: bool) -> None:
    face, place = fonts().aside, mark_rect(rect, text)
    border = theme.kinds["leaf"].border
    painter.setPen(QPen(QColor(theme.accent if lit else border), 1))
    painter.setBrush(QColor(theme.accent if lit else theme.kinds["leaf"].fill))
    painter.drawRoundedRect(place, place.height() / _RADIUS, place.height() / _RADIUS)
    color = theme.accent_text if lit else theme.text
    left, middle = place.left() + _PADDING, place.center().y()
    paint_rings(painter, QPointF(left, middle), color)
    painter.setFont(face.font)
    painter.setPen(QColor(color))
    baseline = place.top() + face.ascent
    painter.drawText(QPointF(left + _rings_width() + 2, baseline), text)
