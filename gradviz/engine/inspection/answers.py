"""The table of answers: one function for each kind of question about a recording.

A module of this room marks its function with `@answers(Kind)`, and is found by itself, with the
first question.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final, TypeAlias, TypeVar

import gradviz.engine.inspection
from gradviz.core.errors import RecordingError
from gradviz.core.language.saying import tr
from gradviz.engine.inspection.kept_recording import KeptRecording
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.replay import Replay
from gradviz.protocol.questions import Answer, Question

Kind = TypeVar("Kind", bound=Question)

#: A long answer: it yields its parts, or None where other work may have a turn, and returns the
#: last part.
Parts: TypeAlias = Generator[Answer | None, None, Answer]


@dataclass(frozen=True)
class Inspected:
    """A recording as a question finds it.

    Attributes:
        recording: The recording.
        replayed_by: Runs the pass of the recording again; None where nothing can.
        kept: The recording to compare it with, where one is kept.
        is_current: Tells whether the weights still are those of the recording.
    """

    recording: Recording
    replayed_by: Replay | None = None
    kept: KeptRecording | None = None
    is_current: Callable[[], bool] = lambda: True

    @property
    def replay(self) -> Replay:
        """Return the means to run the pass again.

        Raises:
            RecordingError: only its recorded tensors are there.
        """
        if self.replayed_by is None:
            raise RecordingError(
                tr("This pass cannot be run again, and that was not recorded."),
                tr("Ask about a model that gradviz runs itself, or capture(module, inputs=…)."),
            )
        return self.replayed_by


Answerer: TypeAlias = Callable[[Kind, Inspected], "Answer | Parts"]

_ANSWERERS: Final[dict[type[Any], Answerer[Any]]] = {}


def answers(kind: type[Kind]) -> Callable[[Answerer[Kind]], Answerer[Kind]]:
    """Mark the function that answers questions of type `kind`, at once or in parts."""

    def mark(answerer: Answerer[Kind]) -> Answerer[Kind]:
        _ANSWERERS[kind] = answerer
        return answerer

    return mark


@cache
def load_answers() -> None:
    """Load all modules of this room, so that the first question need not wait for them."""
    room = gradviz.engine.inspection
    for module in iter_modules(room.__path__):
        import_module(f"{room.__name__}.{module.name}")


def answered_kinds() -> frozenset[type[Any]]:
    """Return the types of the questions that have an answer."""
    load_answers()
    return frozenset(_ANSWERERS)


def answer(question: Question, inspected: Inspected) -> Answer | Parts:
    """Return the answer to `question`, or the generator of its parts.

    Raises:
        RecordingError: there is nothing to answer with.
    """
    load_answers()
    return _ANSWERERS[type(question)](question, inspected)


def whole(question: Question, inspected: Inspected) -> Answer:
    """Return the last part of an answer, without a pause.

    Raises:
        RecordingError: there is nothing to answer with.
    """
    found = answer(question, inspected)
    if not isinstance(found, Generator):
        return found
    while True:
        try:
            next(found)
        except StopIteration as ended:
            last: Answer = ended.value
            return last
