"""Questions that take longer than a frame, worked off in pieces between other commands."""

import time
from collections.abc import Iterator

from gradviz.engine.failures import failure
from gradviz.protocol.commands import Inspection
from gradviz.protocol.events import Event

#: What a long answer yields: an event, or None where there is nothing to tell yet.
Answers = Iterator[Event | None]


class CooperativeTasks:
    """The long answers in hand; a question of the same type takes the place of the one before."""

    def __init__(self) -> None:
        self._answers: dict[type, tuple[Inspection, Answers]] = {}

    @property
    def left(self) -> bool:
        """Tell whether there is something to work on."""
        return bool(self._answers)

    def begin(self, question: Inspection, answers: Answers) -> None:
        """Take a question in hand."""
        self._answers[type(question)] = question, answers

    def forget(self) -> None:
        """Answer nothing more."""
        self._answers.clear()

    def advance(self, budget_s: float) -> Iterator[Event]:
        """Yield what comes of working for about `budget_s`; what fails is an event and ends."""
        deadline = time.perf_counter() + budget_s
        while self._answers:
            for kind, (question, answers) in list(self._answers.items()):
                try:
                    event = next(answers)
                except StopIteration:
                    del self._answers[kind]
                    continue
                except Exception as error:  # noqa: BLE001 - told as what any command fails with
                    del self._answers[kind]
                    event = failure(question.run, error, question)
                if event is not None:
                    yield event
            if time.perf_counter() >= deadline:
                break
