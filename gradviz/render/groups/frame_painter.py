"""How open groups are painted: a frame beneath their nodes, and its title line over their edges."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gradviz.core.graphs.groups import Group
from gradviz.render.characters import visible
from gradviz.render.fonts import Face, fonts
from gradviz.render.parts import Part, in_parts
from gradviz.render.picture import FrameView
from gradviz.render.style import METRICS, Theme

#: Text that would be smaller than this on the screen, in pixels, is left out.
SMALLEST_TEXT = 6.0
_BORDER = {"coming": 1.0, "idle": 1.3, "done": 1.8, "now": 2.4}
#: So many take some milliseconds.
_FRAMES_AT_ONCE = 64
#: The sign before the title of a group, and its distance from the title.
SIGN, SIGN_GAP = 7.0, 6.0
_TITLE_GAP = 10.0
_FAR_PADDING = 5.0
_USUAL_PROGRESS = "888 of 888"

#: A frame with its place.
Framed = tuple[FrameView, QRectF]


def frame_parts(frames: Sequence[Framed], theme: Theme) -> Iterator[Part]:
    """Yield the painting of frames, each over the one around it."""
    for some in in_parts(frames, _FRAMES_AT_ONCE):
        yield partial(_paint_frames, frames=some, theme=theme)


def _paint_frames(painter: QPainter, frames: Sequence[Framed], theme: Theme) -> None:
    for view, rect in frames:
        pen = QPen(QColor(_border(view, theme)), _BORDER[view.state] * theme.stroke)
        if view.state == "coming":
            pen.setDashPattern([1, 3])
        painter.setPen(pen)
        painter.setBrush(QColor(_fill(view, theme)))
        painter.drawRoundedRect(rect, METRICS.radius, METRICS.radius)


def paint_titles(painter: QPainter, frames: Iterable[Framed], theme: Theme, scale: float) -> None:
    """Paint the title lines of frames, as far as each has room."""
    if METRICS.title_font * scale < SMALLEST_TEXT:
        return
    faces = fonts()
    for view, rect in frames:
        line = title_rect(rect)
        room = line.width() - SIGN - SIGN_GAP
        title = faces.title.elided(view.title, max(1.0, room))
        left, baseline = line.left() + SIGN + SIGN_GAP, line.top() + faces.title.ascent
        taken = faces.title.width(title)
        facts = fitting(view.facts, faces.subtitle, room - taken - _TITLE_GAP)
        end = left + taken + (_TITLE_GAP + faces.subtitle.width(facts) if facts else 0)
        # Edges pass beneath the line, which could not be read across them.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_fill(view, theme)))
        painter.drawRoundedRect(QRectF(line.left() - 2, line.top(), end - line.left() + 4,
                                       line.height()), 3, 3)  # fmt: skip
        paint_sign(painter, QPointF(line.left(), line.center().y()), theme.text, opened=True)
        _text(painter, faces.title, left, baseline, title, theme.text)
        if facts:
            color = theme.now_text if view.state == "now" else theme.secondary
            _text(painter, faces.subtitle, left + taken + _TITLE_GAP, baseline, facts, color)


def paint_far_titles(
    painter: QPainter, frames: Iterable[Framed], theme: Theme, scale: float
) -> None:
    """Paint names over frames whose title lines could not be read, as large as on the screen.

    Those of outer frames come first, and one that has no room beside them is left out.
    """
    face = fonts().title
    taken: list[QRectF] = []
    high = face.height + 2
    for view, rect in frames:
        # Of thousands of frames most are too low for any title.
        if 2 * high > rect.height() * scale:
            continue
        wide = face.width(view.title) + 2 * _FAR_PADDING
        if wide + 6 > rect.width() * scale:
            continue
        place = QRectF(rect.left() * scale + 3, rect.top() * scale + 3, wide, high)
        if any(place.intersects(other) for other in taken):
            continue
        taken.append(place)
        painter.save()
        painter.scale(1 / scale, 1 / scale)
        painter.setPen(QPen(QColor(_border(view, theme)), 1))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(place, 4, 4)
        baseline = place.top() + 1 + face.ascent
        _text(painter, face, place.left() + _FAR_PADDING, baseline, view.title, theme.text)
        painter.restore()


def title_width(group: Group) -> float:
    """Return the width that the title line of a frame needs: its title, class and progress."""
    faces = fonts()
    title = (
        SIGN + SIGN_GAP + min(faces.title.width(visible(group.shown_title)), METRICS.longest_title)
    )
    kind = min(faces.subtitle.width(visible(group.type_name)), METRICS.longest_label)
    progress = faces.subtitle.width(f" · {_USUAL_PROGRESS}")
    return title + _TITLE_GAP + kind + progress + 2 * METRICS.padding_x


def title_rect(rect: QRectF) -> QRectF:
    """Return where the title line of a frame at `rect` is painted."""
    height = fonts().title.height
    inset = METRICS.padding_x
    return QRectF(
        rect.left() + inset, rect.top() + METRICS.padding_y, max(1.0, rect.width() - 2 * inset),
        height,
    )  # fmt: skip


def fitting(facts: Sequence[str], face: Face, room: float) -> str:
    """Return as many of the first `facts` as have room in one line; the first one may be cut."""
    for count in range(len(facts), 0, -1):
        text = " · ".join(facts[:count])
        if face.width(text) <= room:
            return text
    least = face.width("…") * 4
    return face.elided(facts[0], room) if facts and room > least else ""


def paint_sign(painter: QPainter, left: QPointF, color: str, *, opened: bool) -> None:
    """Paint the triangle before a title: ▾ of an open group, ▸ of a closed one."""
    half, x, y = SIGN / 2, left.x(), left.y()
    corners = (
        ((x, y - half * 0.7), (x + SIGN, y - half * 0.7), (x + half, y + half * 0.8))
        if opened
        else ((x + 1, y - half), (x + SIGN - 0.5, y), (x + 1, y + half))
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))


def _border(view: FrameView, theme: Theme) -> str:
    if view.state == "now":
        return theme.now
    return theme.done if view.state == "done" else theme.kinds["group"].border


def _fill(view: FrameView, theme: Theme) -> str:
    return theme.panel if view.depth % 2 else theme.bar


def _text(painter: QPainter, face: Face, x: float, baseline: float, text: str, color: str) -> None:
    painter.setFont(face.font)
    painter.setPen(QColor(color))
    painter.drawText(QPointF(x, baseline), text)
