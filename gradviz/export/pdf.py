"""PDF: one page of the picture's size, as vectors and with text that can be searched."""

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from gradviz.core.graphs.placement import layout_text
from gradviz.core.number_text import counted
from gradviz.export.figure import GraphFigure
from gradviz.export.page import opened_buffer, page, paint_page, started

_POINTS_PER_PIXEL = 72 / 96
_DOTS_PER_INCH = 1200
#: Readers refuse pages of more than 200 inches.
_LONGEST_SIDE_POINTS = 14_400


def render(figure: GraphFigure) -> bytes:
    """Return a PDF document whose one page shows the picture.

    A pixel is 0.75 points, or less where the page would be too large for readers.
    """
    area = page(figure)
    points = _points_per_pixel(area)
    buffer = opened_buffer()
    writer = QPdfWriter(buffer)
    writer.setTitle(figure.title)
    # Qt's writer has no field for a subject.
    writer.setCreator(f"gradviz, {layout_text(figure.placed)}")
    writer.setResolution(_DOTS_PER_INCH)
    size = QSizeF(area.width() * points, area.height() * points)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch),
            QPageLayout.Orientation.Portrait,
            QMarginsF(),
        )
    )
    painter = QPainter()
    started(painter, painter.begin(writer))
    painter.scale(points * _DOTS_PER_INCH / 72, points * _DOTS_PER_INCH / 72)
    paint_page(painter, figure, area)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def remark(figure: GraphFigure) -> str:
    """Return a sentence on a page that is not of the picture's size; empty where it is."""
    area = page(figure)
    points = _points_per_pixel(area)
    if points == _POINTS_PER_PIXEL:
        return ""
    return (
        f"The page shows the picture at {points / _POINTS_PER_PIXEL:.2g} of its size, as no page "
        f"of a PDF can be longer than {counted(_LONGEST_SIDE_POINTS)} points."
    )


def _points_per_pixel(area: QRectF) -> float:
    return min(_POINTS_PER_PIXEL, _LONGEST_SIDE_POINTS / max(area.width(), area.height()))
