"""Straight curves between boxes and the room around a picture, for every plan."""

from gradviz.core.graphs.placement import Direction, Point
from gradviz.core.graphs.placement import Size as Size

#: Pixels around the whole picture.
MARGIN = 24.0
#: Pixels between two boxes side by side, and between two rows.
BOX_GAP = 22.0
ROW_GAP = 30.0


def straight(start: Point, end: Point) -> tuple[Point, ...]:
    """Return the straight line from `start` to `end` as one cubic Bezier segment."""
    (x0, y0), (x1, y1) = start, end
    dx, dy = (x1 - x0) / 3, (y1 - y0) / 3
    return (start, (x0 + dx, y0 + dy), (x1 - dx, y1 - dy), end)


def joined(
    source: Point, source_size: Size, target: Point, target_size: Size, direction: Direction
) -> tuple[Point, ...]:
    """Return the straight curve from the side where `source` ends to where `target` begins."""
    (sx, sy), (tx, ty) = source, target
    if direction == "LR":
        return straight((sx + source_size[0] / 2, sy), (tx - target_size[0] / 2, ty))
    return straight((sx, sy + source_size[1] / 2), (tx, ty - target_size[1] / 2))
