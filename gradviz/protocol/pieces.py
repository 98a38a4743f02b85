"""A row of many items within a message, encoded in pieces that are decoded one by one.

To decode is one call, which holds the interpreter's lock however long it takes: 30 ms for the trace
of 10,000 nodes, in which the window's thread could not go on. Between two pieces it can.
"""

import time
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final, Generic, TypeAlias, TypeVar

import msgspec

Item = TypeVar("Item")

#: What a message holds of such a row.
Pieces: TypeAlias = tuple[msgspec.Raw, ...]

#: So many items are decoded in about a millisecond.
PIECE_ITEMS: Final = 500
_BETWEEN_S: Final = 0.0005
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
        return list(chain.from_iterable(self.lists(pieces)))

    def lists(self, pieces: Pieces) -> Iterator[list[Item]]:
        """Yield the items of each piece; raises ValueError as `items` does."""
        for place, piece in enumerate(pieces):
            if place:
                # Else a thread that waits for the lock gets it after 5 ms only.
                time.sleep(_BETWEEN_S)
            yield self._decoder.decode(piece)
