"""PDF: one page of the picture's size, as vectors and with text that can be searched."""

import math
import re

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from gradviz.core.graphs.placement import layout_text
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.export.figure import GraphFigure
from gradviz.export.page import opened_buffer, started
from gradviz.export.sheets import paint_sheet, sheet_of
from gradviz.render.characters import visible

_POINTS_PER_PIXEL = 72 / 96
_DOTS_PER_INCH = 1200
#: Readers refuse pages of more than 200 inches.
_LONGEST_SIDE_POINTS = 14_400
_PAGE_BOX = re.compile(rb"(/(?:Media|Trim)Box \[)(0 0 [\d.]+ ([\d.]+))\]")


def render(figure: GraphFigure) -> bytes:
    """Return a PDF document whose one page shows the picture.

    A pixel is 0.75 points, or less where the page would be too large for readers.
    """
    sheet = sheet_of(figure)
    points = _points_per_pixel(sheet.size)
    buffer = opened_buffer()
    writer = QPdfWriter(buffer)
    writer.setTitle(figure.title)
    # Qt's writer has no field for a subject.
    writer.setCreator(visible(f"{figure.origin.sentence}; {layout_text(figure.placed)}"))
    writer.setResolution(_DOTS_PER_INCH)
    exact = sheet.size * points
    size = exact
    if figure.publication is not None:
        # Qt takes whole points alone.
        size = QSizeF(math.ceil(exact.width()), math.ceil(exact.height()))
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
    paint_sheet(painter, figure, sheet)
    painter.end()
    buffer.close()
    pdf = bytes(buffer.data().data())
    return pdf if figure.publication is None else _with_size(pdf, exact)


def remark(figure: GraphFigure) -> str:
    """Return a sentence on a page that is not of the picture's size; empty where it is."""
    points = _points_per_pixel(sheet_of(figure).size)
    if points == _POINTS_PER_PIXEL:
        return ""
    return tr(
        "The page shows the picture at {scale:.2g} of its size, as no page of a PDF can be longer "
        "than {count} points.",
        scale=points / _POINTS_PER_PIXEL,
        count=counted(_LONGEST_SIDE_POINTS),
    )


def _points_per_pixel(size: QSizeF) -> float:
    return min(_POINTS_PER_PIXEL, _LONGEST_SIDE_POINTS / max(size.width(), size.height()))


def _with_size(pdf: bytes, size: QSizeF) -> bytes:
    """Return the document with a page of just so many points, which Qt has rounded up.

    The drawing hangs at the top of the page. Each box keeps its length in bytes, on which the
    table of a PDF's objects relies.
    """

    def exact(found: re.Match[bytes]) -> bytes:
        top = float(found[3])
        box = f"0 {top - size.height():.3f} {size.width():.3f} {top:g}"
        return found[1] + box.encode().ljust(len(found[2])) + b"]"

    return _PAGE_BOX.sub(exact, pdf)
