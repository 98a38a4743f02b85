"""How edges are painted: lines with heads, and the chip that carries a gradient."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gradviz.render.chips import GAP, PADDING, TRIANGLE, chip_rects
from gradviz.render.fonts import fonts
from gradviz.render.paint_progress import NO_PROGRESS, PaintProgress
from gradviz.render.picture import EdgeState, EdgeView
from gradviz.render.shapes import Shapes
from gradviz.render.style import METRICS, Theme

_WIDTH: dict[EdgeState, float] = {
    "idle": 1.4,
    "fed": 3.4,
    "waiting": 1.6,
    "sent": 2.0,
    "done": 2.0,
    "now": 3.4,
}
#: Painted in this order, so that the edges of the current step lie on top.
_ORDER: tuple[EdgeState, ...] = ("idle", "waiting", "done", "sent", "fed", "now")
_DASHES = {"waiting": [3.0, 3.0], "sent": [4.0, 2.5]}
_SMALLEST_TEXT = 6.0
_MOST_SMOOTHED = 4_000


def paint_edges(
    painter: QPainter,
    edges: Sequence[EdgeView],
    shapes: Shapes,
    theme: Theme,
    progress: PaintProgress = NO_PROGRESS,
) -> None:
    """Paint lines and heads: backward where a gradient has gone, else forward."""
    for view in progress.through(sorted(edges, key=lambda view: _ORDER.index(view.state))):
        width = _WIDTH[view.state]
        path, head = shapes.arrow(view.id, backward=view.backward, width=width)
        color = _color(view.state, theme)
        pen = QPen(color, width)
        if view.state in _DASHES:
            pen.setDashPattern(_DASHES[view.state])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(head)


def paint_coarsely(
    painter: QPainter, edges: Iterable[EdgeView], shapes: Shapes, theme: Theme, scale: float
) -> None:
    """Paint many small edges as straight lines, all of one state at once."""
    batches: dict[EdgeState, list[QLineF]] = defaultdict(list)
    for view in edges:
        batches[view.state] += shapes.lines(view.id)
    # Lines that are smoothed take six times as long, and so many lie on one another anyway.
    painter.setRenderHint(
        QPainter.RenderHint.Antialiasing, sum(map(len, batches.values())) <= _MOST_SMOOTHED
    )
    for state in _ORDER:
        if state in batches:
            pen = QPen(_color(state, theme), _WIDTH[state] if scale < 0.2 else _WIDTH[state] * 0.7)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawLines(batches[state])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def paint_chips(
    painter: QPainter, edges: Sequence[EdgeView], shapes: Shapes, theme: Theme, scale: float
) -> None:
    """Paint the chips beside their edges."""
    if METRICS.subtitle_font * scale < _SMALLEST_TEXT:
        return
    rects = chip_rects(edges, shapes)
    for view in edges:
        if view.id in rects:
            _paint_chip(painter, view.chip, rects[view.id], shapes.uphill(view.id), theme)


def _paint_chip(painter: QPainter, text: str, rect: QRectF, angle: float, theme: Theme) -> None:
    face = fonts().chip
    painter.setPen(QPen(QColor(theme.canvas), 1.5))
    painter.setBrush(QColor(theme.chip))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.chip_text))
    center = QPointF(rect.left() + PADDING + TRIANGLE / 2, rect.center().y())
    painter.drawPolygon(_triangle(center, math.radians(angle)))
    painter.setFont(face.font)
    painter.setPen(QColor(theme.chip_text))
    left = rect.left() + PADDING + TRIANGLE + GAP
    painter.drawText(QPointF(left, rect.center().y() - face.height / 2 + face.ascent), text)


def _triangle(center: QPointF, angle: float) -> QPolygonF:
    """Return a triangle that points up, turned clockwise by `angle` in radians."""
    half = TRIANGLE / 2
    sine, cosine = math.sin(angle), math.cos(angle)
    corners = ((0.0, -half), (0.8 * half, half), (-0.8 * half, half))
    return QPolygonF(
        [center + QPointF(x * cosine - y * sine, x * sine + y * cosine) for x, y in corners]
    )


def _color(state: EdgeState, theme: Theme) -> QColor:
    if state == "idle":
        return QColor(theme.edge)
    return QColor(theme.done if state in ("waiting", "done") else theme.now)
