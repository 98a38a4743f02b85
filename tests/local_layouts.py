"""Layouts in this process that a test can count, hold back and make fail."""

import threading
from collections.abc import Iterable

import msgspec

from gradviz.core.errors import GradvizError, LayoutError
from gradviz.core.graphs.placement import Box, Direction, Link, Placement, PlanReason
from gradviz.layout.messages import LayoutRequest
from gradviz.layout.plans import place


class LocalLayouts:
    """Stands in for the client of the layout process; the same Graphviz works behind it."""

    def __init__(self) -> None:
        self.asked: list[LayoutRequest] = []
        self.holding = False
        self.failure: GradvizError | None = None
        self.reason: PlanReason = ""
        self._changed = threading.Condition()
        self._working = False
        self._cancelled = False

    def start(self) -> None:
        """Do nothing: there is no process."""

    def place(
        self,
        boxes: Iterable[Box],
        links: Iterable[Link],
        direction: Direction = "TB",
        deadline_s: float = 5.0,
    ) -> Placement:
        """Answer as the client does, once nothing holds it back."""
        request = LayoutRequest(
            request=len(self.asked) + 1, boxes=tuple(boxes), links=tuple(links), direction=direction
        )
        with self._changed:
            self.asked.append(request)
            self._working, self._cancelled = True, False
            self._changed.wait_for(lambda: not self.holding or self._cancelled, deadline_s)
            self._working = False
        if self._cancelled:
            raise LayoutError("The layout was cancelled.")
        if self.failure is not None:
            raise self.failure
        return msgspec.structs.replace(place(request), reason=self.reason)

    def release(self) -> None:
        """Let everything through again."""
        with self._changed:
            self.holding = False
            self._changed.notify_all()

    def cancel(self) -> None:
        """Make the layout that is held back raise LayoutError."""
        with self._changed:
            self._cancelled = self._working
            self._changed.notify_all()

    def close(self) -> None:
        """Let whoever waits go."""
        self.cancel()
        self.release()
