"""Edges that run upwards or to the left: the picture of the opposite way, mirrored.

Only places are mirrored. Boxes and their text stay upright, and the title of a frame at its top:
a frame that is mirrored from top to bottom has the room for it reserved at its bottom before.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import msgspec

from gradviz.core.graphs.placement import Box, Direction, Link, Placement, Point
from gradviz.layout.container import PlaceBoxes

#: The way in which the picture of each direction is laid out, before it is mirrored.
UNMIRRORED: Final[Mapping[Direction, Direction]] = MappingProxyType(
    {"TB": "TB", "BT": "TB", "LR": "LR", "RL": "LR"}
)


def place_towards(
    place: PlaceBoxes,
    boxes: Sequence[Box],
    links: Sequence[Link],
    direction: Direction,
    deadline_s: float,
) -> Placement:
    """Place boxes without frames, whichever way the links are to run; raises as `place` does."""
    return mirrored(place(boxes, links, UNMIRRORED[direction], deadline_s), direction)


def mirrored(placement: Placement, direction: Direction) -> Placement:
    """Return a placement of the unmirrored way as one of `direction`."""
    if UNMIRRORED[direction] == direction:
        return msgspec.structs.replace(placement, direction=direction)
    upwards = direction == "BT"
    width, height = placement.width, placement.height

    def moved(point: Point) -> Point:
        x, y = point
        return (x, height - y) if upwards else (width - x, y)

    def frame(place: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        left, top, wide, high = place
        if upwards:
            return left, height - top - high, wide, high
        return width - left - wide, top, wide, high

    return msgspec.structs.replace(
        placement,
        direction=direction,
        centers={key: moved(at) for key, at in placement.centers.items()},
        ghosts={key: moved(at) for key, at in placement.ghosts.items()},
        curves={key: tuple(map(moved, curve)) for key, curve in placement.curves.items()},
        frames={key: frame(place) for key, place in placement.frames.items()},
    )
