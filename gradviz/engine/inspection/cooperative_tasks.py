"""Questions that take longer than a frame: cooperative tasks between other commands."""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Literal, TypeAlias

from gradviz.engine.failures import unanswered
from gradviz.engine.inspection.answers import Parts
from gradviz.engine.interruption import Interruption, InterruptionReason
from gradviz.engine.user_code import is_of_model
from gradviz.protocol.commands import Ask
from gradviz.protocol.events import Answered, Event, Unanswered
from gradviz.protocol.questions import Answer


def answered(asked: Ask, answer: Answer, *, last: bool = True) -> Answered:
    """Return the event that carries `answer` to its asker."""
    return Answered(
        run=asked.run, recording=asked.recording, number=asked.number, answer=answer, last=last
    )


#: What lets the work on a question end by an Interruption.
Ending: TypeAlias = Callable[[Ask], AbstractContextManager[None]]


@dataclass(frozen=True)
class _Task:
    """A question in hand; `again` begins its answer anew, where that can be."""

    asked: Ask
    parts: Parts
    again: Callable[[], Parts] | None = None


class CooperativeTasks:
    """The long answers in hand; a question takes the place of the one of the same kind before."""

    def __init__(self) -> None:
        self._tasks: dict[type, _Task] = {}
        self._ended: list[Event] = []

    @property
    def left(self) -> bool:
        """Tell whether there is something to work on, or to tell."""
        return bool(self._tasks or self._ended)

    def begin(self, asked: Ask, parts: Parts, again: Callable[[], Parts] | None = None) -> None:
        """Take a question in hand; one that is put off begins `again`, or is replaced."""
        self._end(type(asked.question), "replaced")
        self._tasks[type(asked.question)] = _Task(asked, parts, again)

    def answer(
        self, asked: Ask, found: Answer | Parts, again: Callable[[], Parts] | None = None
    ) -> Iterator[Event]:
        """Yield an answer that is found already; take a long one in hand, as `begin` does."""
        if isinstance(found, Generator):
            self.begin(asked, found, again)
        else:
            yield answered(asked, found)

    def withdraw(self, number: int) -> None:
        """Work no further on the question with this number."""
        for kind, task in list(self._tasks.items()):
            if task.asked.number == number:
                self._end(kind, "withdrawn")

    def end_all(self) -> None:
        """Answer nothing more of any question in hand."""
        for kind in list(self._tasks):
            self._end(kind, "replaced")

    def ended(self) -> list[Event]:
        """Return the events, once, of questions that were withdrawn or replaced."""
        ended, self._ended = self._ended, []
        return ended

    def advance(self, budget_s: float, ending: Ending = lambda _: nullcontext()) -> Iterator[Event]:
        """Yield the events of working for about `budget_s`; a failure is an event and ends.

        What ends a question meanwhile is heard within `ending`.
        """
        yield from self.ended()
        deadline = time.perf_counter() + budget_s
        while self._tasks:
            for kind, task in list(self._tasks.items()):
                try:
                    event = self._next(kind, task, ending)
                except Interruption as interruption:
                    self._interrupt(kind, task, interruption.reason)
                    yield from self.ended()
                    return
                if event is not None:
                    yield event
            if time.perf_counter() >= deadline:
                break

    def _next(self, kind: type, task: _Task, ending: Ending) -> Event | None:
        asked = task.asked
        try:
            with ending(asked):
                part = next(task.parts)
        except StopIteration as ended:
            del self._tasks[kind]
            return answered(asked, ended.value)
        except BaseException as error:
            if not is_of_model(error):
                raise
            del self._tasks[kind]
            return unanswered(asked, error)
        return None if part is None else answered(asked, part, last=False)

    def _interrupt(self, kind: type, task: _Task, reason: InterruptionReason) -> None:
        """End a question, or begin its answer anew when its turn comes again."""
        if reason == "put off" and task.again is not None:
            task.parts.close()
            self._tasks[kind] = _Task(task.asked, task.again(), task.again)
        else:
            self._end(kind, "replaced" if reason == "put off" else reason)

    def _end(self, kind: type, reason: Literal["withdrawn", "replaced"]) -> None:
        if kind in self._tasks:
            task = self._tasks.pop(kind)
            task.parts.close()
            asked = task.asked
            self._ended.append(Unanswered(run=asked.run, number=asked.number, reason=reason))
