"""The border of a container: its margins, its title, and the ports on it."""

from typing import Final

from gradviz.core.graphs.placement import Point
from gradviz.layout.columns import in_columns
from gradviz.layout.container import (
    Chain,
    Contents,
    DrawnContainer,
    Laid,
    LayOut,
    PlaceBoxes,
    Wire,
    attached,
    drawn,
)
from gradviz.layout.geometry import Size
from gradviz.layout.wrapping import in_short_rows

#: Pixels at the top of a frame for its title, and between its border and what it has.
TITLE: Final = 26.0
PAD: Final = 12.0
#: The ports keep this distance from the corners of their frame.
_CORNER: Final = 8.0


def laid_out(contents: Contents, place: PlaceBoxes, deadline_s: float, again: LayOut) -> Laid:
    """Return the layout of one container; raises LayoutError when `place` does.

    Args:
        contents: The container.
        place: Places boxes and links.
        deadline_s: Seconds that it may take.
        again: Lays out columns that the container is cut into.
    """
    whole = drawn(contents, place, deadline_s)
    whole = in_short_rows(contents, whole) or whole
    return _framed(contents, in_columns(contents, whole, again) or whole)


def _framed(contents: Contents, found: DrawnContainer) -> Laid:
    """Return what is drawn with its border around it, and its wires joined to ports on that."""
    left, top, right, bottom = found.extent
    before, after, above, below = _margins(contents)
    slack = max(0.0, contents.width - (right - left) - before - after) / 2
    dx, dy = before + slack - left, above - top
    size = (right + dx + after + slack, bottom + dy + below)
    along = contents.along
    ports = [
        min(max(_moved(port, dx, dy)[along], _CORNER), max(size[along] - _CORNER, _CORNER))
        for port in found.ports
    ]
    curves = (tuple(_moved(point, dx, dy) for point in curve) for curve in found.curves)
    return Laid(
        size=size,
        centers=tuple(_moved(center, dx, dy) for center in found.centers),
        curves=tuple(
            _to_border(contents, size, ports, wire, curve)
            for wire, curve in zip(contents.wires, curves, strict=True)
        ),
        ghosts={wire: _moved(at, dx, dy) for wire, at in found.ghosts.items()},
        entries=tuple(ports[: contents.entries]),
        exits=tuple(ports[contents.entries :]),
        plan=found.plan,
        reason=found.reason,
    )


def _margins(contents: Contents) -> tuple[float, float, float, float]:
    """Return the room at the left, the right, the top and the bottom."""
    if contents.kind == "whole":
        return 0.0, 0.0, 0.0, 0.0
    if contents.kind == "column":
        return (0.0, 0.0, PAD, PAD) if contents.along == 0 else (PAD, PAD, 0.0, 0.0)
    into, out_of = (PAD if count else 0.0 for count in (contents.entries, contents.exits))
    if contents.direction == "BT":
        # The picture is turned upside down, and the title is at its top then.
        return PAD, PAD, PAD + into, TITLE + PAD / 2
    if contents.along == 0:
        return PAD, PAD, TITLE + PAD / 2, PAD + out_of
    return PAD + into, PAD + out_of, TITLE + PAD / 2, PAD


def _to_border(
    contents: Contents, size: Size, ports: list[float], wire: Wire, curve: Chain
) -> Chain:
    """Return a curve that begins and ends on the border where its wire crosses it."""
    count, along = len(contents.items), contents.along

    def on_side(number: int, beyond: float) -> Point | None:
        if number < count:
            return None
        at = ports[number - count]
        return (at, beyond) if along == 0 else (beyond, at)

    return attached(curve, on_side(wire.source, 0.0), on_side(wire.target, size[1 - along]), along)


def _moved(point: Point, dx: float, dy: float) -> Point:
    return point[0] + dx, point[1] + dy
