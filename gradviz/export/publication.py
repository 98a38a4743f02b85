"""The style for print: how wide a drawing is on paper, and what stands beneath it."""

import math
from typing import Final

import msgspec

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import listed, tr
from gradviz.core.number_text import short

#: The formats that have a size on paper.
PRINTED: Final = (".svg", ".pdf", ".png")
#: The width of a column in most journals, in millimetres.
COLUMN_MM: Final = 85.0
NARROWEST_MM, WIDEST_MM = 10.0, 1000.0
#: What most publishers ask of an image in pixels.
PRINT_DPI: Final = 300
#: A page of text holds no more.
_LONGEST_CAPTION: Final = 4000


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing for print.

    Attributes:
        width_mm: The width of the file in millimetres, from 10 to 1,000.
        caption: A text to stand beneath; True for the numbers of the moment, False for none.

    Raises:
        ExportError: there is no such width, or the caption is too long.
    """

    width_mm: float = COLUMN_MM
    caption: str | bool = False

    def __post_init__(self) -> None:
        """Raise ExportError where one of them cannot be."""
        width = self.width_mm
        if not isinstance(width, int | float) or isinstance(width, bool) or math.isnan(width):
            raise ExportError(
                tr("A width of {width} mm does not work.", width=repr(width)), _hint()
            )
        if not NARROWEST_MM <= width <= WIDEST_MM:
            raise ExportError(
                tr("A width of {width} mm does not work.", width=short(width)), _hint()
            )
        if isinstance(self.caption, str) and len(self.caption) > _LONGEST_CAPTION:
            raise ExportError(
                tr("The caption has {count} characters.", count=len(self.caption)),
                tr("Use at most {most}.", most=_LONGEST_CAPTION),
            )


def check_printed(suffix: str) -> None:
    """Raise ExportError where the format of `suffix` has no size on paper."""
    if suffix not in PRINTED:
        raise ExportError(
            tr("The style publication is for drawings, and {suffix} is none.", suffix=suffix),
            tr("Use one of {names}.", names=listed(PRINTED)),
        )


def _hint() -> str:
    return tr(
        "Use a number from {least} to {most}, such as {usual}.",
        least=short(NARROWEST_MM),
        most=short(WIDEST_MM),
        usual=85,
    )
