"""What the layout process is asked, and what it answers; lengths in pixels, y grows downwards."""

from typing import Literal

import msgspec

Direction = Literal["TB", "LR"]
Plan = Literal["dot", "split leaves", "rows"]


class Box(msgspec.Struct, frozen=True):
    """A node to place, with the size that its text needs; `leaf` if it may be drawn per use."""

    id: str
    width: float
    height: float
    leaf: bool = False


class Link(msgspec.Struct, frozen=True):
    """An edge to route from `source` to `target`."""

    id: str
    source: str
    target: str


class LayoutRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Place these boxes; the answer carries the same `request` number."""

    request: int
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    direction: Direction = "TB"
    plan: Plan = "dot"


class Placement(msgspec.Struct, frozen=True, kw_only=True):
    """Where everything is, in a picture that spans from (0, 0) to (width, height).

    Attributes:
        centers: The centre of each box by its id. Where a plan draws a leaf once per use, the
            further copies ("ghosts") are in `ghosts`, which maps the id of the link to a centre.
        curves: For each link id the control points of cubic Bezier segments from source to
            target: one start point, then three points for each segment.
    """

    request: int
    plan: Plan
    width: float
    height: float
    centers: dict[str, tuple[float, float]]
    curves: dict[str, tuple[tuple[float, float], ...]]
    ghosts: dict[str, tuple[float, float]] = {}
