"""A container divided into columns: the items and wires of each, and the way of every wire."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gradviz.layout.container import Contents, Wire


class _End(NamedTuple):
    """The end of a wire in a column: an item there, an entry or an exit."""

    item: int = -1
    entry: int = -1
    exit: int = -1


#: A source of wires that cross the border of a column: its number, and its own port.
SourceKey = tuple[int, float | None]


@dataclass
class ColumnStrip:
    """The items of a container that are in one column, and the wires within it."""

    items: list[int] = field(default_factory=list)
    place: dict[int, int] = field(default_factory=dict)
    ghosts: dict[int, int] = field(default_factory=dict)
    wires: list[tuple[_End, _End, float | None, float | None]] = field(default_factory=list)
    entries: dict[SourceKey, int] = field(default_factory=dict)
    exits: dict[SourceKey, int] = field(default_factory=dict)
    leaving: dict[SourceKey, int] = field(default_factory=dict)

    def add(self, item: int) -> None:
        """Take in an item."""
        self.place[item] = len(self.items)
        self.items.append(item)

    def wire(self, source: _End, target: _End, wire: Wire) -> int:
        """Take in a wire or its piece; returns its place."""
        leaves = wire.leaves_at if source.item >= 0 else None
        enters = wire.enters_at if target.item >= 0 else None
        self.wires.append((source, target, leaves, enters))
        return len(self.wires) - 1

    def contents(self, whole: Contents) -> Contents:
        """Return the column as a container of its own."""
        count, entries = len(self.items), len(self.entries)

        def number(end: _End) -> int:
            if end.item >= 0:
                return end.item
            return count + end.entry if end.entry >= 0 else count + entries + end.exit

        ghosts = set(self.ghosts.values())
        return Contents(
            items=tuple(
                whole.items[item]._replace(leaf=whole.items[item].leaf and place not in ghosts)
                for place, item in enumerate(self.items)
            ),
            wires=tuple(
                Wire(number(source), number(target), leaves, enters)
                for source, target, leaves, enters in self.wires
            ),
            entries=entries,
            exits=len(self.exits),
            width=0.0,
            direction=whole.direction,
            kind="column",
        )


class Route(NamedTuple):
    """A wire as a piece in the column where it begins and one in that where it ends.

    One in a single column has both the same; `first` is None if it comes from the border.
    """

    home: int
    last: int
    first: int | None
    final: int


def divided(
    contents: Contents, column_of: Sequence[int], number: int
) -> tuple[list[ColumnStrip], list[Route]]:
    """Return the columns with their wires, and for each wire of the container its pieces."""
    columns = [ColumnStrip() for _ in range(number)]
    for item, column in enumerate(column_of):
        columns[column].add(item)
    count = len(contents.items)
    homes = _homes_of_ports(contents, column_of)
    routes: list[Route] = []
    for place, wire in enumerate(contents.wires):
        key = (wire.source, wire.leaves_at)
        home = column_of[wire.source] if wire.source < count else homes.get(wire.source, 0)
        last = column_of[wire.target] if wire.target < count else home
        here, there = columns[home], columns[last]
        if wire.target >= count:
            end = _End(exit=here.exits.setdefault((wire.target, None), len(here.exits)))
        else:
            end = _End(item=there.place[wire.target])
        if wire.source >= count:
            start = _End(entry=there.entries.setdefault(key, len(there.entries)))
            first = None if home != last else there.wire(start, end, wire)
            final = there.wire(start, end, wire) if first is None else first
        elif home == last:
            first = final = here.wire(_End(item=here.place[wire.source]), end, wire)
        elif contents.items[wire.source].leaf:
            # A copy of the leaf, as where a leaf is drawn once for each use.
            there.ghosts[place] = len(there.items)
            there.items.append(wire.source)
            final = there.wire(_End(item=len(there.items) - 1), end, wire)
            home, first = last, final
        else:
            first = _leaving(here, key, wire)
            start = _End(entry=there.entries.setdefault(key, len(there.entries)))
            final = there.wire(start, end, wire)
        routes.append(Route(home, last, first, final))
    return columns, routes


def _leaving(column: ColumnStrip, key: SourceKey, wire: Wire) -> int:
    """Return the piece from an item to the lower end of its column, one for all its wires."""
    if key not in column.leaving:
        exit_ = column.exits.setdefault(key, len(column.exits))
        start = _End(item=column.place[wire.source])
        column.leaving[key] = column.wire(start, _End(exit=exit_), wire)
    return column.leaving[key]


def _homes_of_ports(contents: Contents, column_of: Sequence[int]) -> dict[int, int]:
    """Return for each entry the first column that it leads to."""
    homes: dict[int, int] = {}
    for wire in contents.wires:
        if wire.source >= len(column_of) and wire.target < len(column_of):
            column = column_of[wire.target]
            homes[wire.source] = min(homes.get(wire.source, column), column)
    return homes
