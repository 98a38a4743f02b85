"""A painting in parts, so that what takes many frames can be painted over several of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from PySide6.QtGui import QPainter

#: Paints a part onto a painter that need not be the one of the part before it.
Part: TypeAlias = Callable[[QPainter], None]
T = TypeVar("T")
#: So many nodes or edges are looked up in less than a millisecond.
LOOKED_UP_AT_ONCE = 2_000


def in_parts(whole: Sequence[T], length: int) -> Iterator[Sequence[T]]:
    """Yield `whole` in its order, at most `length` of it at a time."""
    for start in range(0, len(whole), length):
        yield whole[start : start + length]


def pause(_: QPainter) -> None:
    """Paint nothing: a part between two looks through a large graph."""


def gathering(found: list[T], batches: Iterable[Iterable[T]]) -> Iterator[Part]:
    """Add each batch to `found`, with a pause between two of them."""
    for place, batch in enumerate(batches):
        if place:
            yield pause
        found += batch
