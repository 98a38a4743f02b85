"""The Qt shapes of a placement, made once and kept while it is painted."""

import itertools
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from gradviz.core.graphs.graph import Edge
from gradviz.core.graphs.placement import Placement, Point
from gradviz.render.cut import LONG, cut

#: How long and wide an arrow's head is, for a line of width 1.
_HEAD_LENGTH, _HEAD_WIDTH = 6.0, 5.0
#: How far an edge may reach over its curve.
OUTSIDE = 8.0


#: A node as it is drawn: its id, its place, and whether it is a further copy.
Copy = tuple[str, QRectF, bool]
#: Left, top, right and bottom of each, of shape (n, 4).
Boxes = npt.NDArray[np.float64]


class Shapes:
    """Rectangles of nodes, and paths, bounds and arrow heads of edges."""

    def __init__(self, placement: Placement) -> None:
        self._curves = placement.curves
        self.nodes = {
            key: _centred(center, placement.sizes[key]) for key, center in placement.centers.items()
        }
        self.frames = {key: QRectF(*rect) for key, rect in placement.frames.items()}
        self._frame_ids = list(self.frames)
        self._frame_boxes = boxes_of(list(self.frames.values()))
        self.node_boxes = _boxes_around(placement)
        self._edge_ids = list(placement.curves)
        self._edge_boxes = _boxes_of_curves(list(placement.curves.values()))
        sides = map(tuple, self._edge_boxes.tolist())
        self.bounds: dict[str, tuple[float, ...]] = dict(zip(self._edge_ids, sides, strict=True))
        self._placement = placement
        self._edges: tuple[Edge, ...] | None = None
        self._copies: list[Copy] = []
        self._copy_boxes = boxes_of([])
        self._ghosts: dict[str, list[QRectF]] = {}
        reach = self._edge_boxes[:, 2:] - self._edge_boxes[:, :2]
        self._long = {
            self._edge_ids[index] for index in np.flatnonzero((reach > LONG).any(1)).tolist()
        }
        self._lines: dict[str, list[QLineF]] = {}
        self._arrows: dict[tuple[str, bool, float], tuple[QPainterPath, QPolygonF]] = {}

    def edges_in(self, clips: Sequence[QRectF] | None, outside: float = OUTSIDE) -> list[str]:
        """Return the edges of which anything may lie in one of `clips`; all without any.

        An edge's width and its head reach over its curve by `outside` at most.
        """
        if clips is None:
            return self._edge_ids
        found = _within(self._edge_boxes, clips, outside)
        if len(found) == len(self._edge_ids):
            return self._edge_ids
        return [self._edge_ids[index] for index in found]

    def frames_in(self, clips: Sequence[QRectF] | None, outside: float = 0.0) -> list[str]:
        """Return the frames of which anything may lie in one of `clips`, the outermost first."""
        if clips is None or not self._frame_ids:
            return self._frame_ids
        found = _within(self._frame_boxes, clips, outside)
        return [self._frame_ids[index] for index in found]

    def copies_in(
        self, edges: tuple[Edge, ...], clips: Sequence[QRectF] | None, outside: float = 0.0
    ) -> list[Copy]:
        """Return every drawn node that may lie in one of `clips`, further copies too."""
        if edges is not self._edges and edges != self._edges:
            self._copies = self._all_copies(edges)
            ghosts = self._copies[len(self.nodes) :]
            boxes = boxes_of([rect for _, rect, _ in ghosts])
            self._copy_boxes = np.vstack([self.node_boxes, boxes]) if ghosts else self.node_boxes
            self._ghosts = {}
            for key, rect, _ in ghosts:
                self._ghosts.setdefault(key, []).append(rect)
        # Another recording has equal edges; the next comparison is quick if they are the same.
        self._edges = edges
        if clips is None:
            return self._copies
        if not clips:
            return []
        found = _within(self._copy_boxes, clips, outside)
        if len(found) == len(self._copies):
            return self._copies
        return [self._copies[index] for index in found]

    def places_of(self, node: str) -> list[QRectF]:
        """Return the rectangles of a node and of its further copies; none of one without a place.

        `copies_in` has found the copies before.
        """
        return [self.nodes[node], *self._ghosts.get(node, ())] if node in self.nodes else []

    def _all_copies(self, edges: tuple[Edge, ...]) -> list[Copy]:
        copies = [(key, rect, False) for key, rect in self.nodes.items()]
        ghosts = self._placement.ghosts
        for edge in edges if ghosts else ():
            center = ghosts.get(edge.id)
            if center is not None and edge.source in self.nodes:
                rect = QRectF(self.nodes[edge.source])
                rect.moveCenter(QPointF(*center))
                copies.append((edge.source, rect, True))
        return copies

    def line_count(self, edge: str) -> int:
        """Return how many lines `lines` has for an edge."""
        return (len(self._curves[edge]) - 1) // 3

    def lines(self, edge: str) -> list[QLineF]:
        """Return straight lines between the ends of an edge's segments."""
        if edge not in self._lines:
            points = self._curves[edge]
            pairs = zip(points[:-1:3], points[3::3], strict=True)
            self._lines[edge] = [QLineF(*start, *end) for start, end in pairs]
        return self._lines[edge]

    def arrow(self, edge: str, *, backward: bool, width: float) -> tuple[QPainterPath, QPolygonF]:
        """Return an edge's line and head; `backward` puts the head at its source."""
        key = (edge, backward, width)
        if key not in self._arrows:
            self._arrows[key] = _arrow(self._curves[edge], backward, width)
        return self._arrows[key]

    def arrow_in(
        self, edge: str, area: QRectF | None, *, backward: bool, width: float
    ) -> tuple[QPainterPath, QPolygonF, float] | None:
        """Return an arrow of which only the part in `area` matters, None where nothing lies there.

        The third is the length of what was cut off before it, from which its dashes go on.
        """
        if area is None or edge not in self._long:
            return *self.arrow(edge, backward=backward, width=width), 0.0
        points = self._curves[edge]
        shaft, head = _shaft_and_head(points[::-1] if backward else points, width)
        found = cut(shaft, area)
        if found is None:
            return None
        return _path(found[0]), QPolygonF([QPointF(*corner) for corner in head]), found[1]

    def bounds_in(self, edge: str, area: QRectF) -> QRectF | None:
        """Return the bounds of the part of an edge that may lie in `area`; None if none does."""
        left, top, right, bottom = self.bounds[edge]
        if edge in self._long:
            found = cut(self._curves[edge], area)
            if found is None:
                return None
            left, top, right, bottom = _bounds(found[0])
        return QRectF(left, top, right - left, bottom - top)

    def points(self, edge: str, parts: Sequence[float]) -> Boxes:
        """Return the points (n, 2) of an edge after `parts` (0 to 1) of its segments."""
        points = self._curves[edge]
        segments = (len(points) - 1) // 3
        along = np.array(parts) * segments
        first = np.minimum(along.astype(int), segments - 1)
        corners = np.array(points)[3 * first[:, None] + np.arange(4)]
        t = (along - first)[:, None]
        weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
        found: Boxes = (weights[:, :, None] * corners).sum(1)
        return found

    def uphill(self, edge: str) -> float:
        """Return the angle in degrees, clockwise from up, in which the gradient runs."""
        (x0, y0), (x1, y1) = self._curves[edge][0], self._curves[edge][-1]
        return math.degrees(math.atan2(x0 - x1, y1 - y0))


