"""The parts that stand still from frame to frame, painted once for all of them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.export.page import started
from gradviz.render.style import Theme


class StillPart(NamedTuple):
    """A part of a frame that looks the same in each frame that has a part of an equal `look`."""

    look: object
    paint: Callable[[QPainter], None]


class FrameGround:
    """Paints the ground of frames once, and again where another one is asked for."""

    def __init__(self, size: tuple[int, int], scale: float, theme: Theme) -> None:
        """Take the width and height of a frame in pixels, and the pixels of one on its page."""
        self._image = new_frame(size)
        self._scale = scale
        self._theme = theme
        self._painted: list[object] | None = None

    def paint(self, painter: QPainter, parts: Sequence[StillPart]) -> None:
        """Paint the canvas and the parts over the whole frame."""
        looks = [part.look for part in parts]
        if self._painted != looks:
            self._image.fill(QColor(self._theme.canvas))
            painted_on(self._image, self._scale, lambda onto: _paint_each(onto, parts))
            self._painted = looks
        painter.save()
        painter.resetTransform()
        painter.drawImage(QPoint(), self._image)
        painter.restore()


def _paint_each(painter: QPainter, parts: Sequence[StillPart]) -> None:
    for part in parts:
        part.paint(painter)


def new_frame(size: tuple[int, int]) -> QImage:
    """Return an image for a frame; raises ExportError where there is no memory for it."""
    # Qt paints and converts no other format as quickly.
    image = QImage(*size, QImage.Format.Format_RGB32)
    if image.isNull():
        raise ExportError(tr("There is not enough memory for a frame."), tr("Use a smaller size."))
    return image


def painted_on(image: QImage, scale: float, paint: Callable[[QPainter], None]) -> None:
    """Let `paint` paint onto an image, with so many of its pixels for one of the page."""
    painter = QPainter()
    started(painter, painter.begin(image))
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.scale(scale, scale)
        paint(painter)
    finally:
        # Qt crashes where an image goes before its painter, as the two of an error may.
        painter.end()
