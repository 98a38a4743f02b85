"""What stands still from frame to frame: the canvas, and the axes and standing curves of plots."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.export.page import started
from gradviz.render.plots.plot_painter import PlotGround, paint_ground
from gradviz.render.style import Theme

#: The grounds of plots, and where they are on the page.
Grounds: TypeAlias = Sequence[tuple[PlotGround, QRectF]]


class FrameGround:
    """Paints the ground of frames once, and again where another one is asked for."""

    def __init__(self, size: tuple[int, int], scale: float, theme: Theme) -> None:
        """Take the width and height of a frame in pixels, and the pixels of one on its page."""
        self._image = new_frame(size)
        self._scale = scale
        self._theme = theme
        self._painted: Grounds | None = None

    def paint(self, painter: QPainter, grounds: Grounds) -> None:
        """Paint the canvas and the grounds of plots over the whole frame."""
        if not self._has(grounds):
            self._image.fill(QColor(self._theme.canvas))
            painted_on(self._image, self._scale, lambda onto: self._paint_anew(onto, grounds))
            self._painted = grounds
        painter.save()
        painter.resetTransform()
        painter.drawImage(QPoint(), self._image)
        painter.restore()

    def _has(self, grounds: Grounds) -> bool:
        return self._painted is not None and _same(self._painted, grounds)

    def _paint_anew(self, painter: QPainter, grounds: Grounds) -> None:
        for ground, area in grounds:
            paint_ground(painter, ground, area, self._theme)


def _same(some: Grounds, others: Grounds) -> bool:
    return len(some) == len(others) and all(
        one is other and its_area == area
        for (one, its_area), (other, area) in zip(some, others, strict=True)
    )


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
