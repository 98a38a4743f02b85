"""SVG by Qt's own generator: shapes as shapes, text as text, nothing outside the file."""

import re
from typing import Any
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontInfo, QPainter
from PySide6.QtSvg import QSvgGenerator

from gradviz.export.figure import GraphFigure
from gradviz.export.page import opened_buffer, page, paint_page, started
from gradviz.export.svg_groups import SvgGroups
from gradviz.render.fonts import fonts

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
    """Return an SVG 1.1 document of the picture's size in CSS pixels."""
    area = page(figure)
    buffer = opened_buffer()
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(_PIXELS_PER_INCH)
    generator.setSize(area.size().toSize())
    generator.setViewBox(QRectF(QPointF(0, 0), area.size()))
    generator.setTitle(figure.title)
    generator.setDescription(figure.description)
    painter = _LogicalTextPainter()
    started(painter, painter.begin(generator))
    groups = None if figure.outline is None else SvgGroups(figure, figure.outline)
    paint_page(painter, figure, area, None if groups is None else groups.paint)
    painter.end()
    svg = bytes(buffer.data().data()).replace(_LEFT_TO_RIGHT.encode(), b"")
    if groups is not None:
        svg = groups.placed_in(svg)
    return _with_fallback_font(_with_whole_texts(svg))


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
