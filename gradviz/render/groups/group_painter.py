"""How a closed group is painted: a box with a sign before its title, folds as a small stack."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gradviz.render.fonts import Fonts
from gradviz.render.groups.frame_painter import SIGN, SIGN_GAP, paint_sign
from gradviz.render.picture import GroupView
from gradviz.render.style import METRICS, Tint

#: The distance of the boxes behind that of a fold.
STACKED = 3.0
#: Room for the texts of usual length, and for the longest, as English has them.
_USUAL = "grad ‖·‖ 0.00888888"
_LONGEST_COUNT = "8,888 of 8,888"
_STEP = 4


def paint_stack(painter: QPainter, view: GroupView, rect: QRectF, tint: Tint) -> None:
    """Paint the edges of the boxes behind that of a fold."""
    if not view.folded:
        return
    painter.setPen(QPen(QColor(tint.border), 1.2))
    painter.setBrush(QColor(tint.fill))
    painter.drawRoundedRect(rect.translated(STACKED, STACKED), METRICS.radius, METRICS.radius)


def title_indent() -> float:
    """Return how far the title of a group is indented for the sign before it."""
    return SIGN + SIGN_GAP


def paint_closed_sign(painter: QPainter, left: float, middle: float, color: str) -> None:
    """Paint the sign of a closed group before its title."""
    paint_sign(painter, QPointF(left, middle), color, opened=False)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def group_width(title: str, type_name: str, shape: str, faces: Fonts) -> float:
    """Return the width of a closed group's box for all texts that it may show."""
    first = title_indent() + min(faces.title.width(title), METRICS.longest_title)
    first += METRICS.aside_gap + METRICS.tick
    numbers = (_USUAL, _LONGEST_COUNT, shape)
    second = min(faces.subtitle.width(type_name), METRICS.longest_label) + METRICS.value_gap
    second += max(faces.value.width(number) for number in numbers)
    content = max(first, second) + 2 * METRICS.padding_x
    return max(METRICS.node_width, -(-content // _STEP) * _STEP)
