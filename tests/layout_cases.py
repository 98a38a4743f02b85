"""Random graphs to lay out, and the rules that every placement keeps."""

from collections.abc import Sequence
from itertools import combinations

from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from gradviz.core.graphs.placement import Box, Direction, Link, Placement, Point
from gradviz.layout.choice import promising_plans
from gradviz.layout.messages import LayoutRequest
from gradviz.layout.plans import place

Case = tuple[tuple[Box, ...], tuple[Link, ...]]


@st.composite
def acyclic(draw: st.DrawFn, most: int = 12) -> Case:
    """Return boxes of any size and name; links lead from earlier boxes to later ones."""
    names = draw(st.lists(st.text(max_size=6), unique=True, max_size=most))
    sides = st.floats(1, 300)
    boxes = [Box(name, draw(sides), draw(sides), leaf=draw(st.booleans())) for name in names]
    pairs = list(combinations(names, 2))
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=20)) if pairs else []
    links = [Link(f"link {index}", *pair) for index, pair in enumerate(chosen)]
    return tuple(boxes), tuple(links)


def check_placement(case: Case, placement: Placement, direction: Direction = "TB") -> None:
    """Assert what holds for every plan: all is there, inside, apart, in order and connected."""
    boxes, links = case
    across = 1 if direction == "TB" else 0
    assert set(placement.centers) == {box.id for box in boxes}
    assert placement.sizes == {box.id: (box.width, box.height) for box in boxes}
    assert set(placement.curves) == {link.id for link in links}
    rectangles = [_rectangle(placement, box.id) for box in boxes]
    for left, top, right, bottom in rectangles:
        assert left >= 0
        assert top >= 0
        assert right <= placement.width
        assert bottom <= placement.height
    for first, second in combinations(rectangles, 2):
        assert not _overlap(first, second)
    for link in links:
        points = placement.curves[link.id]
        assert len(points) % 3 == 1
        assert len(points) >= 4
        if link.id not in placement.ghosts:
            source, target = placement.centers[link.source], placement.centers[link.target]
            assert source[across] < target[across]
            assert points[0][across] < points[-1][across]


def extent_of(curve: Sequence[Point]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a curve itself: its control points may lie outside."""
    path = QPainterPath(QPointF(*curve[0]))
    for first in range(1, len(curve), 3):
        path.cubicTo(*(QPointF(*point) for point in curve[first : first + 3]))
    found = path.boundingRect()
    return found.left(), found.top(), found.right(), found.bottom()


def place_at_once(
    boxes: Sequence[Box], links: Sequence[Link], direction: Direction, _deadline_s: float
) -> Placement:
    """Place boxes in this process by the plan that the client tries first."""
    plan = promising_plans(tuple(boxes), tuple(links))[0]
    return place(
        LayoutRequest(
            request=0, boxes=tuple(boxes), links=tuple(links), direction=direction, plan=plan
        )
    )


def rectangles_of(placement: Placement) -> dict[str, tuple[float, float, float, float]]:
    """Return left, top, right and bottom of each box."""
    return {key: _rectangle(placement, key) for key in placement.centers}


def _rectangle(placement: Placement, key: str) -> tuple[float, float, float, float]:
    (x, y), (width, height) = placement.centers[key], placement.sizes[key]
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _overlap(
    first: tuple[float, float, float, float], second: tuple[float, float, float, float]
) -> bool:
    tolerance = 1.0
    return (
        first[0] + tolerance < second[2]
        and second[0] + tolerance < first[2]
        and first[1] + tolerance < second[3]
        and second[1] + tolerance < first[3]
    )