_KEPT = 4
_recent: list[tuple[Placement, Shapes]] = []


def shapes_of(placement: Placement) -> Shapes:
    """Return the shapes of `placement`, made anew unless it was painted lately."""
    for known, shapes in _recent:
        if known is placement:
            return shapes
    shapes = Shapes(placement)
    _recent.insert(0, (placement, shapes))
    del _recent[_KEPT:]
    return shapes


def _sides(rect: QRectF) -> tuple[float, float, float, float]:
    return rect.left(), rect.top(), rect.right(), rect.bottom()


def rect_of(box: Boxes) -> QRectF:
    """Return the rectangle of one box (4,)."""
    left, top, right, bottom = box.tolist()
    return QRectF(left, top, right - left, bottom - top)


def meeting(boxes: Boxes, others: Boxes, outside: float = 0.0) -> npt.NDArray[np.bool_]:
    """Return as (n, m) which of `boxes` (n, 4), made larger by `outside`, meet which `others`."""
    left, top, right, bottom = boxes.T[:, :, None]
    found: npt.NDArray[np.bool_] = (
        (left - outside < others[:, 2])
        & (right + outside > others[:, 0])
        & (top - outside < others[:, 3])
        & (bottom + outside > others[:, 1])
    )
    return found


def boxes_of(rects: Sequence[QRectF]) -> Boxes:
    """Return the boxes of rectangles."""
    return np.array([_sides(rect) for rect in rects], np.float64).reshape(-1, 4)


