"""The narrow spaces in large numbers, as Qt's rich text keeps them."""

from typing import Final

from gradviz.core.number_text import DIGIT_GAP

_KEPT: Final = f'<span style="white-space:pre">{DIGIT_GAP}</span>'


def unbroken(html: str) -> str:
    """Return `html` with numbers such as 2 000 whole.

    Qt reads this space in HTML as any other one, which is wider, and where a line may end.
    """
    return html.replace(DIGIT_GAP, _KEPT)
