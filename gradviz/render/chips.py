"""Where the chips on edges lie: beside their edge, over no node and over no other chip."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF

from gradviz.render.fonts import fonts
from gradviz.render.numbers import short
from gradviz.render.picture import NO_LOCAL, EdgeView
from gradviz.render.shapes import Boxes, Shapes, boxes_of, rect_of

PADDING, GAP, TRIANGLE = 8.0, 5.0, 8.0
_FURTHEST_ASIDE = 40.0
#: So much further aside is where a chip lies that has no room beside its edge.
_FURTHER = 56.0
#: Where along its edge a chip may lie, the best place first.
_PLACES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)
#: A local derivative lies nearer to the node that it is by: the other end has several edges.
_LOCAL_PLACES = (0.4, 0.3, 0.5, 0.6, 0.2, 0.7, 0.8, 0.1, 0.9)

#: With more chips times nodes than this, looking for free places would cost a frame.
_MOST_CARE = 3_000

#: The ids of edges with the texts of their chips.
_Chips = tuple[tuple[str, str], ...]
#: A step looks for the places of the chips before it, and twice for its own.
_KEPT = 3
_recent: list[tuple[Shapes, _Chips, _Chips, dict[str, QRectF]]] = []
_recent_local: list[tuple[Shapes, _Chips, dict[str, QRectF]]] = []


def local_text(derivative: float) -> str:
    """Return the text of the chip with a local derivative, `∂ 3`."""
    return f"∂ {short(derivative)}"


def chip_rects(
    edges: Sequence[EdgeView], shapes: Shapes, local: Mapping[str, float] = NO_LOCAL
) -> dict[str, QRectF]:
    """Return the rectangle of each edge's chip; where all is taken, it covers little.

    The chips of local derivatives keep their places, see `local_rects`.
    """
    chips = tuple((view.id, view.chip) for view in edges if view.chip and view.id in shapes.bounds)
    fixed = _local_chips(shapes, local)
    for known, placed, others, rects in _recent:
        if known is shapes and placed == chips and others == fixed:
            return rects
    around = boxes_of(list(local_rects(shapes, local).values()))
    rects = _placed(chips, shapes, [around], _PLACES)
    _recent.insert(0, (shapes, chips, fixed, rects))
    del _recent[_KEPT:]
    return rects


def local_rects(shapes: Shapes, local: Mapping[str, float]) -> dict[str, QRectF]:
    """Return the rectangle of the chip with the local derivative of each edge."""
    chips = _local_chips(shapes, local)
    for known, placed, rects in _recent_local:
        if known is shapes and placed == chips:
            return rects
    rects = _placed(chips, shapes, [], _LOCAL_PLACES, leading=0.0)
    _recent_local.insert(0, (shapes, chips, rects))
    del _recent_local[_KEPT:]
    return rects


def _local_chips(shapes: Shapes, local: Mapping[str, float]) -> _Chips:
    return tuple(
        (edge, local_text(number)) for edge, number in local.items() if edge in shapes.bounds
    )


def _placed(
    chips: _Chips,
    shapes: Shapes,
    taken: list[Boxes],
    places: Sequence[float],
    leading: float = TRIANGLE + GAP,
) -> dict[str, QRectF]:
    """Return where chips lie that have `leading` pixels before their text."""
    if len(chips) * len(shapes.nodes) > _MOST_CARE:
        places = places[:1]
    found: list[Boxes] = []
    for edge, text in chips:
        points, angle = shapes.points(edge, places), shapes.uphill(edge)
        beside = _beside(text, points, angle, leading)
        covered = np.zeros(len(beside))
        if len(places) > 1:
            others = np.vstack([shapes.node_boxes, *taken, *found])
            covered = _shared_areas(beside, others[_near(beside, others)]).sum(1)
        found.append(beside[int(np.argmin(covered))])
    return {edge: rect_of(box) for (edge, _), box in zip(chips, found, strict=True)}


def _near(boxes: Boxes, others: Boxes) -> npt.NDArray[np.bool_]:
    """Return as (m,) which of `others` touch the rectangle around all of `boxes`.

    Of thousands of nodes few are near an edge.
    """
    left, top = boxes[:, :2].min(0)
    right, bottom = boxes[:, 2:].max(0)
    across = (others[:, 0] < right) & (others[:, 2] > left)
    near: npt.NDArray[np.bool_] = across & (others[:, 1] < bottom) & (others[:, 3] > top)
    return near


def _shared_areas(boxes: Boxes, others: Boxes) -> Boxes:
    """Return as (n, m) the areas that `boxes` (n, 4) share with `others` (m, 4)."""
    left, top, right, bottom = boxes.T[:, :, None]
    across = np.minimum(right, others[:, 2]) - np.maximum(left, others[:, 0])
    down = np.minimum(bottom, others[:, 3]) - np.maximum(top, others[:, 1])
    areas: Boxes = np.maximum(across, 0.0) * np.maximum(down, 0.0)
    return areas


def _beside(text: str, points: Boxes, angle: float, leading: float) -> Boxes:
    """Return where a chip can lie, beside `points` (n, 2) of an edge that runs in `angle`.

    These are boxes (4n, 4), to the right of each point and to its left, the best first, and then
    further aside. The angle is in degrees from up: the flatter the edge runs, the further the chip
    moves aside, so that both can be seen.
    """
    face = fonts().chip
    width = face.width(text) + leading + 2 * PADDING
    height = face.height + 5
    slope = abs(math.tan(math.radians(angle)))
    aside = 6 + min(slope * height / 2, _FURTHEST_ASIDE)
    near = [aside, -aside - width]
    far = [aside + _FURTHER, -aside - width - _FURTHER]
    left = np.hstack([(points[:, :1] + np.array(each)).ravel() for each in (near, far)])
    tops = np.tile(np.repeat(points[:, 1] - height / 2, 2), 2)
    return np.stack([left, tops, left + width, tops + height], axis=1)
