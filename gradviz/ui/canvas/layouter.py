"""Layouts off the window's thread: the newest graph is placed, older requests are dropped."""

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gradviz.core.errors import GradvizError, LayoutError
from gradviz.core.graphs.placement import Box, Direction, FrameBox, Link, Placement
from gradviz.core.language.saying import tr
from gradviz.layout.client import LayoutClient
from gradviz.layout.mirroring import place_towards
from gradviz.render.shapes import shapes_of
from gradviz.ui.state.window_state import Notice

if TYPE_CHECKING:
    from gradviz.layout.compound import CompoundLayout

#: The last resort: plans are chosen to take far less on an idle machine, and can be cancelled.
DEADLINE_S = 10.0
#: An outdated layout may run on for so long, because its process takes longer to start again.
_OUTDATED_MS = 250
#: The thread is not waited for longer when the window closes.
_CLOSING_S = 5.0


@dataclass(frozen=True)
class Job:
    """Boxes and links to place; the answer carries the job's number.

    `frames` are those of open groups, and `frame_of` has the innermost one of each box; None for
    a graph without groups, which is laid out as a whole.
    """

    number: int
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    direction: Direction
    frames: tuple[FrameBox, ...] | None = None
    frame_of: Mapping[str, str] = field(default_factory=dict)


class Layouter(QObject):
    """Owns the layout process and the thread that waits for it."""

    placed = Signal(int, object)
    failed = Signal(int, object)
    #: The process has ended by itself: a Notice, which is withdrawn by the next layout of another.
    noticed = Signal(object)
    withdrawn = Signal(object)
    _arrived = Signal()
    _died = Signal(object, bool)

    def __init__(self, parent: QObject | None = None, client: LayoutClient | None = None) -> None:
        """Own `client`, whose process may have been started; without one, make another."""
        super().__init__(parent)
        self._told: Notice | None = None
        self._client = client or LayoutClient()
        #: Made for the first graph with groups, in the thread that waits.
        self._compound: CompoundLayout | None = None
        self._client.on_death = self._died.emit
        self._died.connect(self._on_died, Qt.ConnectionType.QueuedConnection)
        self._next: Job | None = None
        self._number = 0
        self._closing = False
        self._warm = False
        self._changed = threading.Condition()
        self._outdated = QTimer(self, singleShot=True, interval=_OUTDATED_MS)
        self._outdated.timeout.connect(self._give_up_outdated)
        self._answers: deque[tuple[int, Placement | GradvizError]] = deque()
        #: Not a queued signal: Qt hands over all of these before it looks at timers and keys.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._on_turn)
        self._arrived.connect(self._turn.start, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="layout", daemon=True)
        self._thread.start()

    def warm_up(self) -> None:
        """Start the process, which takes longer to start than most graphs to be laid out."""
        with self._changed:
            self._warm = True
            self._changed.notify()

    @property
    def warm(self) -> bool:
        """Tell whether the process was to be started."""
        return self._warm

    def place(
        self,
        boxes: tuple[Box, ...],
        links: tuple[Link, ...],
        direction: Direction,
        frames: tuple[FrameBox, ...] | None = None,
        frame_of: Mapping[str, str] = MappingProxyType({}),
    ) -> int:
        """Ask for a placement; returns the number that `placed` or `failed` will carry."""
        with self._changed:
            self._number += 1
            self._next = Job(self._number, boxes, links, direction, frames, frame_of)
            self._changed.notify()
        if not self._outdated.isActive():
            self._outdated.start()
        return self._number

    def cancel(self) -> None:
        """Give up the layout that is running and the one that waits; `failed` follows."""
        with self._changed:
            waiting, self._next = self._next, None
            self._end_running()
        if waiting is not None:
            self._put(waiting.number, LayoutError(tr("The layout was cancelled.")))

    def close(self) -> None:
        """End the thread and the process."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._compound is not None:
            self._compound.cancel()
        self._client.close()
        self._thread.join(_CLOSING_S)

    def _work(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closing or self._warm or self._next is not None)
        if not self._closing:
            self._client.start()
        while (job := self._wait()) is not None:
            try:
                answer: Placement | GradvizError = self._placement(job)
            except GradvizError as error:
                answer = error
            if isinstance(answer, Placement):
                # Painting finds them made: those of 10,000 nodes take 30 ms.
                shapes_of(answer)
            if not self._closing:
                self._put(job.number, answer)

    def _put(self, number: int, answer: Placement | GradvizError) -> None:
        """Queue an answer for the window's thread."""
        self._answers.append((number, answer))
        self._arrived.emit()

    def _give_up_outdated(self) -> None:
        """End the layout that runs if a newer one waits for it."""
        with self._changed:
            if self._next is not None:
                self._end_running()

    def _end_running(self) -> None:
        if self._compound is not None:
            self._compound.cancel()
        self._client.cancel()

    def _placement(self, job: Job) -> Placement:
        if job.frames is None:
            return place_towards(
                self._client.place, job.boxes, job.links, job.direction, DEADLINE_S
            )
        if self._compound is None:
            from gradviz.layout.compound import CompoundLayout

            self._compound = CompoundLayout(self._client.place)
        return self._compound.place(
            job.boxes, job.links, job.frames, job.frame_of, job.direction, DEADLINE_S
        )

    def _wait(self) -> Job | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closing or self._next is not None)
            job, self._next = self._next, None
            return None if self._closing else job

    def _on_died(self, code: int, restarted: bool) -> None:
        self._take_back()
        told = (
            tr("The layout process was ended by signal {signal}.", signal=-code)
            if code < 0
            else tr("The layout process ended with exit code {code}.", code=code)
        )
        hint = (
            tr("It was started again.")
            if restarted
            else tr("It is started again with the next graph.")
        )
        self._told = Notice("layout", told, hint, serious=False)
        self.noticed.emit(self._told)

    def _take_back(self) -> None:
        if self._told is not None:
            told, self._told = self._told, None
            self.withdrawn.emit(told)

    def _on_turn(self) -> None:
        """Hand on one answer; the window paints and hears keys before the next one."""
        if self._answers:
            number, answer = self._answers.popleft()
            if self._answers:
                self._turn.start()
            self._on_answered(number, answer)

    def _on_answered(self, number: int, answer: Placement | GradvizError) -> None:
        if isinstance(answer, Placement):
            if answer.reason != "failure":
                self._take_back()
            self.placed.emit(number, answer)
        else:
            self.failed.emit(number, answer)
