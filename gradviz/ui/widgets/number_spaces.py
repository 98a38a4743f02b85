"""The narrow spaces in large numbers, as Qt's rich text keeps them."""

from typing import Final

_NARROW: Final = "\N{NARROW NO-BREAK SPACE}"
_KEPT: Final = f'<span style="white-space:pre">{_NARROW}</span>'


def unbroken(html: str) -> str:
    """Return `html` with numbers such as 2 000 whole.

    Qt reads this space in HTML as any other one, which is wider, and where a line may end.
    """
    return html.replace(_NARROW, _KEPT)
