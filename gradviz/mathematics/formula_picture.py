"""All formulas of an expression as one picture, for a file."""

from typing import Final

from gradviz.mathematics.model_formulas import Formulas
from gradviz.mathematics.typesetting import set_formula, stacked

#: A formula is broken where it would be wider, in pixels.
_WIDTH: Final = 640.0
_COLOUR: Final = "#1D2430"


def formulas_svg(found: Formulas) -> bytes:
    """Return an SVG document with the formulas beneath one another, and their text as its title.

    Raises:
        UnsetError: a formula is too long or too deep to be set as mathematics.
    """
    setting = stacked([set_formula(each.pieces, _WIDTH) for each in found.all])
    title = "\n".join(each.typed for each in found.all)
    return setting.svg(_COLOUR, title=title).encode()
