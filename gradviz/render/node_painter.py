"""How one node is painted: its box, its two lines, its tick and its ring."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gradviz.render.fonts import Face, fonts
from gradviz.render.groups.group_painter import paint_closed_sign, paint_stack, title_indent
from gradviz.render.measure import content_height, first_line_width
from gradviz.render.parts import LOOKED_UP_AT_ONCE, Part, in_parts, pause
from gradviz.render.picture import GroupView, NodeView
from gradviz.render.shades import ink
from gradviz.render.style import METRICS, Theme, Tint

#: Text that would be smaller than this on the screen, in pixels, is left out.
_SMALLEST_TEXT = 6.0
_BORDER = {"coming": 1.0, "idle": 1.3, "done": 1.8, "now": 3.0}
#: So many take some milliseconds.
_NODES_AT_ONCE, _RECTS_AT_ONCE = 12, 512
#: The distance between the outlines of a node that a backward pass made.
_OUTLINES = 3.0

#: A label of fewer characters tells nothing, unless it is whole.
_SHORTEST_LABEL = 6


def paint_node(
    painter: QPainter,
    view: NodeView,
    rect: QRectF,
    theme: Theme,
    scale: float,
    *,
    title: str,
    ghost: bool,
    fill: str = "",
) -> None:
    """Paint one node into `rect` but for its values; a ghost, a further copy, is dashed.

    `title` is that of the view as it has room; `fill` is the colour of a coloured graph.
    """
    tint = _tint(view, theme, fill)
    if isinstance(view, GroupView):
        paint_stack(painter, view, rect, tint)
    pen = QPen(QColor(tint.border), _BORDER[view.state] * theme.stroke)
    if ghost:
        pen.setDashPattern([4, 3])
    elif view.state == "coming":
        pen.setDashPattern([1, 3])
    painter.setPen(pen)
    painter.setBrush(QColor(tint.fill))
    painter.drawRoundedRect(rect, METRICS.radius, METRICS.radius)
    # One more outline within for each time that it was differentiated.
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tint.border), _BORDER["idle"] * theme.stroke))
    for inset in range(1, view.order):
        gap = inset * _OUTLINES
        radius = max(1.0, METRICS.radius - gap)
        painter.drawRoundedRect(rect.adjusted(gap, gap, -gap, -gap), radius, radius)
    if METRICS.title_font * scale >= _SMALLEST_TEXT:
        _paint_title(painter, view, rect, theme, scale, title, fill)
    if view.tick:
        _paint_tick(painter, rect, ink(fill) if fill else theme.done)


def node_parts(
    nodes: Sequence[tuple[NodeView, QRectF, bool]],
    theme: Theme,
    scale: float,
    fills: Mapping[str, str],
    titles: Mapping[str, str],
) -> Iterator[Part]:
    """Yield the painting of nodes but for their values; `titles` has those without room."""
    for some in in_parts(nodes, _NODES_AT_ONCE):
        yield partial(
            _paint_nodes, nodes=some, theme=theme, scale=scale, fills=fills, titles=titles
        )


def _paint_nodes(
    painter: QPainter,
    nodes: Sequence[tuple[NodeView, QRectF, bool]],
    theme: Theme,
    scale: float,
    fills: Mapping[str, str],
    titles: Mapping[str, str],
) -> None:
    for view, rect, ghost in nodes:
        title, fill = titles.get(view.title, view.title), fills.get(view.id, "")
        paint_node(painter, view, rect, theme, scale, title=title, ghost=ghost, fill=fill)


def coarse_parts(
    nodes: Sequence[tuple[NodeView, QRectF, bool]], theme: Theme, fills: Mapping[str, str]
) -> Iterator[Part]:
    """Yield the painting of many small nodes as plain rectangles, those of one look together."""
    batches: dict[tuple[str, str, str], list[QRectF]] = defaultdict(list)
    # Thousands of nodes share a few looks.
    looks: dict[tuple[str, str, str], list[QRectF]] = {}
    for place, drawn in enumerate(in_parts(nodes, LOOKED_UP_AT_ONCE)):
        if place:
            yield pause
        for view, rect, _ in drawn:
            fill = fills.get(view.node.id, "") if fills else ""
            look = view.state, view.node.kind, fill
            rects = looks.get(look)
            if rects is None:
                tint = _tint(view, theme, fill)
                rects = looks[look] = batches[view.state, tint.fill, tint.border]
            rects.append(rect)
    # In this order the current node ("now") comes last, above all others.
    for (state, fill, border), rects in sorted(batches.items(), key=lambda item: item[0]):
        pen = QPen(QColor(border), 2 * _BORDER[state])
        for some in in_parts(rects, _RECTS_AT_ONCE):
            yield partial(_paint_rects, rects=some, pen=pen, fill=QColor(fill))


def _paint_rects(painter: QPainter, rects: Sequence[QRectF], pen: QPen, fill: QColor) -> None:
    painter.setPen(pen)
    painter.setBrush(fill)
    painter.drawRects(rects)


def paint_ring(
    painter: QPainter, rect: QRectF, theme: Theme, scale: float, *, selected: bool
) -> None:
    """Paint the ring around the selected node, or the fainter one under the mouse."""
    color = QColor(theme.accent)
    if not selected:
        color.setAlphaF(0.45)
    width = 2 / min(scale, 1.0)
    gap = 2 + width / 2
    painter.setPen(QPen(color, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = METRICS.radius + gap
    painter.drawRoundedRect(rect.adjusted(-gap, -gap, gap, gap), radius, radius)


def paint_broken_ring(painter: QPainter, rect: QRectF, theme: Theme, scale: float) -> None:
    """Paint the dashes around a marked node, outside of every other ring."""
    width = 2 / min(scale, 1.0)
    gap = 2 + 1.5 * width
    pen = QPen(QColor(theme.accent), width)
    pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = METRICS.radius + gap
    painter.drawRoundedRect(rect.adjusted(-gap, -gap, gap, gap), radius, radius)


def _tint(view: NodeView, theme: Theme, fill: str) -> Tint:
    tint = theme.kinds[view.kind]
    if view.state == "now":
        tint = theme.now_tint
    elif view.state == "done":
        tint = Tint(tint.fill, theme.done)
    return Tint(fill, tint.border) if fill else tint


def _paint_title(
    painter: QPainter,
    view: NodeView,
    rect: QRectF,
    theme: Theme,
    scale: float,
    title: str,
    fill: str,
) -> None:
    faces = fonts()
    inner = rect.adjusted(METRICS.padding_x, 0, -METRICS.padding_x, 0)
    top = rect.center().y() - content_height(faces) / 2
    baseline, color = top + faces.title.ascent, ink(fill) if fill else theme.text
    if isinstance(view, GroupView):
        paint_closed_sign(painter, inner.left(), top + faces.title.height / 2, color)
        inner.setLeft(inner.left() + title_indent())
    _text(painter, faces.title, inner.left(), baseline, title, color)
    if view.aside and METRICS.subtitle_font * scale >= _SMALLEST_TEXT:
        left = inner.left() + faces.title.width(title) + METRICS.aside_gap
        aside = faces.aside.elided(view.aside, METRICS.longest_aside)
        color = ink(fill) if fill else theme.secondary
        _text(painter, faces.aside, left, baseline, aside, color)


def paint_values(
    painter: QPainter,
    view: NodeView,
    rect: QRectF,
    theme: Theme,
    scale: float,
    *,
    fill: str = "",
) -> None:
    """Paint the second line of a node: its label, and its value or gradient.

    Once the gradient has come, the value stands above it: the local derivative needs both.
    """
    if METRICS.subtitle_font * scale < _SMALLEST_TEXT:
        return
    faces = fonts()
    inner = rect.adjusted(METRICS.padding_x, 0, -METRICS.padding_x, 0)
    top = rect.center().y() - content_height(faces) / 2
    baseline = top + faces.title.height + faces.subtitle.ascent
    secondary = ink(fill) if fill else theme.secondary
    value, color = view.value, secondary
    if view.gradient:
        reached = theme.now_text if view.state == "now" else theme.done_text
        value, color = view.gradient, secondary if fill else reached
        _paint_value_above(painter, view, inner, top + faces.title.ascent, secondary)
    taken = faces.value.width(value)
    _text(painter, faces.value, inner.right() - taken, baseline, value, color)
    room = max(1.0, inner.width() - (taken + METRICS.value_gap if value else 0))
    label = view.subtitle if view.kind == "leaf" else _subtitle_in(view, faces.subtitle, room)
    # A number is never cut off: a label gives way, and a leaf's own number is set narrower.
    narrowed = min(1.0, room / max(1.0, faces.subtitle.width(label)))
    if narrowed == 1.0:
        _text(painter, faces.subtitle, inner.left(), baseline, label, secondary)
        return
    painter.save()
    painter.translate(inner.left(), baseline)
    painter.scale(narrowed, 1.0)
    _text(painter, faces.subtitle, 0.0, 0.0, label, secondary)
    painter.restore()


def _subtitle_in(view: NodeView, face: Face, room: float) -> str:
    """Return the subtitle cut to `room`; nothing where what is left of it would tell nothing."""
    label = face.elided(view.subtitle, room)
    if label != view.subtitle and (view.subtitle_is_shape or len(label) < _SHORTEST_LABEL):
        return ""
    return label


def _paint_value_above(
    painter: QPainter, view: NodeView, inner: QRectF, baseline: float, color: str
) -> None:
    """Paint the value of a node at the end of its first line; a shape only where it has room."""
    face = fonts().value
    taken = face.width(view.value)
    if not view.value or view.kind == "leaf":
        return
    end = inner.right() - METRICS.tick - METRICS.aside_gap
    room = end - inner.left() - first_line_width(view, fonts()) - METRICS.aside_gap
    narrowed = min(1.0, room / max(1.0, taken))
    if narrowed <= 0 or (narrowed < 1 and not view.has_number):
        return
    painter.save()
    painter.translate(end - taken * narrowed, baseline)
    painter.scale(narrowed, 1.0)
    _text(painter, face, 0.0, 0.0, view.value, color)
    painter.restore()


def _text(painter: QPainter, face: Face, x: float, baseline: float, text: str, color: str) -> None:
    painter.setFont(face.font)
    painter.setPen(QColor(color))
    painter.drawText(QPointF(x, baseline), text)


def _paint_tick(painter: QPainter, rect: QRectF, color: str) -> None:
    size = METRICS.tick
    left, top = rect.right() - METRICS.padding_x + 2 - size, rect.top() + METRICS.padding_y + 3
    pen = QPen(QColor(color), 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    places = ((0.0, 0.55), (0.36, 0.9), (1.0, 0.1))
    painter.drawPolyline(QPolygonF([QPointF(left + x * size, top + y * size) for x, y in places]))
