"""Where the chips on edges lie: beside their edge, over no node and over no other chip."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF

from gradviz.render.fonts import fonts
from gradviz.render.picture import EdgeView
from gradviz.render.shapes import Shapes

PADDING, GAP, TRIANGLE = 8.0, 5.0, 8.0
_FURTHEST_ASIDE = 40.0
#: Where along its edge a chip may lie, the best place first.
_PLACES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)

#: With more chips times nodes than this, looking for free places would cost a frame.
_MOST_CARE = 3_000


def chip_rects(edges: Sequence[EdgeView], shapes: Shapes) -> dict[str, QRectF]:
    """Return the rectangle of each edge's chip; where all is taken, it covers little."""
    rects: dict[str, QRectF] = {}
    chips = [view for view in edges if view.chip and view.id in shapes.bounds]
    places = _PLACES if len(chips) * len(shapes.nodes) <= _MOST_CARE else _PLACES[:1]
    for view in chips:
        rects[view.id] = _free(view, shapes, rects, places)
    return rects


def _free(
    view: EdgeView, shapes: Shapes, taken: dict[str, QRectF], places: tuple[float, ...]
) -> QRectF:
    candidates = (
        _beside(view.chip, shapes.point(view.id, place), shapes.uphill(view.id), left=left)
        for place in places
        for left in (False, True)
    )
    first = next(candidates)
    if len(places) == 1:
        return first
    best, least = first, math.inf
    for rect in (first, *candidates):
        covered = shapes.nodes_under(rect)
        covered += sum(rect.intersects(other) for other in taken.values())
        if covered < least:
            best, least = rect, covered
        if not covered:
            break
    return best


def _beside(text: str, point: QPointF, angle: float, *, left: bool) -> QRectF:
    """Return a chip beside a point of an edge that runs in `angle`, in degrees from up.

    The flatter the edge runs, the further the chip moves aside, so that both can be seen.
    """
    face = fonts().chip
    width = face.width(text) + TRIANGLE + GAP + 2 * PADDING
    height = face.height + 5
    slope = abs(math.tan(math.radians(angle)))
    aside = 6 + min(slope * height / 2, _FURTHEST_ASIDE)
    x = point.x() - aside - width if left else point.x() + aside
    return QRectF(x, point.y() - height / 2, width, height)
