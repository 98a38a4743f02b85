"""Where the nodes of a graph lie: lengths in pixels, y grows downwards."""

from typing import Literal

import msgspec

Direction = Literal["TB", "LR"]
Plan = Literal["dot", "split leaves", "rows"]
Point = tuple[float, float]


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


class Placement(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Where everything is, in a picture that spans from (0, 0) to (width, height).

    Attributes:
        request: The number of the request that this answers.
        plan: The plan that led to it.
        centers: The centre of each box by its id. Where a plan draws a leaf once per use, the
            further copies ("ghosts") are in `ghosts`, which maps the id of the link to a centre.
        curves: For each link id the control points of cubic Bezier segments from source to
            target: one start point, then three points for each segment.
        sizes: The width and height of each box by its id, as they were asked for.
    """

    request: int = 0
    plan: Plan
    width: float
    height: float
    centers: dict[str, Point]
    curves: dict[str, tuple[Point, ...]]
    sizes: dict[str, tuple[float, float]]
    ghosts: dict[str, Point] = {}
