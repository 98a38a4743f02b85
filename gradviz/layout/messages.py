"""Requests to the layout process and its answers; lengths in pixels, y grows downwards."""

from typing import Final

import msgspec

from gradviz.core.graphs.placement import Box, Direction, Link, Placement, Plan, Point
from gradviz.protocol.pieces import PieceReader, Pieces, in_pieces


class LayoutRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Place these boxes; the answer carries the same `request` number.

    The process ends itself after `limit_s` seconds, so that it cannot outlive its parent.
    """

    request: int
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    direction: Direction = "TB"
    plan: Plan = "dot"
    limit_s: float = 30.0


class LayoutFailed(msgspec.Struct, frozen=True, tag=True):
    """The reason why the plan led to no placement."""

    request: int
    message: str


LayoutAnswer = Placement | LayoutFailed


class PlacementCrossing(msgspec.Struct, frozen=True, tag=True):
    """A placement on its way: its `rest`, and its long tables as rows of pairs, in pieces."""

    rest: Placement
    centers: Pieces
    curves: Pieces
    sizes: Pieces
    ghosts: Pieces


#: What the layout process sends.
AnswerCrossing = PlacementCrossing | LayoutFailed

_POINTS: Final = PieceReader[tuple[str, Point]](tuple[str, Point])
_CURVES: Final = PieceReader[tuple[str, tuple[Point, ...]]](tuple[str, tuple[Point, ...]])


def crossing(answer: LayoutAnswer) -> AnswerCrossing:
    """Return the message that carries an answer."""
    if isinstance(answer, LayoutFailed):
        return answer
    return PlacementCrossing(
        rest=msgspec.structs.replace(answer, centers={}, curves={}, sizes={}, ghosts={}),
        centers=in_pieces([*answer.centers.items()]),
        curves=in_pieces([*answer.curves.items()]),
        sizes=in_pieces([*answer.sizes.items()]),
        ghosts=in_pieces([*answer.ghosts.items()]),
    )


def arrived(message: AnswerCrossing) -> LayoutAnswer:
    """Return the answer that a message carries.

    Other threads go on meanwhile: a large placement that is decoded at once would hold the
    interpreter's lock for longer than a frame.

    Raises:
        ValueError: a piece holds something else.
    """
    if isinstance(message, LayoutFailed):
        return message
    return msgspec.structs.replace(
        message.rest,
        centers=dict(_POINTS.items(message.centers)),
        curves=dict(_CURVES.items(message.curves)),
        sizes=dict(_POINTS.items(message.sizes)),
        ghosts=dict(_POINTS.items(message.ghosts)),
    )
