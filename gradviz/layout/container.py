"""One container by itself: its items placed, its ports on its border, its pieces of links."""

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from gradviz.core.graphs.placement import (
    Box,
    Direction,
    Link,
    Placement,
    Plan,
    PlanReason,
    Point,
    Rank,
)
from gradviz.layout.geometry import Size, straight

#: Pixels at the top of a frame for its title, and between its border and what it has.
TITLE: Final = 26.0
PAD: Final = 12.0
#: The ports keep this distance from the corners of their frame.
_CORNER = 8.0
#: A port is placed as a box of this width.
_PORT = 2.0


class PlaceBoxes(Protocol):
    """Places boxes and links, as the client of the layout process does."""

    def __call__(
        self,
        boxes: Sequence[Box],
        links: Sequence[Link],
        direction: Direction,
        deadline_s: float,
        /,
    ) -> Placement:
        """Return a placement of all boxes and links."""


class Item(NamedTuple):
    """An item to place: its size, and for a frame where its ports lie along its border."""

    width: float
    height: float
    leaf: bool = False


class Wire(NamedTuple):
    """A piece of a link: the places of its ends, and of the ports of these, None for none.

    The ends are numbers of items; from the number of items on they are those of entries and then
    of exits.
    """

    source: int
    target: int
    leaves_at: float | None = None
    enters_at: float | None = None


class Arrangement(NamedTuple):
    """All that the layout of a container follows from: equal ones are laid out once."""

    items: tuple[Item, ...]
    lines: tuple[Wire, ...]
    entries: int
    exits: int
    width: float
    direction: Direction
    framed: bool


class Laid(NamedTuple):
    """A container that is laid out, from (0, 0) to `size`.

    Attributes:
        centers: The centre of each item.
        curves: The curve of each line, from end to end.
        ghosts: The centres of further copies of leaves, by the number of their line.
        entries, exits: Where the ports lie along the border: from the left, or from the top.
    """

    size: Size
    centers: tuple[Point, ...]
    curves: tuple[tuple[Point, ...], ...]
    ghosts: dict[int, Point]
    entries: tuple[float, ...]
    exits: tuple[float, ...]
    plan: Plan
    reason: PlanReason


def laid_out(arrangement: Arrangement, place: PlaceBoxes, deadline_s: float) -> Laid:
    """Return the layout of one container; raises LayoutError when `place` does."""
    boxes = _boxes(arrangement)
    links = [Link(str(n), str(at.source), str(at.target)) for n, at in enumerate(arrangement.lines)]
    placed = place(boxes, links, arrangement.direction, deadline_s)
    return _framed(arrangement, placed)


def _boxes(arrangement: Arrangement) -> list[Box]:
    boxes = [
        Box(str(number), item.width, item.height, item.leaf)
        for number, item in enumerate(arrangement.items)
    ]
    entries = _ports(len(boxes), arrangement.entries, "first")
    return [*boxes, *entries, *_ports(len(boxes) + len(entries), arrangement.exits, "last")]


def _ports(first: int, count: int, rank: Rank) -> list[Box]:
    return [Box(str(first + number), _PORT, _PORT, rank=rank) for number in range(count)]


def _framed(arrangement: Arrangement, placed: Placement) -> Laid:
    """Return a placement cut to its content, with room for title and border where it has one."""
    count = len(arrangement.items)
    content = _extent(arrangement, placed)
    left, top, right, bottom = content
    before, after, above, below = _margins(arrangement)
    slack = max(0.0, arrangement.width - (right - left) - before - after) / 2
    dx, dy = before + slack - left, above - top
    size = (right + dx + after + slack, bottom + dy + below)
    centers = [_moved(placed.centers[str(number)], dx, dy) for number in range(count)]
    along = 0 if arrangement.direction == "TB" else 1
    ports = [
        min(max(_moved(placed.centers[str(port)], dx, dy)[along], _CORNER), size[along] - _CORNER)
        for port in range(count, count + arrangement.entries + arrangement.exits)
    ]
    frame = _Frame(arrangement, size, centers, ports)
    return Laid(
        size=size,
        centers=tuple(centers),
        curves=tuple(
            frame.joined(line, [_moved(point, dx, dy) for point in placed.curves[str(number)]])
            for number, line in enumerate(arrangement.lines)
        ),
        ghosts={int(line): _moved(at, dx, dy) for line, at in placed.ghosts.items()},
        entries=tuple(ports[: arrangement.entries]),
        exits=tuple(ports[arrangement.entries :]),
        plan=placed.plan,
        reason=placed.reason,
    )


