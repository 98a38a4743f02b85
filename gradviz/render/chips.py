"""Where the chips on edges lie: beside their edge, over no node and over no other chip."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF

from gradviz.render.fonts import fonts
from gradviz.render.picture import EdgeView
from gradviz.render.shapes import Boxes, Shapes, meeting, rect_of

PADDING, GAP, TRIANGLE = 8.0, 5.0, 8.0
_FURTHEST_ASIDE = 40.0
#: Where along its edge a chip may lie, the best place first.
_PLACES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)

#: With more chips times nodes than this, looking for free places would cost a frame.
_MOST_CARE = 3_000

#: The ids of edges with the texts of their chips.
_Chips = tuple[tuple[str, str], ...]
#: A step looks for the places of the chips before it, and twice for its own.
_KEPT = 3
_recent: list[tuple[Shapes, _Chips, dict[str, QRectF]]] = []


def chip_rects(edges: Sequence[EdgeView], shapes: Shapes) -> dict[str, QRectF]:
    """Return the rectangle of each edge's chip; where all is taken, it covers little."""
    chips = tuple((view.id, view.chip) for view in edges if view.chip and view.id in shapes.bounds)
    for known, placed, rects in _recent:
        if known is shapes and placed == chips:
            return rects
    rects = _placed(chips, shapes)
    _recent.insert(0, (shapes, chips, rects))
    del _recent[_KEPT:]
    return rects


def _placed(chips: _Chips, shapes: Shapes) -> dict[str, QRectF]:
    places = _PLACES if len(chips) * len(shapes.nodes) <= _MOST_CARE else _PLACES[:1]
    taken: list[Boxes] = []
    for edge, text in chips:
        beside = _beside(text, shapes.points(edge, places), shapes.uphill(edge))
        covered = np.zeros(len(beside))
        if len(places) > 1:
            others = np.vstack([shapes.node_boxes, *taken])
            covered = meeting(beside, others).sum(1)
        taken.append(beside[int(np.argmin(covered))])
    return {edge: rect_of(box) for (edge, _), box in zip(chips, taken, strict=True)}


def _beside(text: str, points: Boxes, angle: float) -> Boxes:
    """Return where a chip can lie, beside `points` (n, 2) of an edge that runs in `angle`.

    These are boxes (2n, 4), to the right of each point and to its left, the best first. The angle
    is in degrees from up: the flatter the edge runs, the further the chip moves aside, so that
    both can be seen.
    """
    face = fonts().chip
    width = face.width(text) + TRIANGLE + GAP + 2 * PADDING
    height = face.height + 5
    slope = abs(math.tan(math.radians(angle)))
    aside = 6 + min(slope * height / 2, _FURTHEST_ASIDE)
    lefts = points[:, :1] + np.array([aside, -aside - width])
    tops = np.repeat(points[:, 1] - height / 2, 2)
    left = lefts.ravel()
    return np.stack([left, tops, left + width, tops + height], axis=1)
