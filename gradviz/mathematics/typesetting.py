"""LaTeX as SVG: each piece is set once, and pieces are put into lines that have room.

ziamath takes 10 to 20 ms for a formula, so nothing that a user waits for calls this in its thread.
"""

import math
import re
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import tr

#: The size of letters in pixels that all pieces are set at; pictures are scaled.
SIZE: Final = 20.0
_LINE_GAP: Final = 0.45 * SIZE
#: Before a term, whose sign has its own space on either side, and before a line that goes on.
_TERM_GAP: Final = 0.05 * SIZE
_INDENT: Final = 1.6 * SIZE
#: A longer piece takes more than a second.
_MOST_CHARACTERS: Final = 4000
_INSIDE: Final = re.compile(r'viewBox="([^"]*)"[^>]*>(.*)</svg>', re.DOTALL)
#: ziamath keeps its settings and fonts for the whole process.
_setting: Final = threading.Lock()


class UnsetError(GradvizError):
    """A formula that cannot be set as a picture; its text can be read all the same."""


class SetPiece(NamedTuple):
    """A piece of a formula: its extent around the baseline in pixels, and its shapes as SVG."""

    width: float
    above: float
    below: float
    shapes: str


class Setting(NamedTuple):
    """A formula in lines: its size in pixels and its shapes as SVG, without a colour."""

    width: float
    height: float
    shapes: str

    def svg(self, colour: str, scale: float = 1.0, title: str = "") -> str:
        """Return a document of its own, with `title` for readers that do not see it."""
        size = f'width="{self.width * scale:.2f}" height="{self.height * scale:.2f}"'
        box = f"0 0 {self.width:.2f} {self.height:.2f}"
        named = f"<title>{_escaped(title)}</title>" if title else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{box}">{named}'
            f'<g fill="{_escaped(colour)}">{self.shapes}</g></svg>'
        )


@lru_cache(maxsize=2048)
def set_piece(latex: str) -> SetPiece:
    """Return a piece of LaTeX as shapes.

    Raises:
        UnsetError: it is too long, or is nothing that can be set.
    """
    if len(latex) > _MOST_CHARACTERS:
        raise UnsetError(
            tr("The formula is too long to be set as mathematics."),
            tr("Its LaTeX can be copied, and its text stands here."),
        )
    try:
        with _setting:
            svg = _svg_of(latex)
    except RecursionError:
        raise UnsetError(
            tr("The formula is nested too deeply to be set as mathematics."),
            tr("Its LaTeX can be copied, and its text stands here."),
        ) from None
    found = _INSIDE.search(svg)
    if found is None:
        raise AssertionError("a set formula is an SVG document")
    left, top, width, height = (float(each) for each in found[1].split())
    shapes = found[2].replace(' fill="black"', "")
    if left:
        shapes = f'<g transform="translate({-left:.3f} 0)">{shapes}</g>'
    return SetPiece(width, -top, height + top, shapes)


def _svg_of(latex: str) -> str:
    """Return the SVG document of LaTeX, whose baseline is at y = 0."""
    # Its import takes a tenth of a second, and few processes set formulas.
    from gradviz.mathematics.row_setting import ziamath

    made: str = ziamath().Latex(latex, size=SIZE, margin=0.5).svg()
    return made


def arranged(pieces: Sequence[SetPiece], room: float = math.inf) -> Setting:
    """Return the pieces of one formula in lines of at most `room` pixels, where they fit.

    A piece that is wider by itself has a line of its own.
    """
    shapes: list[str] = []
    widest = height = 0.0
    for place, line in enumerate(_lines(pieces, room)):
        x = _INDENT if place else 0.0
        above = max(piece.above for piece in line)
        height += (_LINE_GAP if place else 0.0) + above
        for piece in line:
            shapes.append(f'<g transform="translate({x:.2f} {height:.2f})">{piece.shapes}</g>')
            widest = max(widest, x + piece.width)
            x += piece.width + _TERM_GAP
        height += max(piece.below for piece in line)
    return Setting(widest, height, "".join(shapes))


def stacked(settings: Sequence[Setting], gap: float = 0.6 * SIZE) -> Setting:
    """Return several formulas beneath one another."""
    shapes: list[str] = []
    widest = height = 0.0
    for setting in settings:
        height += gap if shapes else 0.0
        shapes.append(f'<g transform="translate(0 {height:.2f})">{setting.shapes}</g>')
        widest = max(widest, setting.width)
        height += setting.height
    return Setting(widest, height, "".join(shapes))


def set_formula(pieces: Sequence[str], room: float = math.inf) -> Setting:
    """Return a formula that may be broken between its pieces; raises UnsetError."""
    return arranged([set_piece(piece) for piece in pieces], room)


def _lines(pieces: Sequence[SetPiece], room: float) -> list[list[SetPiece]]:
    lines: list[list[SetPiece]] = []
    x = math.inf
    for piece in pieces:
        if lines and x + _TERM_GAP + piece.width <= room:
            lines[-1].append(piece)
            x += _TERM_GAP + piece.width
        else:
            x = (_INDENT if lines else 0.0) + piece.width
            lines.append([piece])
    return lines


def _escaped(text: str) -> str:
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return text
