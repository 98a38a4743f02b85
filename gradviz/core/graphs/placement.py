"""Where the nodes of a graph lie: lengths in pixels, y grows downwards."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

import msgspec

from gradviz.core.language.saying import marked, tr

#: The way of the edges: down, to the right, up, to the left.
Direction = Literal["TB", "LR", "BT", "RL"]
#: Of each direction the one that runs across it, and the opposite one.
TURNED: Final[Mapping[Direction, Direction]] = MappingProxyType(
    {"TB": "LR", "LR": "TB", "BT": "RL", "RL": "BT"}
)
OPPOSITE: Final[Mapping[Direction, Direction]] = MappingProxyType(
    {"TB": "BT", "BT": "TB", "LR": "RL", "RL": "LR"}
)
Plan = Literal["dot", "split leaves", "rows"]
#: Why a plan was taken that is not the best one: for the graph itself, because a better plan was
#: not done in time, or because Graphviz failed; empty for the best one.
PlanReason = Literal["", "graph", "time", "failure"]
Point = tuple[float, float]
Size = tuple[float, float]


Rank = Literal["", "first", "last"]


class Box(msgspec.Struct, frozen=True, gc=False):
    """A node to place, with the size that its text needs; `leaf` if it may be drawn per use.

    `rank` is "first" for a box that all others come after, and "last" for one after all others.
    """

    id: str
    width: float
    height: float
    leaf: bool = False
    rank: Rank = ""


class FrameBox(msgspec.Struct, frozen=True):
    """A frame to place around boxes: the frame around it, "" for none, and its least width."""

    id: str
    around: str = ""
    width: float = 0.0


class Link(msgspec.Struct, frozen=True, gc=False):
    """An edge to route from `source` to `target`."""

    id: str
    source: str
    target: str


class Placement(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Where everything is, in a picture that spans from (0, 0) to (width, height).

    Attributes:
        request: The number of the request that this answers.
        plan: The plan that led to it.
        reason: Why it was not the best plan. Of the same graph every placement has the same plan,
            unless the reason is "time" or "failure".
        centers: The centre of each box by its id. Where a plan draws a leaf once per use, the
            further copies ("ghosts") are in `ghosts`, which maps the id of the link to a centre.
        curves: For each link id the control points of cubic Bezier segments from source to
            target: one start point, then three points for each segment.
        sizes: The width and height of each box by its id, as they were asked for.
        frames: Left, top, width and height of each open group by the id of its frame, the
            outermost first.
        direction: The way in which the links lead.
    """

    request: int = 0
    plan: Plan
    reason: PlanReason = ""
    width: float
    height: float
    centers: dict[str, Point]
    curves: dict[str, tuple[Point, ...]]
    sizes: dict[str, tuple[float, float]]
    ghosts: dict[str, Point] = {}
    frames: dict[str, tuple[float, float, float, float]] = {}
    direction: Direction = "TB"


_WAYS: Final[dict[Plan, str]] = {
    "dot": marked("laid out by Graphviz's dot"),
    "split leaves": marked(
        "laid out by Graphviz's dot, with a shared leaf drawn once for each use"
    ),
    "rows": marked("laid out in rows with straight edges"),
}
_REASONS: Final[dict[PlanReason, str]] = {
    "graph": marked("{way}, as the graph is too large for a better plan or its edges are too long"),
    "time": marked(
        "{way}, as a better plan was not done in time; on a machine with less to do it may be"
    ),
    "failure": marked("{way}, as Graphviz failed at a better plan"),
}


def layout_text(placement: Placement) -> str:
    """Return by which plan the graph was laid out, and why not by a better one."""
    way = tr(_WAYS[placement.plan])
    return tr(_REASONS[placement.reason], way=way) if placement.reason else way