def _boxes_around(placement: Placement) -> Boxes:
    """Return the boxes of all nodes, in their order."""
    centers = np.array(list(placement.centers.values()), np.float64).reshape(-1, 2)
    sizes = np.array([placement.sizes[key] for key in placement.centers]).reshape(-1, 2)
    return np.hstack([centers - sizes / 2, centers + sizes / 2])


def _boxes_of_curves(curves: list[tuple[Point, ...]]) -> Boxes:
    """Return the boxes of curves: each stays within its control points."""
    if not curves:
        return boxes_of([])
    together = itertools.chain.from_iterable
    points = np.fromiter(together(together(curves)), np.float64).reshape(-1, 2)
    starts = np.cumsum([0, *map(len, curves[:-1])])
    low, high = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
    return np.hstack([low, high])


def _within(boxes: Boxes, clips: Sequence[QRectF], outside: float) -> list[int]:
    """Return which of `boxes`, made larger by `outside`, meet one of `clips`."""
    sides = boxes_of(clips)
    if not len(sides):
        return []
    # A step has some twenty clips, and few of the boxes are anywhere near them.
    around = np.hstack([sides[:, :2].min(0), sides[:, 2:].max(0)])[None]
    found = np.flatnonzero(meeting(around, boxes, outside)[0])
    if len(sides) > 1:
        found = found[meeting(sides, boxes[found], outside).any(0)]
    indices: list[int] = found.tolist()
    return indices


def _centred(center: Point, size: tuple[float, float]) -> QRectF:
    return QRectF(center[0] - size[0] / 2, center[1] - size[1] / 2, *size)


def _bounds(points: tuple[Point, ...]) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom: a Bezier curve stays within its control points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _arrow(
    points: tuple[Point, ...], backward: bool, width: float
) -> tuple[QPainterPath, QPolygonF]:
    """Return the curve cut off where its head begins, and the head."""
    shaft, head = _shaft_and_head(points[::-1] if backward else points, width)
    return _path(shaft), QPolygonF([QPointF(*corner) for corner in head])


def _shaft_and_head(
    points: tuple[Point, ...], width: float
) -> tuple[tuple[Point, ...], tuple[Point, Point, Point]]:
    """Return the curve up to where the head at its end begins, and the corners of the head."""
    (tip_x, tip_y) = points[-1]
    dx, dy = _direction(points)
    long, wide = _HEAD_LENGTH * (1 + width) / 2, _HEAD_WIDTH * (1 + width) / 2
    base_x, base_y = tip_x - dx * long, tip_y - dy * long
    (x, y) = points[-2]
    shaft = (*points[:-2], (x - dx * long, y - dy * long), (base_x, base_y))
    left = (base_x - dy * wide / 2, base_y + dx * wide / 2)
    right = (base_x + dy * wide / 2, base_y - dx * wide / 2)
    return shaft, ((tip_x, tip_y), left, right)


def _path(points: tuple[Point, ...]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for index in range(1, len(points), 3):
        first, second, end = points[index : index + 3]
        path.cubicTo(QPointF(*first), QPointF(*second), QPointF(*end))
    return path


def _direction(points: tuple[Point, ...]) -> tuple[float, float]:
    """Return the unit vector in which a curve arrives at its end."""
    end = points[-1]
    for point in reversed(points[:-1]):
        dx, dy = end[0] - point[0], end[1] - point[1]
        length = math.hypot(dx, dy)
        if length > 1e-6:
            return dx / length, dy / length
    return 0.0, 1.0
