"""How edges are painted: lines with heads, and the chip that carries a gradient."""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gradviz.render.chips import GAP, PADDING, TRIANGLE, chip_rects, local_rects, local_text
from gradviz.render.fonts import fonts
from gradviz.render.parts import LOOKED_UP_AT_ONCE, Part, in_parts, pause
from gradviz.render.picture import NO_LOCAL, EdgeState, EdgeView
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
_PLACE_IN_ORDER = {state: place for place, state in enumerate(_ORDER)}
_DASHES = {"waiting": [3.0, 3.0], "sent": [4.0, 2.5]}
_SMALLEST_TEXT = 6.0
_MOST_SMOOTHED = 4_000
#: So many take some milliseconds.
_EDGES_AT_ONCE, _LINES_AT_ONCE = 48, 256


def edge_parts(
    edges: Sequence[EdgeView], shapes: Shapes, theme: Theme, area: QRectF | None
) -> Iterator[Part]:
    """Yield the painting of lines and heads: backward where a gradient has gone, else forward.

    Only what lies in `area` has to be painted.
    """
    for some in in_parts(in_order(edges), _EDGES_AT_ONCE):
        yield partial(_paint_edges, edges=some, shapes=shapes, theme=theme, area=area)


def in_order(edges: Iterable[EdgeView]) -> list[EdgeView]:
    """Return edges in the order in which they are painted, those of the current step last."""
    return sorted(edges, key=lambda view: _PLACE_IN_ORDER[view.state])


def _paint_edges(
    painter: QPainter,
    edges: Sequence[EdgeView],
    shapes: Shapes,
    theme: Theme,
    area: QRectF | None,
) -> None:
    for view in edges:
        width = _WIDTH[view.state] * theme.stroke
        found = shapes.arrow_in(view.id, area, backward=view.backward, width=width)
        if found is None:
            continue
        path, head, before = found
        color = _color(view.state, theme)
        pen = QPen(color, width)
        if view.state in _DASHES:
            pen.setDashPattern(_DASHES[view.state])
            # Dashes are counted in widths of the pen.
            pen.setDashOffset(before / width)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(head)


def coarse_parts(
    edges: Sequence[EdgeView], shapes: Shapes, theme: Theme, scale: float
) -> Iterator[Part]:
    """Yield the painting of many small edges as straight lines, those of one state together."""
    of_state: dict[EdgeState, list[str]] = defaultdict(list)
    for place, views in enumerate(in_parts(edges, LOOKED_UP_AT_ONCE)):
        if place:
            yield pause
        for view in views:
            of_state[view.state].append(view.id)
    # Lines that are smoothed take six times as long, and so many lie on one another anyway.
    smooth = _are_few(itertools.chain(*of_state.values()), shapes)
    for state in _ORDER:
        pen = QPen(_color(state, theme), _WIDTH[state] if scale < 0.2 else _WIDTH[state] * 0.7)
        pen.setCosmetic(True)
        for some in in_parts(of_state.get(state, []), _LINES_AT_ONCE):
            yield partial(_paint_lines, edges=some, shapes=shapes, pen=pen, smooth=smooth)


def _are_few(edges: Iterable[str], shapes: Shapes) -> bool:
    """Tell whether the lines of all edges are few enough to be smoothed."""
    count = 0
    for edge in edges:
        count += shapes.line_count(edge)
        if count > _MOST_SMOOTHED:
            return False
    return True


def _paint_lines(
    painter: QPainter, edges: Sequence[str], shapes: Shapes, pen: QPen, *, smooth: bool
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    painter.setPen(pen)
    painter.drawLines([line for edge in edges for line in shapes.lines(edge)])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def paint_chips(
    painter: QPainter,
    edges: Sequence[EdgeView],
    shapes: Shapes,
    theme: Theme,
    scale: float,
    local: Mapping[str, float] = NO_LOCAL,
) -> None:
    """Paint the chips of `edges` beside them, and their `local` derivatives."""
    if METRICS.subtitle_font * scale < _SMALLEST_TEXT:
        return
    beside = local_rects(shapes, local)
    for view in edges:
        if view.id in beside:
            _paint_local(painter, local_text(local[view.id]), beside[view.id], theme)
    rects = chip_rects(edges, shapes, local)
    for view in edges:
        if view.id in rects:
            _paint_chip(painter, view.chip, rects[view.id], shapes.uphill(view.id), theme)


def _paint_local(painter: QPainter, text: str, rect: QRectF, theme: Theme) -> None:
    face = fonts().chip
    painter.setPen(QPen(QColor(theme.edge), 1))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(rect, 3, 3)
    painter.setFont(face.font)
    painter.setPen(QColor(theme.text))
    baseline = rect.center().y() - face.height / 2 + face.ascent
    painter.drawText(QPointF(rect.left() + PADDING, baseline), text)


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
