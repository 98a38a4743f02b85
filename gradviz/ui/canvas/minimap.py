"""The minimap: the whole graph small, with the part of it that the canvas shows."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from gradviz.core.graphs.placement import Placement
from gradviz.core.language.saying import marked, tr
from gradviz.render.style import Theme as Look
from gradviz.ui.canvas.view import GraphView
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.speech.spoken import Spoken

#: The most that it takes of the canvas, in pixels, and the room around the graph in it.
_MOST: Final = QSize(150, 150)
_PADDING: Final = 6
#: Of a graph of more boxes so many are drawn: the others would lie on the same pixels.
_MOST_BOXES: Final = 4_000
#: A side of the seen part is drawn no shorter, so that it can be found.
_LEAST_SEEN: Final = 6.0
_IN_SIGHT: Final = marked("{across} of the width and {down} of the height are in sight")


class Minimap(QWidget, Spoken):
    """Shows what part of a graph is in sight, and takes the mouse to another one.

    It is there while the canvas shows a part alone, unless it is switched off.
    """

    def __init__(self, view: GraphView, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        named(
            self,
            "minimap",
            title=tr("Minimap"),
            tip=tr("The whole graph; press or drag to see another part of it"),
        )
        self._view = view
        self._look = look
        self._wanted = True
        self._drawn: tuple[Placement, QPixmap] | None = None
        #: The upper corners that it can have at the right and at the left of the canvas.
        self._right = self._left = QPoint()
        self._item: str | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.valueChanged.connect(self.follow)
            bar.rangeChanged.connect(self.follow)
        self.hide()

    def want(self, wanted: bool) -> None:
        """Be there where it is of use, or never."""
        self._wanted = wanted
        self.follow()

    def use_look(self, look: Look) -> None:
        """Draw in the colours of `look`."""
        self._look, self._drawn = look, None
        self.update()

    def follow(self) -> None:
        """Show the part that is in sight now, nothing while that is all of the graph."""
        placement = self._view.placement
        whole = QRectF() if placement is None else QRectF(0, 0, placement.width, placement.height)
        # A fitted graph ends at the edge of the view, but for rounding.
        needed = whole.adjusted(1, 1, -1, -1)
        shown = self._wanted and not whole.isEmpty() and not self._view.in_sight.contains(needed)
        if not whole.isEmpty():
            # Hidden too: it is put at the edge by its size, and comes later by itself.
            self.resize(self._size_for(whole))
            self.update()
        self.setVisible(shown)
        self._stand()

    def put(self, right: QPoint, left: QPoint) -> None:
        """Take the upper corners of its places: at the right, and where that hides a step."""
        self._right, self._left = right, left
        self._stand()

    def keep_clear_of(self, item: str | None) -> None:
        """Stand at the left while this node or box, that of the step, would be hidden."""
        self._item = item
        self._stand()

    def _stand(self) -> None:
        right = QRect(self._right - QPoint(self.width(), 0), self.size())
        left = QRect(self._left, self.size())
        item = self._view.rect_in_view(self._item) if self._item is not None else None
        hidden = item is not None and item.intersects(right) and not item.intersects(left)
        self.move((left if hidden else right).topLeft())

    def seen_part(self) -> QRectF:
        """Return the part that is in sight, in pixels of the minimap."""
        scale, seen = self._scale, self._view.in_sight
        part = QRectF(
            seen.x() * scale + _PADDING,
            seen.y() * scale + _PADDING,
            max(_LEAST_SEEN, seen.width() * scale),
            max(_LEAST_SEEN, seen.height() * scale),
        )
        return part.intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def spoken_value(self) -> str:
        placement, seen = self._view.placement, self._view.in_sight
        if placement is None:
            return ""
        across = min(1.0, seen.width() / max(1.0, placement.width))
        down = min(1.0, seen.height() / max(1.0, placement.height))
        return tr(_IN_SIGHT).format(across=f"{across:.0%}", down=f"{down:.0%}")

    def paintEvent(self, _: QPaintEvent) -> None:
        placement = self._view.placement
        if placement is None:
            return
        if self._drawn is None or self._drawn[0] is not placement:
            self._drawn = (placement, self._picture(placement))
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn[1])
        painter.setPen(QPen(QColor(self._look.accent), 1.5))
        faint = QColor(self._look.accent)
        faint.setAlpha(30)
        painter.setBrush(faint)
        painter.drawRect(self.seen_part())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._take_view_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._take_view_to(event)

    def _take_view_to(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            at = (event.position() - QPointF(_PADDING, _PADDING)) / self._scale
            self._view.look_at(at)

    def _size_for(self, whole: QRectF) -> QSize:
        inner = whole.size().scaled(
            _MOST.width() - 2 * _PADDING,
            _MOST.height() - 2 * _PADDING,
            Qt.AspectRatioMode.KeepAspectRatio,
        )
        around = 2 * _PADDING
        return QSize(
            max(24, round(inner.width()) + around), max(24, round(inner.height()) + around)
        )

    @property
    def _scale(self) -> float:
        placement = self._view.placement
        if placement is None:
            return 1.0
        return min(
            (self.width() - 2 * _PADDING) / max(1.0, placement.width),
            (self.height() - 2 * _PADDING) / max(1.0, placement.height),
        )

    def _picture(self, placement: Placement) -> QPixmap:
        """Return the frames and boxes of the graph; its lines would fill the picture."""
        look, ratio = self._look, self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(look.panel))
        painter = QPainter(picture)
        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.translate(_PADDING, _PADDING)
        painter.scale(self._scale, self._scale)
        outline = QPen(QColor(look.secondary), 1)
        outline.setCosmetic(True)
        painter.setPen(outline)
        painter.drawRects([QRectF(*frame) for frame in placement.frames.values()])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.secondary))
        step = len(placement.centers) // _MOST_BOXES + 1
        painter.drawRects(
            [
                QRectF(x - width / 2, y - height / 2, width, height)
                for (x, y), (width, height) in (
                    (at, placement.sizes[key])
                    for key, at in list(placement.centers.items())[::step]
                )
            ]
        )
        painter.end()
        return picture
