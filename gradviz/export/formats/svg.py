"""SVG by Qt's own generator: shapes as shapes, text as text, nothing outside the file.

For print text is outlines, which look the same where the font is missing.
"""

import re
from typing import Any
from unicodedata import bidirectional
from xml.sax.saxutils import escape

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontInfo, QPainter, QPainterPath
from PySide6.QtSvg import QSvgGenerator

from gradviz.export.figure import GraphFigure
from gradviz.export.formats.svg_elements import SvgElements, is_mark
from gradviz.export.page import opened_buffer, started
from gradviz.export.sheets import Sheet, paint_sheet, sheet_of
from gradviz.export.strict_json import Json, json_line
from gradviz.render.characters import visible
from gradviz.render.fonts import fonts

_SIZE = re.compile(rb'<svg width="[^"]*" height="[^"]*"')
_PIECE = re.compile(rb'(<text [^>]*? x=")([^"]*"[^>]*>)([^<]*)</text>\n')
_PIECES = re.compile(
    rb'(<text [^>]*? x=")([^"]*("[^>]*>))[^<]*</text>\n(?:\1[^"]*\3[^<]*</text>\n)+'
)
#: Keeps Qt from another order; no label has it, as it has no shape of its own.
_LEFT_TO_RIGHT = "\u202d"
#: The classes of characters that are written from right to left, and of the digits among them.
_TURNED = frozenset({"R", "AL", "AN"})
#: Unicode keeps these for such characters: those without a class of their own count as such.
_KEPT_FOR_TURNED = (
    range(0x590, 0x900),
    range(0xFB1D, 0xFE00),
    range(0xFE70, 0xFF00),
    range(0x10800, 0x11000),
    range(0x1E800, 0x1F000),
)
#: In CSS a pixel is a 96th of an inch.
_PIXELS_PER_INCH = 96


def render(figure: GraphFigure) -> bytes:
    """Return an SVG 1.1 document of the picture's size in CSS pixels, for print in millimetres."""
    sheet = sheet_of(figure)
    buffer = opened_buffer()
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(_PIXELS_PER_INCH)
    generator.setSize(sheet.size.toSize())
    generator.setViewBox(QRectF(QPointF(0, 0), sheet.size))
    generator.setTitle(figure.title)
    generator.setDescription(figure.description)
    painter = _LogicalTextPainter() if figure.publication is None else _OutlinePainter()
    started(painter, painter.begin(generator))
    elements = SvgElements(figure)
    paint_sheet(painter, figure, sheet, elements.paint)
    painter.end()
    svg = bytes(buffer.data().data()).replace(_LEFT_TO_RIGHT.encode(), b"")
    svg = _with_fallback_font(_with_whole_texts(elements.placed_in(svg)))
    if figure.publication is not None:
        svg = _SIZE.sub(_size_mm(sheet), svg, count=1)
    return svg.replace(b"<defs>\n</defs>\n", _metadata(figure), 1)


def _metadata(figure: GraphFigure) -> bytes:
    """Return the origin of the graph as JSON in an element that viewers keep and do not show."""
    facts: dict[str, Json] = {**figure.origin.facts}
    return f"<metadata>{escape(visible(json_line(facts)))}</metadata>\n".encode()


class _LogicalTextPainter(QPainter):
    """Draws the characters of a text in the order in which they are written.

    A viewer puts those of an Arabic or Hebrew text into their order itself; Qt would do it too,
    and cut the text into pieces from which nobody could tell how it was written.
    """

    def drawText(self, *arguments: Any) -> Any:  # noqa: N802
        *place, text = arguments
        # Most texts are in ASCII, of which nothing is turned.
        if not text.isascii() and any(map(_is_turned, text)):
            text = f"{_LEFT_TO_RIGHT}{text}"
        return super().drawText(*place, text)  # type: ignore[call-overload]


class _OutlinePainter(QPainter):
    """Draws each text as the outlines of its letters, as the font of a reader may be another."""

    def drawText(self, *arguments: Any) -> Any:  # noqa: N802
        *place, text = arguments
        if len(place) == 1 and isinstance(place[0], QPointF) and not is_mark(place[0]):
            path = QPainterPath()
            path.addText(place[0], self.font(), text)
            if not path.isEmpty():
                return self.fillPath(path, self.pen().brush())
        # A letter that is a picture, such as an emoji, has no outline.
        return super().drawText(*place, text)  # type: ignore[call-overload]


def _size_mm(sheet: Sheet) -> bytes:
    """Return the size of the document as attributes; Qt rounds it to whole pixels."""
    size = sheet.size_mm
    return f'<svg width="{_number(size.width())}mm" height="{_number(size.height())}mm"'.encode()


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _is_turned(character: str) -> bool:
    """Tell whether a character is written from right to left."""
    kind = bidirectional(character)
    return kind in _TURNED or (
        not kind and any(ord(character) in block for block in _KEPT_FOR_TURNED)
    )


def _with_whole_texts(svg: bytes) -> bytes:
    """Join the pieces into which Qt cuts a text wherever its script changes.

    They follow one another and differ in nothing but x; whole, a text can be found and copied.
    """

    def whole(found: re.Match[bytes]) -> bytes:
        text = b"".join(piece[3] for piece in _PIECE.finditer(found[0]))
        return found[1] + found[2] + text + b"</text>\n"

    return _PIECES.sub(whole, svg)


def _with_fallback_font(svg: bytes) -> bytes:
    """Let a browser that lacks our font take another one without serifs.

    Qt escapes quotation marks in texts, so that only attributes can match.
    """
    families = {fonts().title.font.family(), QFontInfo(fonts().title.font).family()}
    for family in families:
        svg = svg.replace(
            f'font-family="{family}"'.encode(), f'font-family="{family}, sans-serif"'.encode()
        )
    return svg
