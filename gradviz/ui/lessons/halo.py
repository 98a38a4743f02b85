"""The ring around the place that a lesson points at, and an arrow to a small one; for no mouse."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QRegion
from PySide6.QtWidgets import QWidget

from gradviz.ui.lessons.pointed_places import PointedPart

#: From the place to the middle of the ring, the ring's width, and the length of the arrow.
_GAP, _WIDTH, _ARROW = 4, 3, 22
_MARGIN: Final = _GAP + _WIDTH + _ARROW
#: A place of this height is seen without an arrow, which would lie on what is above it.
_LARGE: Final = 160


class Halo(QWidget):
    """Surrounds one place at a time, in whatever window it is in."""

    def __init__(self, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = QColor(colour)
        self._below = self._large = False
        self._ring = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def use_colour(self, colour: str) -> None:
        """Draw in another colour."""
        self._colour = QColor(colour)
        self.update()

    def surround(self, spot: PointedPart | None) -> None:
        """Surround this place; None is nothing."""
        if spot is None or spot.part.isEmpty() or not spot.widget.isVisible():
            self.hide()
            return
        window = spot.widget.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        corner = spot.widget.mapTo(window, spot.part.topLeft())
        self._large = spot.part.height() >= _LARGE
        # The ring of a large place lies within it: beside it are the texts of others.
        room = _ARROW if self._large else _MARGIN
        around = QRect(corner, spot.part.size()).adjusted(-room, -room, room, room)
        below = around.top() < 0
        if around != self.geometry() or below != self._below or self.isHidden():
            self._below = below
            self.setGeometry(around)
            self._mask()
            self.show()
            self.raise_()

    def _mask(self) -> None:
        """Cover the ring and the arrow alone: the rest is painted without them."""
        inset = _ARROW
        self._ring = self.rect().adjusted(inset, inset, -inset, -inset)
        inner = self._ring.adjusted(
            _MARGIN - inset, _MARGIN - inset, inset - _MARGIN, inset - _MARGIN
        )
        if self._large:
            self.setMask(QRegion(self._ring) - QRegion(inner))
            return
        arrow = self._arrow().boundingRect().toAlignedRect().adjusted(-1, -1, 1, 1)
        self.setMask((QRegion(self._ring) - QRegion(inner)) + QRegion(arrow))

    def _arrow(self) -> QPolygonF:
        """Return a triangle above the ring, or below it, whose tip touches the ring."""
        x = self._ring.center().x()
        tip = self._ring.bottom() + 2 if self._below else self._ring.top() - 2
        base = tip + (_ARROW - 4 if self._below else 4 - _ARROW)
        return QPolygonF([QPointF(x, tip), QPointF(x - 10, base), QPointF(x + 10, base)])

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour, _WIDTH))
        half = _WIDTH / 2
        painter.drawRoundedRect(QRectF(self._ring).adjusted(half, half, -half, -half), 9, 9)
        if not self._large:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour)
            painter.drawPolygon(self._arrow())
        painter.end()
