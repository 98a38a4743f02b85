"""Texts in columns for a terminal, in which a Chinese character is as wide as two others."""

from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import east_asian_width

#: The widths of characters that take two places.
_WIDE: Final = frozenset("WF")


def width_of(text: str) -> int:
    """Return how many places of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return len(text) + sum(east_asian_width(character) in _WIDE for character in text)


def padded(text: str, width: int) -> str:
    """Return a text with spaces behind it up to so many places."""
    return text + " " * (width - width_of(text))


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield each row as a line, its cells beneath those of the other rows."""
    widths = [max(map(width_of, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(padded, row, widths)).rstrip()
