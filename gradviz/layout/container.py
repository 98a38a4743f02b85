"""One container as it is laid out by itself: its items, its ports on its border, its wires."""

from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple, Protocol

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
from gradviz.layout.geometry import ROW_GAP, Size, straight
from gradviz.layout.rows import place_in_rows

#: A port is placed as a box of this width.
_PORT: Final = 2.0
#: A port no further from its item has nothing between, and joins it so far from a corner.
_BESIDE: Final = ROW_GAP + _PORT
_INSET: Final = 10.0

Chain = tuple[Point, ...]
#: The whole picture, a frame with a title, or one of several columns that a container is cut into.
ContainerKind = Literal["whole", "frame", "column"]


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
    """A box or frame to place."""

    width: float
    height: float
    leaf: bool = False


class Wire(NamedTuple):
    """A piece of a link: the places of its ends, and of the ports of these, None for none.

    The ends are numbers of items; from the number of items on they are those of entries and then
    of exits. A port of a frame lies so far along its border.
    """

    source: int
    target: int
    leaves_at: float | None = None
    enters_at: float | None = None


class Contents(NamedTuple):
    """All that the layout of a container follows from: equal ones are laid out once."""

    items: tuple[Item, ...]
    wires: tuple[Wire, ...]
    entries: int
    exits: int
    width: float
    direction: Direction
    kind: ContainerKind

    @property
    def along(self) -> Literal[0, 1]:
        """Return the axis along which borders with ports run: 0 for x, 1 for y."""
        return 0 if self.direction in ("TB", "BT") else 1

    @property
    def unmirrored(self) -> Direction:
        """Return the way in which it is laid out, before the picture is mirrored."""
        return "TB" if self.along == 0 else "LR"

    @property
    def ports(self) -> range:
        """Return the numbers of the entries and exits."""
        return range(len(self.items), len(self.items) + self.entries + self.exits)


class DrawnContainer(NamedTuple):
    """Where everything in a container is, before it has its border.

    Attributes:
        centers: The centre of each item.
        curves: The curve of each wire; those that end at a port of a frame are exact already.
        ghosts: The centres of further copies of leaves, by the number of their wire.
        ports: Where wires come in and leave.
        extent: Left, top, right and bottom of all that is to be within the border.
    """

    centers: tuple[Point, ...]
    curves: tuple[Chain, ...]
    ghosts: dict[int, Point]
    ports: tuple[Point, ...]
    extent: tuple[float, float, float, float]
    plan: Plan
    reason: PlanReason


class Laid(NamedTuple):
    """A container that is laid out, from (0, 0) to `size`.

    Attributes:
        centers: The centre of each item.
        curves: The curve of each wire, from end to end.
        ghosts: The centres of further copies of leaves, by the number of their wire.
        entries, exits: Where the ports lie along the border: from the left, or from the top.
    """

    size: Size
    centers: tuple[Point, ...]
    curves: tuple[Chain, ...]
    ghosts: dict[int, Point]
    entries: tuple[float, ...]
    exits: tuple[float, ...]
    plan: Plan
    reason: PlanReason


#: Lays out a container of which the layout may be known.
LayOut = Callable[[Contents], Laid]


def drawn(contents: Contents, place: PlaceBoxes, deadline_s: float) -> DrawnContainer:
    """Return a container as one whole; raises LayoutError when `place` does."""
    boxes, links = _boxes(contents), _links(contents)
    return _drawn(contents, place(boxes, links, contents.unmirrored, deadline_s))


def drawn_in_rows(contents: Contents, longest: float) -> DrawnContainer:
    """Return a container in rows, none longer than `longest` pixels, by the simplest plan."""
    boxes, links = tuple(_boxes(contents)), tuple(_links(contents))
    placed = place_in_rows(boxes, links, contents.unmirrored, longest)
    return _drawn(contents, placed)._replace(reason="graph")


def _links(contents: Contents) -> list[Link]:
    return [Link(str(n), str(at.source), str(at.target)) for n, at in enumerate(contents.wires)]


def _drawn(contents: Contents, placed: Placement) -> DrawnContainer:
    centers = tuple(placed.centers[str(number)] for number in range(len(contents.items)))
    curves = tuple(
        _to_frames(contents, centers, wire, placed.curves[str(number)])
        for number, wire in enumerate(contents.wires)
    )
    ghosts = {int(wire): at for wire, at in placed.ghosts.items()}
    ports = [placed.centers[str(port)] for port in contents.ports]
    curves, ports = with_straight_ports(contents, centers, curves, ports)
    return DrawnContainer(
        centers=centers,
        curves=curves,
        ghosts=ghosts,
        ports=tuple(ports),
        extent=_extent(contents, centers, curves, ghosts),
        plan=placed.plan,
        reason=placed.reason,
    )


