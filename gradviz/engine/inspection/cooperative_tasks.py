"""Questions that take longer than a frame: cooperative tasks between other commands."""

import time
from collections.abc import Iterator
from typing import Literal

from gradviz.engine.failures import unanswered
from gradviz.engine.inspection.answers import Parts
from gradviz.engine.user_code import is_of_model
from gradviz.protocol.commands import Ask
from gradviz.protocol.events import Answered, Event, Unanswered
from gradviz.protocol.questions import Answer


def answered(asked: Ask, answer: Answer, *, last: bool = True) -> Answered:
    """Return the event that carries `answer` to its asker."""
    return Answered(
        run=asked.run, recording=asked.recording, number=asked.number, answer=answer, last=last
    )


class CooperativeTasks:
    """The long answers in hand; a question takes the place of the one of the same kind before."""

    def __init__(self) -> None:
        self._tasks: dict[type, tuple[Ask, Parts]] = {}
        self._ended: list[Event] = []

    @property
    def left(self) -> bool:
        """Tell whether there is something to work on, or to tell."""
        return bool(self._tasks or self._ended)

    def begin(self, asked: Ask, parts: Parts) -> None:
        """Take a question in hand."""
        self._end(type(asked.question), "replaced")
        self._tasks[type(asked.question)] = asked, parts

    def withdraw(self, number: int) -> None:
        """Work no further on the question with this number."""
        for kind, (asked, _) in list(self._tasks.items()):
            if asked.number == number:
                self._end(kind, "withdrawn")

    def end_all(self) -> None:
        """Answer nothing more of any question in hand."""
        for kind in list(self._tasks):
            self._end(kind, "replaced")

    def ended(self) -> list[Event]:
        """Return the events, once, of questions that were withdrawn or replaced."""
        ended, self._ended = self._ended, []
        return ended

    def advance(self, budget_s: float) -> Iterator[Event]:
        """Yield the events of working for about `budget_s`; a failure is an event and ends."""
        yield from self.ended()
        deadline = time.perf_counter() + budget_s
        while self._tasks:
            for kind, (asked, parts) in list(self._tasks.items()):
                event = self._next(kind, asked, parts)
                if event is not None:
                    yield event
            if time.perf_counter() >= deadline:
                break

    def _next(self, kind: type, asked: Ask, parts: Parts) -> Event | None:
        try:
            part = next(parts)
        except StopIteration as ended:
            del self._tasks[kind]
            return answered(asked, ended.value)
        except BaseException as error:
            if not is_of_model(error):
                raise
            del self._tasks[kind]
            return unanswered(asked, error)
        return None if part is None else answered(asked, part, last=False)

    def _end(self, kind: type, reason: Literal["withdrawn", "replaced"]) -> None:
        if kind in self._tasks:
            asked, parts = self._tasks.pop(kind)
            parts.close()
            self._ended.append(Unanswered(run=asked.run, number=asked.number, reason=reason))
