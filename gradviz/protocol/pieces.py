"""A row of many items within a message, encoded in pieces that are decoded one by one.

To decode is one call, which holds the interpreter's lock however long it takes: 30 ms for the trace
of 10,000 nodes, in which the window's thread could not go on. Between two pieces it can.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Generic, TypeAlias, TypeVar

import msgspec

Item = TypeVar("Item")

#: What a message holds of such a row.
Pieces: TypeAlias = tuple[msgspec.Raw, ...]

#: So many items are decoded in about a millisecond.
PIECE_ITEMS: Final = 500
_ENCODER: Final = msgspec.msgpack.Encoder()


def in_pieces(items: Sequence[object]) -> Pieces:
    """Return the pieces of a row of items."""
    bounds = pairwise([*range(0, len(items), PIECE_ITEMS), len(items)])
    return tuple([msgspec.Raw(_ENCODER.encode(items[start:end])) for start, end in bounds])


class PieceReader(Generic[Item]):
    """Reads rows of items of one type."""

    def __init__(self, item_type: object) -> None:
        self._decoder: msgspec.msgpack.Decoder[list[Item]] = msgspec.msgpack.Decoder(
            list[item_type]  # type: ignore[valid-type]
        )

    def items(self, pieces: Pieces) -> list[Item]:
        """Return all items of a row.

        Raises:
            ValueError: a piece holds something else.
        """
        found: list[Item] = []
        # A loop of Python's own, at each turn of which another thread gets the lock.
        for piece in pieces:
            found += self._decoder.decode(piece)
        return found
