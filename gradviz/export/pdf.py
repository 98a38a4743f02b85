"""PDF: one page of the picture's size, as vectors and with text that can be searched."""

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from gradviz.core.graphs.placement import layout_text
from gradviz.export.figure import GraphFigure
from gradviz.export.page import opened_buffer, page, paint_page, started

_POINTS_PER_PIXEL = 72 / 96
_DOTS_PER_INCH = 1200
#: Readers refuse pages of more than 200 inches.
_LONGEST_SIDE_POINTS = 14_400


def render(figure: GraphFigure) -> bytes:
    """Return a PDF document whose one page shows the picture, a pixel being 0.75 points."""
    area = page(figure)
    points = min(_POINTS_PER_PIXEL, _LONGEST_SIDE_POINTS / max(area.width(), area.height()))
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
