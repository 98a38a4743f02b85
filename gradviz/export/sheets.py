"""The sheet that a drawing is made on: the picture itself, or a width on paper with a caption."""

import math
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import short
from gradviz.export.caption import caption_of
from gradviz.export.figure import DOTS_PER_INCH, GraphFigure
from gradviz.export.page import page, paint_page
from gradviz.export.publication import Publication
from gradviz.render.characters import visible
from gradviz.render.fonts import Face, fonts
from gradviz.render.style import METRICS

MM_PER_INCH: Final = 25.4
_CAPTION_GAP: Final = 8.0
#: Readers of PDF refuse pages of more than 200 inches, which no paper has.
_HIGHEST_MM: Final = 5080.0
#: Letters that are smaller on paper are hard to read, in points.
_SMALLEST_LETTERS: Final = 5.0
_POINTS_PER_PIXEL: Final = 72 / DOTS_PER_INCH


class Sheet(NamedTuple):
    """A sheet of `size` pixels, of which an inch has 96, with the `area` of a picture on it.

    The picture is drawn at `scale`, `left` from the edge, and the lines of the caption beneath.
    """

    size: QSizeF
    area: QRectF
    scale: float = 1.0
    left: float = 0.0
    lines: tuple[str, ...] = ()

    @property
    def size_mm(self) -> QSizeF:
        """Return the width and the height in millimetres."""
        return self.size * (MM_PER_INCH / DOTS_PER_INCH)

    @property
    def letters(self) -> float:
        """Return the size of the letters of a title on paper, in points."""
        return METRICS.title_font * self.scale * _POINTS_PER_PIXEL


def sheet_of(figure: GraphFigure) -> Sheet:
    """Return the sheet of a figure.

    Raises:
        ExportError: it would be higher than any page.
    """
    if figure.publication is None:
        area = page(figure)
        return Sheet(area.size(), area)
    return printed_sheet(page(figure), figure.publication, caption_of(figure))


def printed_sheet(area: QRectF, publication: Publication, caption: str) -> Sheet:
    """Return the sheet of a drawing for print, of a picture with this `area`.

    Raises:
        ExportError: it would be higher than any page.
    """
    width = publication.width_mm / MM_PER_INCH * DOTS_PER_INCH
    # A small graph stays at its size: letters that are larger than the text look odd beside it.
    scale = min(1.0, width / area.width())
    face = fonts().subtitle
    lines = tuple(_wrapped(caption, face, width))
    height = area.height() * scale + (_CAPTION_GAP + len(lines) * face.height if lines else 0.0)
    sheet = Sheet(QSizeF(width, height), area, scale, (width - area.width() * scale) / 2, lines)
    if sheet.size_mm.height() > _HIGHEST_MM:
        fitting = math.floor(Sheet(area.size(), area).size_mm.width() * _share(area, lines, face))
        narrower = tr("Use a width of at most {width} mm, or close groups.", width=fitting)
        raise ExportError(
            tr(
                "At {width} mm the drawing would be {height} mm high.",
                width=short(publication.width_mm),
                height=short(sheet.size_mm.height()),
            ),
            narrower if fitting > 9 else tr("Close groups."),
        )
    return sheet


def _share(area: QRectF, lines: tuple[str, ...], face: Face) -> float:
    """Return the scale at which a picture and twice these lines are as high as a page can be."""
    room = _HIGHEST_MM / MM_PER_INCH * DOTS_PER_INCH - _CAPTION_GAP - 2 * len(lines) * face.height
    return room / area.height()


def paint_sheet(
    painter: QPainter,
    figure: GraphFigure,
    sheet: Sheet,
    paint_graph: Callable[[QPainter], None] | None = None,
) -> None:
    """Paint the figure so that the top left corner of its sheet is at (0, 0).

    A format may `paint_graph` itself, in the placement's coordinates.
    """
    if figure.publication is None:
        paint_page(painter, figure, sheet.area, paint_graph)
        return
    if not figure.transparent:
        # The last pixels of an image are covered too.
        whole = QRectF(QPointF(0, 0), sheet.size).adjusted(0, 0, 1, 1)
        painter.fillRect(whole, QColor(figure.theme.canvas))
    painter.save()
    painter.translate(sheet.left, 0.0)
    painter.scale(sheet.scale, sheet.scale)
    paint_page(painter, figure, sheet.area, paint_graph)
    painter.restore()
    face = fonts().subtitle
    painter.setFont(face.font)
    painter.setPen(QColor(figure.theme.text))
    top = sheet.area.height() * sheet.scale + _CAPTION_GAP
    for place, line in enumerate(sheet.lines):
        painter.drawText(QPointF(0.0, top + place * face.height + face.ascent), line)


def remark_of(figure: GraphFigure) -> str:
    """Return a sentence on letters that are hard to read on paper; empty where they are not."""
    if figure.publication is None:
        return ""
    letters = sheet_of(figure).letters
    if letters >= _SMALLEST_LETTERS:
        return ""
    return tr(
        "At {width} mm the letters are {points} points high; a wider drawing or closed groups "
        "make them larger.",
        width=short(figure.publication.width_mm),
        points=short(letters, 2),
    )


def _wrapped(text: str, face: Face, width: float) -> Iterator[str]:
    """Yield the lines of a text that are no wider than `width`."""
    for paragraph in text.splitlines():
        line = ""
        for word in visible(paragraph).split():
            longer = f"{line} {word}" if line else word
            if face.width(longer) <= width:
                line = longer
                continue
            if line:
                yield line
            *whole, line = _pieces(word, face, width)
            yield from whole
        yield line


def _pieces(word: str, face: Face, width: float) -> list[str]:
    """Return a word in pieces that fit; a single character is never cut."""
    pieces = [""]
    for character in word:
        if pieces[-1] and face.width(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