def _margins(arrangement: Arrangement) -> tuple[float, float, float, float]:
    """Return the room at the left, the right, the top and the bottom."""
    if not arrangement.framed:
        return 0.0, 0.0, 0.0, 0.0
    into, out_of = (PAD if count else 0.0 for count in (arrangement.entries, arrangement.exits))
    if arrangement.direction == "TB":
        return PAD, PAD, TITLE + PAD / 2, PAD + out_of
    return PAD + into, PAD + out_of, TITLE + PAD / 2, PAD


def _extent(arrangement: Arrangement, placed: Placement) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of all items, ghosts and lines between items."""
    xs: list[float] = []
    ys: list[float] = []

    def cover(center: Point, item: Item) -> None:
        xs.extend((center[0] - item.width / 2, center[0] + item.width / 2))
        ys.extend((center[1] - item.height / 2, center[1] + item.height / 2))

    for number, item in enumerate(arrangement.items):
        cover(placed.centers[str(number)], item)
    for line, center in placed.ghosts.items():
        cover(center, arrangement.items[arrangement.lines[int(line)].source])
    along = 0 if arrangement.direction == "TB" else 1
    for number in range(len(arrangement.lines)):
        for point in placed.curves[str(number)]:
            (xs if along == 0 else ys).append(point[along])
    return min(xs, default=0.0), min(ys, default=0.0), max(xs, default=0.0), max(ys, default=0.0)


class _Frame:
    """Joins the curves of a container to its ports and to those of the frames in it."""

    def __init__(
        self, arrangement: Arrangement, size: Size, centers: list[Point], ports: list[float]
    ) -> None:
        self._arrangement, self._size = arrangement, size
        self._centers, self._ports = centers, ports
        self._along = 0 if arrangement.direction == "TB" else 1

    def joined(self, wire: Wire, curve: list[Point]) -> tuple[Point, ...]:
        """Return a curve that begins and ends at the ports of its line, where it has such."""
        start = self._port(wire.source, wire.leaves_at, out=True)
        end = self._port(wire.target, wire.enters_at, out=False)
        if start is not None and end is not None and len(curve) == 4:
            return self._straight(start, end)
        if start is not None:
            curve[:2] = start, self._ahead(start, curve[2], 1)
        if end is not None:
            curve[-2:] = self._ahead(end, curve[-3], -1), end
        return tuple(curve)

    def _straight(self, start: Point, end: Point) -> tuple[Point, ...]:
        if start[self._along] == end[self._along]:
            return straight(start, end)
        return start, self._ahead(start, end, 1), self._ahead(end, start, -1), end

    def _ahead(self, port: Point, beyond: Point, way: int) -> Point:
        """Return the control point next to a port, so that its border is met at a right angle."""
        across = 1 - self._along
        length = min(40.0, max(8.0, abs(beyond[across] - port[across]) / 2)) * way
        return (port[0], port[1] + length) if self._along == 0 else (port[0] + length, port[1])

    def _port(self, end: int, at: float | None, *, out: bool) -> Point | None:
        """Return the port at this end of a line; None if it ends at a plain item."""
        count = len(self._arrangement.items)
        if end >= count:
            # What comes in begins at the border, what leaves ends there.
            return self._on_side(self._ports[end - count], (0.0, 0.0), self._size, last=not out)
        if at is None:
            return None
        (x, y), item = self._centers[end], self._arrangement.items[end]
        corner = x - item.width / 2, y - item.height / 2
        return self._on_side(at, corner, (item.width, item.height), last=out)

    def _on_side(self, at: float, corner: Point, size: Size, *, last: bool) -> Point:
        across = 1 - self._along
        beyond = corner[across] + (size[across] if last else 0.0)
        along = corner[self._along] + at
        return (along, beyond) if self._along == 0 else (beyond, along)


def _moved(point: Point, dx: float, dy: float) -> Point:
    return point[0] + dx, point[1] + dy
