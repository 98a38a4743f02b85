"""Curves as chains of cubic Bezier segments: joined, moved, and led around corners."""

from collections.abc import Iterable, Sequence

from gradviz.core.graphs.placement import Point
from gradviz.layout.container import Chain
from gradviz.layout.geometry import straight

#: Pixels over which a corner is rounded, and the part of them at which the control points are.
_RADIUS = 10.0
_ROUNDNESS = 0.55


def rounded(corners: Sequence[Point]) -> Chain:
    """Return the way along horizontal and vertical lines, with rounded corners."""
    points = [corners[0]]
    for place in range(1, len(corners) - 1):
        before, corner, after = corners[place - 1 : place + 2]
        into = _towards(corner, before, whole=place == 1)
        out_of = _towards(corner, after, whole=place == len(corners) - 2)
        points.extend(straight(points[-1], into)[1:])
        points.extend((_between(into, corner), _between(out_of, corner), out_of))
    points.extend(straight(points[-1], corners[-1])[1:])
    return tuple(points)


def chained(curves: Iterable[Chain]) -> Chain:
    """Return curves as one; each begins where the one before it ends."""
    points: list[Point] = []
    for curve in curves:
        points.extend(curve[1:] if points else curve)
    return tuple(points)


def moved(curve: Chain, dx: float, dy: float) -> Chain:
    """Return a curve elsewhere."""
    return tuple((x + dx, y + dy) for x, y in curve)


def _towards(corner: Point, other: Point, *, whole: bool) -> Point:
    """Return the point where the rounding of a corner begins, on the way to another point."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = abs(dx) + abs(dy)
    part = min(_RADIUS, length if whole else length / 2) / length if length else 0.0
    return corner[0] + dx * part, corner[1] + dy * part


def _between(one: Point, other: Point) -> Point:
    x, y = other[0] - one[0], other[1] - one[1]
    return one[0] + x * _ROUNDNESS, one[1] + y * _ROUNDNESS
