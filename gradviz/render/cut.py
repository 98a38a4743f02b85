"""The part of a curve that can be seen, for edges many times longer than any screen.

A large graph has edges that run past thousands of nodes. To draw all of such a curve takes a
hundred times as long as the part of it in the window.
"""

import itertools
import math

import numpy as np
from PySide6.QtCore import QRectF

from gradviz.core.graphs.placement import Point

#: Curves that are not longer than this, in pixels, are drawn whole.
LONG = 4_000.0
#: Less than this, in pixels, is nothing: it is lost where places on a curve are rounded.
_NOTHING = 1e-6
_CHORDS = 16
_ROUNDS = 4

Curve = tuple[Point, ...]


def cut(points: Curve, area: QRectF) -> tuple[Curve, float] | None:
    """Return the part of a curve that may lie in `area`, and the length of that before it.

    `points` are a start and three further control points for each Bezier segment. None where
    nothing of the curve lies in the area.
    """
    before = 0.0
    for _ in range(_ROUNDS):
        found = _cut_line(points, area) if is_straight(points) else _cut_curve(points, area)
        if found is None:
            return None
        shorter, left_out = found
        before += left_out
        if is_straight(points) or (len(shorter) == len(points) and not left_out):
            return shorter, before
        points = shorter
    return points, before


def is_straight(points: Curve) -> bool:
    """Tell whether a curve is one segment, with its control points between its ends on a line."""
    if len(points) != 4:
        return False
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points
    dx, dy = x3 - x0, y3 - y0
    if not (dx or dy):
        # A loop has no direction, with which the control points could be compared.
        return points[0] == points[1] == points[2]
    tolerance = 0.01 * (abs(dx) + abs(dy))
    return (
        abs(dx * (y1 - y0) - dy * (x1 - x0)) <= tolerance
        and abs(dx * (y2 - y0) - dy * (x2 - x0)) <= tolerance
        and 0.0 <= dx * (x1 - x0) + dy * (y1 - y0) <= dx * dx + dy * dy
        and 0.0 <= dx * (x2 - x0) + dy * (y2 - y0) <= dx * dx + dy * dy
    )


def _cut_line(points: Curve, area: QRectF) -> tuple[Curve, float] | None:
    (x0, y0), (x1, y1) = points[0], points[-1]
    dx, dy = x1 - x0, y1 - y0
    first, last = 0.0, 1.0
    for along, low, high in (
        (dx, area.left() - x0, area.right() - x0),
        (dy, area.top() - y0, area.bottom() - y0),
    ):
        if abs(along) < _NOTHING:
            if low > _NOTHING or high < -_NOTHING:
                return None
            continue
        enters, leaves = sorted((low / along, high / along))
        first, last = max(first, enters), min(last, leaves)
    if first > last:
        return None
    ends = [
        (x0 + dx * part, y0 + dy * part)
        for part in (first, (2 * first + last) / 3, (first + 2 * last) / 3, last)
    ]
    return tuple(ends), first * math.hypot(dx, dy)


def _cut_curve(points: Curve, area: QRectF) -> tuple[Curve, float] | None:
    """Cut off whole chords at both ends of a curve, of which each segment has _CHORDS."""
    corners = np.array(points)
    segments = (len(points) - 1) // 3
    t = np.linspace(0.0, 1.0, _CHORDS + 1)[:, None]
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    whole = np.stack([corners[3 * each : 3 * each + 4] for each in range(segments)])
    along = np.einsum("cw,swd->scd", weights, whole)
    starts = along[:, :-1].reshape(-1, 2)
    ends = along[:, 1:].reshape(-1, 2)
    # A chord lies inside of its bulge: the area is met where a box a little larger meets it.
    bulge = np.abs(ends - starts).max(1, keepdims=True) * 0.25 + _NOTHING
    low, high = np.minimum(starts, ends) - bulge, np.maximum(starts, ends) + bulge
    meets = np.flatnonzero(
        (low[:, 0] <= area.right())
        & (high[:, 0] >= area.left())
        & (low[:, 1] <= area.bottom())
        & (high[:, 1] >= area.top())
    )
    if not len(meets):
        return None
    first, last = int(meets[0]), int(meets[-1]) + 1
    if first == 0 and last == len(starts):
        return points, 0.0
    lengths = np.hypot(*(ends - starts).T)
    return _between(points, first / _CHORDS, last / _CHORDS), float(lengths[:first].sum())


def _between(points: Curve, first: float, last: float) -> Curve:
    """Return the curve from `first` to `last`, both counted in segments."""
    segment, end = int(first), min(math.ceil(last), (len(points) - 1) // 3)
    kept = list(points[3 * segment : 3 * end + 1])
    # The end is cut off first: the beginning of the same segment stays where it is.
    part = last - (end - 1)
    if part < 1.0:
        kept[-4:] = _split(kept[-4:], part)[0]
        first_part = (first - segment) / part if end - segment == 1 else first - segment
    else:
        first_part = first - segment
    if first_part > 0.0:
        kept[:4] = _split(kept[:4], first_part)[1]
    return tuple(kept)


def _split(points: list[Point], t: float) -> tuple[list[Point], list[Point]]:
    """Return both parts of one Bezier segment, by de Casteljau."""
    rows = [points]
    while len(rows[-1]) > 1:
        row = rows[-1]
        rows.append(
            [
                (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)
                for (x0, y0), (x1, y1) in itertools.pairwise(row)
            ]
        )
    return [row[0] for row in rows], [row[-1] for row in reversed(rows)]
