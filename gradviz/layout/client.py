"""The window's side of layout: one warm process, a deadline, and simpler plans behind it."""

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from gradviz.core.errors import LayoutError, ProcessError
from gradviz.core.graphs.placement import Box, Direction, Link, Placement, Plan, PlanReason
from gradviz.core.language.saying import tr
from gradviz.layout.choice import promising_plans
from gradviz.layout.messages import (
    AnswerCrossing,
    LayoutAnswer,
    LayoutFailed,
    LayoutRequest,
    arrived,
)
from gradviz.layout.rows import place_in_rows
from gradviz.protocol.child import Child
from gradviz.protocol.codec import Codec
from gradviz.protocol.module_process import module_command, started

_COMMAND = module_command("gradviz.layout")
#: The part of the time left that a plan may take; the last one may take all of it.
_SHARE: dict[Plan, float] = {"dot": 0.6, "split leaves": 0.75, "rows": 1.0}
#: A process that nobody ended at its deadline ends itself this much later.
_GRACE_S = 0.5

_LayoutChild = Child[LayoutRequest, AnswerCrossing]


class _Ended(msgspec.Struct, frozen=True):
    """The process that was to answer has ended."""

    stderr: str


class LayoutClient:
    """Places graphs in a process of its own, which it starts, kills and starts again.

    One `place` runs at a time; `cancel` may be called from any other thread. Every client must
    be closed.

    Attributes:
        on_death: Called, from a thread of its own, when the process has ended by itself: with its
            exit code, and whether another one was started by then.
    """

    def __init__(self, command: Sequence[str] = _COMMAND) -> None:
        self.on_death: Callable[[int, bool], None] = lambda _code, _restarted: None
        self._command = tuple(command)
        self._placing = threading.Lock()
        self._changing = threading.Lock()
        self._child: _LayoutChild | None = None
        #: Whether the process has answered; one that cannot work is not started again and again.
        self._works = False
        self._answers: queue.SimpleQueue[LayoutAnswer | _Ended] = queue.SimpleQueue()
        self._request = 0
        self._running = False
        self._cancelled = False
        self._closed = False

    def start(self) -> None:
        """Start the process now, so that the first layout need not wait for it."""
        with contextlib.suppress(OSError), self._changing:
            self._started()

    @property
    def pid(self) -> int | None:
        """Return the id of the layout process, None while there is none."""
        child = self._child
        return child.pid if child is not None and child.alive else None

    def place(
        self,
        boxes: Iterable[Box],
        links: Iterable[Link],
        direction: Direction = "TB",
        deadline_s: float = 5.0,
    ) -> Placement:
        """Return a placement by the best plan that is done in time; it tells why it is no better.

        Raises:
            LayoutError: it was cancelled, the client is closed, or a link leads to no box.
        """
        ends_at = time.monotonic() + deadline_s
        asked = LayoutRequest(
            request=0, boxes=tuple(boxes), links=tuple(links), direction=direction
        )
        plans = promising_plans(asked.boxes, asked.links)
        reason: PlanReason = "" if plans[0] == "dot" else "graph"
        with self._placing, self._cancellable():
            for plan in plans:
                seconds = (ends_at - time.monotonic()) * _SHARE[plan]
                placed = self._attempt(asked, plan, seconds) if seconds > 0 else "time"
                if isinstance(placed, Placement):
                    return msgspec.structs.replace(placed, reason=reason)
                # A plan that was out of time makes the picture one of the moment, whatever follows.
                reason = "time" if reason == "time" else placed
            # Not even the process works: the last plan needs none.
            rows = place_in_rows(asked.boxes, asked.links, direction)
            return msgspec.structs.replace(rows, reason=reason)

    def cancel(self) -> None:
        """Make the `place` that is running raise LayoutError; nothing happens if none is."""
        with self._changing:
            if self._running:
                self._cancelled = True
                if self._child is not None:
                    self._child.kill()
                # The process need not be waited for.
                self._answers.put(_Ended(""))

    def close(self) -> None:
        """End the process, and a `place` that is still running."""
        self._closed = True
        self.cancel()
        with self._placing, self._changing:
            child = self._child
            self._stopped()
        if child is not None:
            child.close()

    @contextlib.contextmanager
    def _cancellable(self) -> Iterator[None]:
        with self._changing:
            self._running, self._cancelled = True, False
        try:
            yield
        finally:
            with self._changing:
                self._running = False

    def _attempt(self, asked: LayoutRequest, plan: Plan, seconds: float) -> Placement | PlanReason:
        """Return the placement by this plan, or whether it was too slow or the process failed."""
        self._request += 1
        request = msgspec.structs.replace(
            asked, request=self._request, plan=plan, limit_s=seconds + _GRACE_S
        )
        answer = self._answer(request, seconds)
        if isinstance(answer, Placement):
            return answer
        if not isinstance(answer, LayoutFailed):
            with self._changing:
                self._stopped()
            if not self._closed:
                self.start()
        self._raise_if_cancelled()
        return "time" if answer is None else "failure"

    def _answer(self, request: LayoutRequest, seconds: float) -> LayoutAnswer | _Ended | None:
        """Return the answer to `request`; None when `seconds` have passed."""
        ends_at = time.monotonic() + seconds
        try:
            with self._changing:
                self._raise_if_cancelled()
                child = self._started()
            child.send(request)
            while True:
                answer = self._answers.get(timeout=max(0.0, ends_at - time.monotonic()))
                self._works = not isinstance(answer, _Ended)
                if isinstance(answer, _Ended) or answer.request == request.request:
                    return answer
        except queue.Empty:
            return None
        except (OSError, ProcessError) as error:
            return _Ended(str(error))

    def _started(self) -> _LayoutChild:
        """Return the living process, a new one if need be; raises OSError if there can be none."""
        if self._child is None or not self._child.alive:
            self._stopped()
            # A queue of its own, so that nothing late from an old process is taken for news.
            answers: queue.SimpleQueue[LayoutAnswer | _Ended] = queue.SimpleQueue()
            self._child = Child(
                started(self._command),
                Codec[LayoutRequest](LayoutRequest),
                Codec[AnswerCrossing](AnswerCrossing),
                lambda message: answers.put(arrived(message)),
                lambda code, stderr: self._on_end(answers, code, stderr),
            )
            self._answers, self._works = answers, False
        return self._child

    def _on_end(
        self, answers: "queue.SimpleQueue[LayoutAnswer | _Ended]", code: int, stderr: str
    ) -> None:
        """Tell whoever waits, and the user if nobody here has ended the process."""
        with self._changing:
            wanted = self._child is None or self._closed or self._cancelled
            died = self._answers is answers and not wanted
            restarted = self._running or self._works
        answers.put(_Ended(stderr))
        if died:
            if restarted:
                self.start()
            self.on_death(code, restarted)

    def _stopped(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def _raise_if_cancelled(self) -> None:
        if self._cancelled:
            raise LayoutError(tr("The layout was cancelled."))
        if self._closed:
            raise LayoutError(tr("The layout has been closed."))
