"""A lesson: its steps, and the conditions on the window that each of them waits for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec

from gradviz.core.errors import GradvizError

#: Conditions on the window by their name, each with the value that is wanted.
Conditions = dict[str, Any]
#: The parts of the list of lessons, in their order.
PARTS: Final = ("start", "gradients", "tutorial", "basics", "questions", "challenges", "own")
FormKind = Literal["text", "number", "whole", "true", "numbers", "file"]


class LessonError(GradvizError):
    """A lesson cannot be found, or its file has a fault."""


class LessonStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of a lesson.

    Attributes:
        text: One or two plain sentences.
        point: The part of the window to point at, by the kind of place; empty for none.
        until: The conditions that hold once the learner has done what the step asks for.
        solution: The conditions to bring about for a learner who asks for it, where they are
            others than `until`.
        facts: Conditions that the sentence says to hold; tests look at them, the window does not.
        answer: The answer to the question of the step, which stays hidden until one was given.
    """

    text: str
    point: dict[str, str] = {}
    until: Conditions = {}
    solution: Conditions = {}
    facts: Conditions = {}
    answer: float | str | None = None

    @property
    def shown(self) -> Conditions:
        """Return the conditions that are brought about where the learner asks for it."""
        return self.solution or self.until


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson with its steps.

    Attributes:
        name: The name of its file, without its ending.
        language: The language of its text, such as `en` or `zh_CN`; empty for a file elsewhere.
        part: The part of the list that it stands in, one of PARTS.
        place: Its place in that part.
        start: The conditions that it begins with.
        source: The text of a file elsewhere, as it was read; empty for a lesson of the program's.
    """

    name: str
    title: str
    summary: str
    steps: tuple[LessonStep, ...]
    language: str = ""
    part: str = "own"
    place: int = 0
    start: Conditions = {}
    source: str = ""


@dataclass(frozen=True)
class Form:
    """The form of a value in a lesson.

    Attributes:
        kind: Text, a number, a whole number, `true`, numbers by name, or a file beside the lesson.
        about: The meaning, in words for a teacher.
        among: The texts that are allowed, where they are known; empty for any.
        shown: Whether the window can bring the condition about.
    """

    kind: FormKind
    about: str
    among: tuple[str, ...] = ()
    shown: bool = True


@dataclass(frozen=True)
class Vocabulary:
    """All that a lesson can name: conditions and kinds of places, each with its form."""

    conditions: Mapping[str, Form]
    places: Mapping[str, Form]
