"""A long container as columns side by side: its rows are cut, and each column is laid out anew.

Wires between columns run beneath them, up between two of them, and come in from above; where
wires run to the right, the columns lie one below the other. All is reckoned as if they ran down:
lengths along the first axis are across the wires, those along the second one with them.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from gradviz.core.graphs.placement import Plan, PlanReason, Point
from gradviz.core.graphs.shown.cuts import (
    GUTTER,
    Band,
    bounded_cuts,
    cuts_into,
    fitting_cuts,
)
from gradviz.layout.container import Chain, Contents, DrawnContainer, Item, Laid, LayOut, Wire
from gradviz.layout.division import ColumnStrip, Route, SourceKey, divided
from gradviz.layout.geometry import straight
from gradviz.layout.rounding import chained, moved, rounded
from gradviz.layout.wrapping import is_too_wide

#: From the best to the simplest; the plan of several containers is the worst of theirs.
PLANS: Final[tuple[Plan, ...]] = ("dot", "split leaves", "rows")
REASONS: Final[tuple[PlanReason, ...]] = ("", "graph", "time", "failure")
#: Pixels between wires side by side, and between them and the columns that they pass.
_LANE: Final = 7.0
_CLEAR: Final = 4.0


def in_columns(contents: Contents, found: DrawnContainer, again: LayOut) -> DrawnContainer | None:
    """Return a container cut into columns; None where it is not too long.

    Args:
        contents: The container.
        found: The container as one whole.
        again: Lays out a column.
    """
    if contents.kind == "column":
        return None
    rows = _rows(contents, found)
    bands = [
        Band((rows[place + 1].top if place + 1 < len(rows) else row.bottom) - row.top, row.width)
        for place, row in enumerate(rows)
    ]
    cuts = (fitting_cuts if contents.kind == "whole" else bounded_cuts)(
        bands, across=contents.along == 1
    )
    while len(cuts) > 1:
        tops = [rows[cut].top for cut in cuts]
        columns, routes = divided(contents, _columns_of(contents, found, tops), len(cuts))
        laid = [again(column.contents(contents)) for column in columns]
        cut = _Composition(contents, columns, routes, laid).drawn()
        if not is_too_wide(contents, cut):
            return cut
        # Wires between the columns can take far more room than the rows themselves.
        cuts = cuts_into(bands, len(cuts) // 2)
    return None


class _Row(NamedTuple):
    top: float
    bottom: float
    width: float


def _rows(contents: Contents, found: DrawnContainer) -> list[_Row]:
    """Return the rows of items and ghosts: those whose heights overlap are in one."""
    along = contents.along
    spans: list[tuple[float, float, float, float]] = []

    def cover(center: Point, item: Item) -> None:
        width, height = _turned((item.width, item.height), along)
        x, y = _turned(center, along)
        spans.append((y - height / 2, y + height / 2, x - width / 2, x + width / 2))

    for center, item in zip(found.centers, contents.items, strict=True):
        cover(center, item)
    for wire, center in found.ghosts.items():
        cover(center, contents.items[contents.wires[wire].source])
    rows: list[list[float]] = []
    for top, bottom, left, right in sorted(spans):
        if rows and top < rows[-1][1]:
            last = rows[-1]
            last[1:] = max(last[1], bottom), min(last[2], left), max(last[3], right)
        else:
            rows.append([top, bottom, left, right])
    return [_Row(top, bottom, right - left) for top, bottom, left, right in rows]


def _columns_of(contents: Contents, found: DrawnContainer, tops: Sequence[float]) -> list[int]:
    """Return the column of each item; a leaf is in that of the first item that it feeds."""

    def column_at(center: Point) -> int:
        y = _turned(center, contents.along)[1]
        return max(place for place, top in enumerate(tops) if place == 0 or y >= top)

    columns = [column_at(center) for center in found.centers]
    count = len(columns)
    first: dict[int, int] = {}
    for wire in contents.wires:
        if wire.source < count and wire.target < count and contents.items[wire.source].leaf:
            column = columns[wire.target]
            first[wire.source] = min(first.get(wire.source, column), column)
    for source, column in first.items():
        columns[source] = column
    return columns


class _Composition:
    """Columns that are laid out, side by side, with the wires around them."""

    def __init__(
        self,
        contents: Contents,
        columns: Sequence[ColumnStrip],
        routes: Sequence[Route],
        laid: Sequence[Laid],
    ) -> None:
        self._contents, self._along = contents, contents.along
        self._columns, self._routes, self._laid = columns, routes, laid
        self._sizes = [_turned(each.size, self._along) for each in laid]
        self._lanes: dict[tuple[str, int], dict[SourceKey, int]] = {}
        for wire, route in zip(contents.wires, routes, strict=True):
            if route.home != route.last and route.first is not None:
                self._lane("gutter", route.last, (wire.source, wire.leaves_at))
        self._lefts: list[float] = []
        right = 0.0
        for place, (width, _) in enumerate(self._sizes):
            lanes = len(self._lanes.get(("gutter", place), ())) * _LANE
            self._lefts.append(right + (GUTTER + lanes if place else 0.0))
            right = self._lefts[-1] + width
        self._bounds = [0.0, 0.0, right, max(height for _, height in self._sizes)]

    def drawn(self) -> DrawnContainer:
        """Return the container with its columns."""
        contents = self._contents
        count = len(contents.items)
        centers: list[Point] = [(0.0, 0.0)] * count
        ghosts: dict[int, Point] = {}
        for number, column in enumerate(self._columns):
            copies = {place: wire for wire, place in column.ghosts.items()}
            for place, (item, center) in enumerate(
                zip(column.items, self._laid[number].centers, strict=True)
            ):
                at = self._moved(number, center)
                if place in copies:
                    ghosts[copies[place]] = at
                else:
                    centers[item] = at
        for wire, route in enumerate(self._routes):
            copy = self._laid[route.last].ghosts.get(route.final)
            if copy is not None and route.home == route.last and wire not in ghosts:
                ghosts[wire] = self._moved(route.last, copy)
        ports = self._ports()
        curves = tuple(
            self._curve(wire, route, ports)
            for wire, route in zip(contents.wires, self._routes, strict=True)
        )
        left, top, right, bottom = self._bounds
        return DrawnContainer(
            centers=tuple(centers),
            curves=curves,
            ghosts=ghosts,
            ports=tuple(_turned(ports.get(port, (0.0, 0.0)), self._along)
                        for port in contents.ports),
            extent=(left, top, right, bottom) if self._along == 0 else (top, left, bottom, right),
            plan=max((each.plan for each in self._laid), key=PLANS.index),
            reason=max((each.reason for each in self._laid), key=REASONS.index),
        )  # fmt: skip

    def _moved(self, column: int, point: Point) -> Point:
        x, y = _turned(point, self._along)
        return _turned((x + self._lefts[column], y), self._along)

    def _ports(self) -> dict[int, Point]:
        """Return where the ports of the container lie above and below their columns."""
        found: dict[int, Point] = {}
        for number, (column, laid) in enumerate(zip(self._columns, self._laid, strict=True)):
            left = self._lefts[number]
            for (source, _), entry in column.entries.items():
                if source >= len(self._contents.items) and source not in found:
                    found[source] = (left + laid.entries[entry], 0.0)
            for (target, _), exit_ in column.exits.items():
                if target >= len(self._contents.items):
                    found[target] = (left + laid.exits[exit_], self._sizes[number][1])
        return found

    def _curve(self, wire: Wire, route: Route, ports: dict[int, Point]) -> Chain:
        pieces = [self._piece(route.last, route.final)]
        key = (wire.source, wire.leaves_at)
        if route.home != route.last:
            into = pieces[0][0]
            top = -_CLEAR - self._lane("top", route.last, key)
            self._bounds[1] = min(self._bounds[1], top)
            if route.first is None:
                start = ports[wire.source]
                corners: tuple[Point, ...] = ((start[0], top), (into[0], top), into)
            else:
                pieces.insert(0, self._piece(route.home, route.first))
                start = pieces[0][-1]
                bottom = self._bottom(route, key)
                gutter = self._lefts[route.last] - GUTTER / 2
                gutter -= self._lane("gutter", route.last, key)
                corners = (
                    (start[0], bottom), (gutter, bottom), (gutter, top), (into[0], top), into,
                )  # fmt: skip
            pieces.insert(-1, rounded((start, *corners)))
        if wire.target >= len(self._contents.items):
            # The column may end above the border that the wire crosses.
            (x, y), lowest = pieces[-1][-1], self._bounds[3]
            if y < lowest:
                pieces.append(straight((x, y), (x, lowest)))
        return tuple(_turned(point, self._along) for point in chained(pieces))

    def _piece(self, column: int, wire: int) -> Chain:
        curve = tuple(_turned(point, self._along) for point in self._laid[column].curves[wire])
        return moved(curve, self._lefts[column], 0.0)

    def _bottom(self, route: Route, key: SourceKey) -> float:
        """Return the height at which a wire passes beneath the columns that lie on its way."""
        passed = self._sizes[min(route.home, route.last) : max(route.home + 1, route.last)]
        lowest = max(height for _, height in passed)
        bottom = lowest + _CLEAR + self._lane("bottom", route.home, key)
        self._bounds[3] = max(self._bounds[3], bottom)
        return bottom

    def _lane(self, where: str, column: int, key: SourceKey) -> float:
        """Return how far a wire is moved, so that those of different items lie side by side."""
        lanes = self._lanes.setdefault((where, column), {})
        return lanes.setdefault(key, len(lanes)) * _LANE


def _turned(pair: Point, along: int) -> Point:
    """Return a point or a size with its axes exchanged where wires run to the right."""
    return pair if along == 0 else (pair[1], pair[0])


def worst(plans: Iterable[Plan], reasons: Iterable[PlanReason]) -> tuple[Plan, PlanReason]:
    """Return the plan and the reason of a picture of several containers."""
    return max(plans, key=PLANS.index), max(reasons, key=REASONS.index)
