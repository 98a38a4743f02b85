"""Requests to the layout process and its answers; lengths in pixels, y grows downwards."""

import msgspec

from gradviz.core.graphs.placement import Box, Direction, Link, Placement, Plan


class LayoutRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Place these boxes; the answer carries the same `request` number.

    The process ends itself after `limit_s` seconds, so that it cannot outlive its parent.
    """

    request: int
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    direction: Direction = "TB"
    plan: Plan = "dot"
    limit_s: float = 30.0


class LayoutFailed(msgspec.Struct, frozen=True, tag=True):
    """The reason why the plan led to no placement."""

    request: int
    message: str


LayoutAnswer = Placement | LayoutFailed
