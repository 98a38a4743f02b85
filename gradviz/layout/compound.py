"""Boxes in frames: each frame is laid out by itself, inner ones first, equal ones once."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence

from gradviz.core.errors import LayoutError
from gradviz.core.graphs.outline import Outline
from gradviz.core.graphs.placement import (
    Box,
    Direction,
    FrameBox,
    Link,
    Placement,
    Point,
)
from gradviz.core.language.saying import tr
from gradviz.layout.columns import worst
from gradviz.layout.container import Contents, Item, Laid, PlaceBoxes, Wire
from gradviz.layout.framing import laid_out
from gradviz.layout.geometry import MARGIN
from gradviz.layout.mirroring import mirrored
from gradviz.layout.nesting import WHOLE, Container, End, Nesting, nesting_of

#: So many containers are remembered.
_MOST_KEPT = 4_096


def frame_boxes(outline: Outline, widths: Mapping[str, float] | None = None) -> list[FrameBox]:
    """Return the frames of an outline, with the width that the title of each needs."""
    known = widths or {}
    return [FrameBox(each.id, each.around, known.get(each.id, 0.0)) for each in outline.frames]


class CompoundLayout:
    """Places boxes in frames, and keeps the layouts of containers for the next picture.

    A placement that was made in haste or after a failure is not kept.
    """

    def __init__(self, place: PlaceBoxes, cancel: Callable[[], object] = lambda: None) -> None:
        """Take what places boxes without frames and gives up doing so, as `LayoutClient` does."""
        self._place, self._cancel = place, cancel
        self._kept: dict[Contents, Laid] = {}
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Make a `place` that is running raise LayoutError."""
        self._cancelled.set()
        self._cancel()

    def place(
        self,
        boxes: Sequence[Box],
        links: Sequence[Link],
        frames: Iterable[FrameBox] = (),
        frame_of: Mapping[str, str] | None = None,
        direction: Direction = "TB",
        deadline_s: float = 5.0,
    ) -> Placement:
        """Return where everything lies; each container has the deadline for itself.

        Args:
            boxes: All boxes, in whatever frame.
            links: Links between boxes in the same frame or in different ones.
            frames: The frames, each after the one around it.
            frame_of: The innermost frame of each box that is in one.
            direction: The way of the links.
            deadline_s: Seconds for each container.

        Raises:
            LayoutError: it was cancelled, or a link leads to no box.
        """
        self._cancelled.clear()
        _check(boxes, links)
        nesting = nesting_of(boxes, links, frames, frame_of or {})
        by_id = {box.id: box for box in boxes}
        laid: dict[str, Laid] = {}
        for container in reversed(nesting.containers.values()):
            laid[container.id] = self._laid(
                _contents(container, by_id, laid, direction, nesting), deadline_s
            )
        return mirrored(_joined(nesting, laid, by_id), direction)

    def _laid(self, contents: Contents, deadline_s: float) -> Laid:
        if self._cancelled.is_set():
            raise LayoutError(tr("The layout was cancelled."))
        known = self._kept.get(contents)
        if known is not None:
            return known
        laid = laid_out(
            contents, self._place, deadline_s, lambda column: self._laid(column, deadline_s)
        )
        if laid.reason in ("", "graph"):
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[contents] = laid
        return laid


def _check(boxes: Iterable[Box], links: Iterable[Link]) -> None:
    known = {box.id for box in boxes}
    for link in links:
        if link.source not in known or link.target not in known:
            message = tr("The link {link} leads to a node that does not exist.", link=link.id)
            raise LayoutError(message)


def _contents(
    container: Container,
    boxes: Mapping[str, Box],
    laid: Mapping[str, Laid],
    direction: Direction,
    nesting: Nesting,
) -> Contents:
    """Return all that the layout of a container follows from; those within are laid out."""
    items = tuple(
        _item(container.ghosts.get(number, key), boxes, laid, is_ghost=number in container.ghosts)
        for number, key in enumerate(container.items)
    )
    count = len(items)

    def line_end(end: End, ports: Mapping[str, int], first: int) -> int:
        return end.item if end.item is not None else first + ports[end.port]

    def port_at(end: End, *, out: bool) -> float | None:
        if end.item is None or not end.port:
            return None
        frame = container.items[end.item]
        inner = nesting.containers[frame]
        if out:
            return laid[frame].exits[inner.exits[end.port]]
        return laid[frame].entries[inner.entries[end.port]]

    lines = tuple(
        Wire(
            line_end(piece.source, container.entries, count),
            line_end(piece.target, container.exits, count + len(container.entries)),
            port_at(piece.source, out=True),
            port_at(piece.target, out=False),
        )
        for piece in container.pieces
    )
    return Contents(
        items,
        lines,
        len(container.entries),
        len(container.exits),
        container.width,
        direction,
        "whole" if container.id == WHOLE else "frame",
    )


def _item(key: str, boxes: Mapping[str, Box], laid: Mapping[str, Laid], *, is_ghost: bool) -> Item:
    if key in boxes:
        box = boxes[key]
        return Item(box.width, box.height, box.leaf and not is_ghost)
    return Item(*laid[key].size)


def _joined(nesting: Nesting, laid: Mapping[str, Laid], boxes: Mapping[str, Box]) -> Placement:
    """Return the whole picture of containers that are laid out."""
    corner: dict[str, Point] = {WHOLE: (MARGIN, MARGIN)}
    centers: dict[str, Point] = {}
    ghosts: dict[str, Point] = {}
    frames: dict[str, tuple[float, float, float, float]] = {}
    for key, container in nesting.containers.items():
        left, top = corner[key]
        for number, (item, (x, y)) in enumerate(
            zip(container.items, laid[key].centers, strict=True)
        ):
            at = (left + x, top + y)
            if number in container.ghosts:
                ghosts[item] = at
            elif item in boxes:
                centers[item] = at
            else:
                width, height = laid[item].size
                corner[item] = at[0] - width / 2, at[1] - height / 2
                frames[item] = (*corner[item], width, height)
    curves: dict[str, tuple[Point, ...]] = {}
    for link, parts in nesting.routes.items():
        curves[link] = _chain(
            [(corner[part.container], laid[part.container].curves[part.piece]) for part in parts]
        )
        copy = laid[parts[0].container].ghosts.get(parts[0].piece)
        if copy is not None:
            left, top = corner[parts[0].container]
            ghosts[link] = copy[0] + left, copy[1] + top
    width, height = laid[WHOLE].size
    plan, reason = worst(
        (each.plan for each in laid.values()), (each.reason for each in laid.values())
    )
    return Placement(
        plan=plan,
        reason=reason,
        width=width + 2 * MARGIN,
        height=height + 2 * MARGIN,
        centers=centers,
        curves=curves,
        sizes={box.id: (box.width, box.height) for box in boxes.values()},
        ghosts=ghosts,
        frames={key: frames[key] for key in nesting.containers if key in frames},
    )


def _chain(pieces: Sequence[tuple[Point, tuple[Point, ...]]]) -> tuple[Point, ...]:
    """Return curves that follow one another, each moved by the corner of its container, as one."""
    points: list[Point] = []
    for (left, top), curve in pieces:
        points.extend((left + x, top + y) for x, y in (curve[1:] if points else curve))
    return tuple(points)
