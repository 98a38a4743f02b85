"""How health is painted: a sign in the corner of a marked node, and the legend of the colours."""

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gradviz.core.findings.health import Diagnosis
from gradviz.core.language.saying import tr
from gradviz.render.fonts import fonts
from gradviz.render.shades import STEPS, Legend, shade, verdict_text
from gradviz.render.style import Theme

#: The radius of a sign's disc, on the graph and at least on the screen, in pixels.
_BADGE, _SMALLEST_BADGE = 7.0, 3.5
_BAR_WIDTH, _BAR_HEIGHT, _PADDING, _GAP = 110.0, 10.0, 10.0, 6.0


def paint_signs(
    painter: QPainter, places: Iterable[tuple[QRectF, Diagnosis]], theme: Theme, scale: float
) -> None:
    """Paint the verdicts at the upper right corners of their nodes, seen at any scale."""
    radius = sign_radius(scale)
    for rect, verdict in places:
        paint_sign(painter, rect.topRight(), verdict, theme, radius)


def sign_radius(scale: float) -> float:
    """Return the radius of a sign's disc, in the placement's units."""
    return max(_BADGE, _SMALLEST_BADGE / scale)


def paint_sign(
    painter: QPainter, center: QPointF, verdict: Diagnosis, theme: Theme, radius: float = _BADGE
) -> None:
    """Paint a verdict's sign on a disc: ↑ exploding, ↓ vanishing, 0 dead, ! not finite."""
    painter.setPen(QPen(QColor(theme.canvas), 0.2 * radius))
    painter.setBrush(QColor(theme.text))
    painter.drawEllipse(center, radius, radius)
    pen = QPen(QColor(theme.canvas), 0.24 * radius, c=Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, long, wide = center.x(), center.y(), 0.52 * radius, 0.36 * radius
    match verdict:
        case "dead":
            painter.drawEllipse(center, wide, long)
        case "non-finite":
            painter.drawLine(QLineF(x, y - long, x, y + 0.1 * long))
            painter.drawPoint(QPointF(x, y + long))
        case _:
            tip = y - long if verdict == "exploding" else y + long
            back = y - long + wide if verdict == "exploding" else y + long - wide
            painter.drawLine(QLineF(x, y - long, x, y + long))
            painter.drawLine(QLineF(x, tip, x - wide, back))
            painter.drawLine(QLineF(x, tip, x + wide, back))


def legend_size(legend: Legend) -> QSizeF:
    """Return the room that the legend needs; needs a QGuiApplication."""
    face = fonts().subtitle
    words = [verdict_text(verdict) for verdict in legend.signs]
    signs = sum(2 * _BADGE + _GAP + face.width(word) + _PADDING for word in words)
    bar = face.width(legend.low) + _GAP + _BAR_WIDTH + _GAP + face.width(legend.high)
    width = max(face.width(tr(legend.title)), bar, signs)
    rows = 3 if legend.signs else 2
    return QSizeF(width + 2 * _PADDING, rows * (face.height + _GAP) - _GAP + 2 * _PADDING)


def paint_legend(painter: QPainter, legend: Legend, corner: QPointF, theme: Theme) -> None:
    """Paint the legend with its upper left corner at `corner`."""
    face, size = fonts().subtitle, legend_size(legend)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(QRectF(corner, size), 7, 7)
    left, baseline = corner.x() + _PADDING, corner.y() + _PADDING + face.ascent
    row = face.height + _GAP
    _text(painter, left, baseline, tr(legend.title), theme.text)
    _text(painter, left, baseline + row, legend.low, theme.secondary)
    bar = left + face.width(legend.low) + _GAP
    top = baseline + row - face.ascent + (face.height - _BAR_HEIGHT) / 2
    _paint_bar(painter, QRectF(bar, top, _BAR_WIDTH, _BAR_HEIGHT), theme)
    _text(painter, bar + _BAR_WIDTH + _GAP, baseline + row, legend.high, theme.secondary)
    middle = baseline + 2 * row - face.ascent + face.height / 2
    for verdict in legend.signs:
        paint_sign(painter, QPointF(left + _BADGE, middle), verdict, theme)
        left += 2 * _BADGE + _GAP
        word = verdict_text(verdict)
        _text(painter, left, baseline + 2 * row, word, theme.secondary)
        left += face.width(word) + _PADDING


def _paint_bar(painter: QPainter, bar: QRectF, theme: Theme) -> None:
    part = bar.width() / STEPS
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(STEPS):
        painter.setBrush(QColor(shade(step / (STEPS - 1))))
        # Each reaches to the end, beneath the next: there is no seam between them.
        left = bar.left() + step * part
        painter.drawRect(QRectF(left, bar.top(), bar.right() - left, bar.height()))
    painter.setPen(QPen(QColor(theme.secondary), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar)


def _text(painter: QPainter, x: float, baseline: float, text: str, color: str) -> None:
    painter.setFont(fonts().subtitle.font)
    painter.setPen(QColor(color))
    painter.drawText(QPointF(x, baseline), text)
