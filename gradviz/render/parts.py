"""A painting in parts, so that what takes many frames can be painted over several of them."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from PySide6.QtGui import QPainter

#: Paints a part onto a painter that need not be the one of the part before it.
Part: TypeAlias = Callable[[QPainter], None]
T = TypeVar("T")


def in_parts(whole: Sequence[T], length: int) -> Iterator[Sequence[T]]:
    """Yield `whole` in its order, at most `length` of it at a time."""
    for start in range(0, len(whole), length):
        yield whole[start : start + length]