def _boxes(contents: Contents) -> list[Box]:
    boxes = [
        Box(str(number), item.width, item.height, item.leaf)
        for number, item in enumerate(contents.items)
    ]
    entries = _ports(len(boxes), contents.entries, "first")
    return [*boxes, *entries, *_ports(len(boxes) + len(entries), contents.exits, "last")]


def _ports(first: int, count: int, rank: Rank) -> list[Box]:
    return [Box(str(first + number), _PORT, _PORT, rank=rank) for number in range(count)]


def _to_frames(contents: Contents, centers: Sequence[Point], wire: Wire, curve: Chain) -> Chain:
    """Return a curve that begins and ends at the ports of the frames that it joins."""
    start, end = (
        port_of_frame(contents, centers, number, at, last=last)
        for number, at, last in (
            (wire.source, wire.leaves_at, True),
            (wire.target, wire.enters_at, False),
        )
    )
    return attached(curve, start, end, contents.along)


def port_of_frame(
    contents: Contents,
    centers: Sequence[Point],
    number: int,
    at: float | None,
    *,
    last: bool,
) -> Point | None:
    """Return where a port on the border of an item lies; None where `at` is.

    Args:
        contents: The container.
        centers: The centres of its items.
        number: The number of the item.
        at: How far along its border the port lies.
        last: Whether it is on the border where wires leave.
    """
    if at is None:
        return None
    (x, y), item = centers[number], contents.items[number]
    side = 1 if last else -1
    if contents.along == 0:
        return x - item.width / 2 + at, y + side * item.height / 2
    return x + side * item.width / 2, y - item.height / 2 + at


def attached(curve: Chain, start: Point | None, end: Point | None, along: Literal[0, 1]) -> Chain:
    """Return a curve with other ends, which it meets at a right angle to the axis `along`."""
    points = list(curve)
    if start is not None:
        points[:2] = start, _ahead(start, points[2] if end is None else points[-1], along, 1)
    if end is not None:
        points[-2:] = _ahead(end, points[-3] if start is None else points[0], along, -1), end
    return tuple(points)


def _ahead(port: Point, beyond: Point, along: Literal[0, 1], way: int) -> Point:
    """Return the control point next to a port."""
    across = 1 - along
    length = min(40.0, max(8.0, abs(beyond[across] - port[across]) / 2)) * way
    return (port[0], port[1] + length) if along == 0 else (port[0] + length, port[1])


def with_straight_ports(
    contents: Contents,
    centers: Sequence[Point],
    curves: tuple[Chain, ...],
    ports: Sequence[Point],
) -> tuple[tuple[Chain, ...], list[Point]]:
    """Return curves and ports, where a port right beside its item has a straight line to it."""
    count, along = len(contents.items), contents.along
    found, moved, done = list(curves), list(ports), set[int]()
    for number, wire in enumerate(contents.wires):
        outside = max(wire.source, wire.target)
        item, into = min(wire.source, wire.target), wire.source == outside
        at = wire.enters_at if into else wire.leaves_at
        if outside < count or item >= count or outside in done:
            continue
        port = moved[outside - count]
        edge = _side(contents.items[item], centers[item], port, at, along, last=not into)
        if abs(edge[1 - along] - port[1 - along]) <= _BESIDE:
            done.add(outside)
            there = (edge[0], port[1]) if along == 0 else (port[0], edge[1])
            moved[outside - count] = there
            found[number] = straight(there, edge) if into else straight(edge, there)
    return tuple(found), moved


def _side(
    item: Item, center: Point, port: Point, at: float | None, along: int, *, last: bool
) -> Point:
    """Return the point of an item's side that a straight line from a port meets."""
    size = (item.width, item.height)
    start = center[along] - size[along] / 2
    inset = min(_INSET, size[along] / 2)
    place = (
        min(max(port[along], start + inset), start + size[along] - inset)
        if at is None
        else start + at
    )
    beyond = center[1 - along] + (size[1 - along] / 2 if last else -size[1 - along] / 2)
    return (place, beyond) if along == 0 else (beyond, place)


def _extent(
    contents: Contents,
    centers: Sequence[Point],
    curves: Sequence[Chain],
    ghosts: dict[int, Point],
) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of all items and ghosts, and of wires beside them."""
    rectangles = [*zip(centers, contents.items, strict=True)]
    rectangles.extend(
        (center, contents.items[contents.wires[wire].source]) for wire, center in ghosts.items()
    )
    xs = [x + side * item.width / 2 for (x, _), item in rectangles for side in (-1, 1)]
    ys = [y + side * item.height / 2 for (_, y), item in rectangles for side in (-1, 1)]
    along = contents.along
    (ys if along else xs).extend(point[along] for curve in curves for point in curve)
    return min(xs, default=0.0), min(ys, default=0.0), max(xs, default=0.0), max(ys, default=0.0)
