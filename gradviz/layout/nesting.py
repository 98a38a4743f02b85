"""Boxes in frames as containers: each has its own items, and the pieces of links within it.

A link between two containers is cut at each border that it crosses. All links of one box cross a
border at one port, so that what a group gets and gives is seen as that many lines.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gradviz.core.graphs.placement import Box, FrameBox, Link

#: The id of the container of the whole picture.
WHOLE = ""


class End(NamedTuple):
    """Where a piece begins or ends: an item, or the border of its own container if it is None.

    `port` is the id of the box whose links cross the border there; empty for a plain box.
    """

    item: int | None
    port: str = ""


class Piece(NamedTuple):
    """The part of a link, or of several links of one box, in one container."""

    source: End
    target: End


class Leg(NamedTuple):
    """A piece by its container and its place there."""

    container: str
    piece: int


@dataclass
class Container:
    """A frame, or the whole picture.

    Attributes:
        items: The ids of the boxes and frames right within it; a ghost has the id of its link.
        ghosts: For the places of ghosts among the items the leaf of each.
        place: The places of the items by their id.
        pieces: The pieces of links.
        entries, exits: The ports where links come in and leave, by the id of their source.
        width: Its least width.
    """

    id: str
    around: str
    width: float = 0.0
    items: list[str] = field(default_factory=list)
    ghosts: dict[int, str] = field(default_factory=dict)
    place: dict[str, int] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    entries: dict[str, int] = field(default_factory=dict)
    exits: dict[str, int] = field(default_factory=dict)
    _shared: dict[Piece, int] = field(default_factory=dict)

    def add(self, item: str) -> None:
        """Take in a box or a frame."""
        self.place[item] = len(self.items)
        self.items.append(item)

    def add_ghost(self, link: str, leaf: str) -> End:
        """Take in a copy of a leaf for one link."""
        self.ghosts[len(self.items)] = leaf
        self.items.append(link)
        return End(len(self.items) - 1)

    def join(self, source: End, target: End) -> Leg:
        """Add a piece; one that crosses a border is there once for all links of its source."""
        piece = Piece(source, target)
        if not source.port and not target.port:
            self.pieces.append(piece)
            return Leg(self.id, len(self.pieces) - 1)
        if piece not in self._shared:
            self._shared[piece] = len(self.pieces)
            self.pieces.append(piece)
        return Leg(self.id, self._shared[piece])


class Nesting(NamedTuple):
    """All containers, each after the one around it, and for each link its parts in order."""

    containers: dict[str, Container]
    routes: dict[str, tuple[Leg, ...]]


def nesting_of(
    boxes: Sequence[Box],
    links: Sequence[Link],
    frames: Iterable[FrameBox],
    frame_of: Mapping[str, str],
) -> Nesting:
    """Return the containers of boxes in frames; a box that `frame_of` does not know is in none.

    Further uses of a shared leaf in other containers get ghosts there.
    """
    containers = {WHOLE: Container(WHOLE, WHOLE)}
    above: dict[str, tuple[str, ...]] = {WHOLE: ()}
    for frame in frames:
        containers[frame.id] = Container(frame.id, frame.around, frame.width)
        containers[frame.around].add(frame.id)
        above[frame.id] = (*above[frame.around], frame.id)
    home = {box.id: frame_of.get(box.id, WHOLE) for box in boxes}
    for box in boxes:
        containers[home[box.id]].add(box.id)
    apart = _used_apart(boxes, links, home)
    routes: dict[str, tuple[Leg, ...]] = {}
    for link in links:
        there = containers[home[link.target]]
        if link.id in apart:
            copy = there.add_ghost(link.id, link.source)
            routes[link.id] = (there.join(copy, End(there.place[link.target])),)
        elif home[link.source] == there.id:
            source = End(there.place[link.source])
            routes[link.id] = (there.join(source, End(there.place[link.target])),)
        else:
            routes[link.id] = _route(link, home, above, containers)
    return Nesting(containers, routes)


def _used_apart(
    boxes: Iterable[Box], links: Iterable[Link], home: Mapping[str, str]
) -> frozenset[str]:
    """Return the links of shared leaves into other containers, but for a leaf's only way out."""
    leaves = {box.id for box in boxes if box.leaf}
    of_leaves = [link for link in links if link.source in leaves]
    uses = Counter(link.source for link in of_leaves)
    joined = {link.source for link in of_leaves if home[link.source] == home[link.target]}
    found: set[str] = set()
    for link in of_leaves:
        if uses[link.source] > 1 and home[link.source] != home[link.target]:
            if link.source in joined:
                found.add(link.id)
            joined.add(link.source)
    return frozenset(found)


def _route(
    link: Link,
    home: Mapping[str, str],
    above: Mapping[str, tuple[str, ...]],
    containers: Mapping[str, Container],
) -> tuple[Leg, ...]:
    """Return the pieces of a link from one container into another."""
    port = link.source
    leaving, entering = above[home[link.source]], above[home[link.target]]
    same = 0
    while same < min(len(leaving), len(entering)) and leaving[same] == entering[same]:
        same += 1
    common = containers[leaving[same - 1] if same else WHOLE]
    parts: list[Leg] = []
    item, crossed = link.source, ""
    for frame in reversed(leaving[same:]):
        here = containers[frame]
        here.exits.setdefault(port, len(here.exits))
        parts.append(here.join(End(here.place[item], crossed), End(None, port)))
        item, crossed = frame, port
    source = End(common.place[item], crossed)
    steps = (*entering[same:], link.target)
    into = port if len(steps) > 1 else ""
    parts.append(common.join(source, End(common.place[steps[0]], into)))
    for place, frame in enumerate(entering[same:]):
        here, following = containers[frame], steps[place + 1]
        here.entries.setdefault(port, len(here.entries))
        into = port if place + 2 < len(steps) else ""
        parts.append(here.join(End(None, port), End(here.place[following], into)))
    return tuple(parts)
