"""The faults of a lesson's file, each with its line, and with names that are known instead."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NamedTuple, assert_never

import msgspec

from gradviz.core.language.saying import listed, sentences, tr
from gradviz.core.lessons.lesson_data import PARTS, Form, LessonStep, Vocabulary

_TOP: Final = ("title", "summary", "part", "place", "start", "step")
_OF_CONDITIONS: Final = ("until", "solution", "facts")
_AT: Final = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)")
#: So many known names are listed; of more, those that are most like the unknown one.
_LISTED: Final = 12


class LessonFault(NamedTuple):
    """A fault: its line, the problem with the step that has it, and its remedy."""

    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        problem = sentences([self.problem, self.remedy])
        return tr("line {line}: {problem}", line=self.line, problem=problem)


def faults_of(text: str, vocabulary: Vocabulary, folders: Iterable[Path]) -> list[LessonFault]:
    """Return all faults of a lesson's text; its files are looked for in `folders`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        at = found["line"] if found is not None else None
        line = int(at) if at is not None else len(text.splitlines())
        problem = tr("This is no TOML: {problem}.", problem=_AT.sub("", str(error)))
        remedy = tr("See docs/lessons.md for a lesson to begin with.")
        return [LessonFault(line, problem, remedy)]
    return list(_Reader(text, vocabulary, tuple(folders)).faults(raw))


class _Reader:
    """Looks at each part of a lesson, and knows the line that it is in."""

    def __init__(self, text: str, vocabulary: Vocabulary, folders: tuple[Path, ...]) -> None:
        self._lines = text.splitlines()
        self._vocabulary = vocabulary
        self._folders = folders
        #: The line at which each step begins, counted from 0.
        self._begins = [
            place for place, line in enumerate(self._lines) if line.strip() == "[[step]]"
        ]

    def faults(self, raw: Mapping[str, Any]) -> Iterator[LessonFault]:
        """Yield the faults of the lesson, from top to bottom."""
        for key in raw.keys() - set(_TOP):
            yield self._unknown(tr("The lesson"), key, _TOP, self._line(0, key))
        for key in ("title", "summary"):
            if not isinstance(raw.get(key), str) or not raw[key].strip():
                problem = tr("The lesson has no {key}.", key=key)
                remedy = tr('Write {key} = "…" above the first step.', key=key)
                yield LessonFault(self._line(0, key), problem, remedy)
        part = raw.get("part", "own")
        if part not in PARTS:
            line = self._line(0, "part")
            problem = tr("The lesson's part is {part}.", part=repr(part))
            yield LessonFault(line, problem, _known(part, PARTS))
        if not isinstance(raw.get("place", 0), int):
            yield LessonFault(
                self._line(0, "place"), tr("The place is no whole number."), tr("Write place = 1.")
            )
        yield from self._of_conditions(tr("The start"), 0, "start", raw.get("start", {}))
        steps = raw.get("step", [])
        if not isinstance(steps, list) or not steps:
            remedy = tr("Begin each with a line [[step]].")
            yield LessonFault(1, tr("The lesson has no step."), remedy)
            return
        for number, step in enumerate(steps, start=1):
            yield from self._of_step(number, step)

    def _of_step(self, number: int, raw: Any) -> Iterator[LessonFault]:
        owner = tr("Step {number}", number=number)
        if not isinstance(raw, dict):
            problem = tr("{owner} is no table.", owner=owner)
            yield LessonFault(1, problem, tr("Begin it with a line [[step]]."))
            return
        names = LessonStep.__struct_fields__
        for key in raw.keys() - set(names):
            yield self._unknown(owner, key, names, self._line(number, key))
        if not isinstance(raw.get("text"), str) or not raw["text"].strip():
            yield LessonFault(
                self._line(number, "text"),
                tr("{owner} has no text.", owner=owner),
                tr('Write text = "…".'),
            )
        known = {key: value for key, value in raw.items() if key in names}
        try:
            msgspec.convert({"text": "", **known}, LessonStep)
        except msgspec.ValidationError as error:
            found = re.search(r"\$\.(\w+)", str(error))
            key = found[1] if found is not None else "text"
            told = str(error).partition(" - ")[0]
            problem = tr("{owner}: {key} is wrong.", owner=owner, key=key)
            yield LessonFault(self._line(number, key), problem, f"{told}.")
            return
        yield from self._of_point(owner, number, raw.get("point", {}))
        for key in _OF_CONDITIONS:
            yield from self._of_conditions(owner, number, key, raw.get(key, {}))
        yield from self._of_showing(owner, number, raw)

    def _of_point(self, owner: str, number: int, point: Mapping[str, str]) -> Iterator[LessonFault]:
        line = self._line(number, "point")
        if len(point) > 1:
            problem = tr("{owner} points at {count} places.", owner=owner, count=len(point))
            yield LessonFault(line, problem, tr("Leave one of them."))
        yield from self._named(owner, "point", line, point, self._vocabulary.places)

    def _of_conditions(
        self, owner: str, number: int, key: str, given: Any
    ) -> Iterator[LessonFault]:
        line = self._line(number, key)
        if not isinstance(given, dict):
            problem = tr("{owner}: {key} is no table.", owner=owner, key=key)
            yield LessonFault(line, problem, tr("Write {key} = {{…}}.", key=key))
            return
        yield from self._named(owner, key, line, given, self._vocabulary.conditions)

    def _of_showing(self, owner: str, number: int, raw: Mapping[str, Any]) -> Iterator[LessonFault]:
        """Ask for a solution where nothing in the window brings about a condition."""
        shown = raw.get("solution") or raw.get("until", {})
        forms = self._vocabulary.conditions
        for name in shown:
            if name in forms and not forms[name].shown:
                problem = tr(
                    "{owner}: nothing brings about “{name}” by itself.", owner=owner, name=name
                )
                remedy = tr("Say in solution = {solution} which settings do.", solution="{…}")
                yield LessonFault(self._line(number, "until"), problem, remedy)

    def _named(
        self, owner: str, key: str, line: int, given: Mapping[str, Any], forms: Mapping[str, Form]
    ) -> Iterator[LessonFault]:
        for name, value in given.items():
            if name not in forms:
                yield self._unknown(f"{owner}: {key}", name, tuple(forms), line)
            else:
                told = self._misfit(value, forms[name])
                if told:
                    problem = tr(
                        "{owner}: {key} has {setting}.",
                        owner=owner,
                        key=key,
                        setting=f"{name} = {value!r}",
                    )
                    yield LessonFault(line, problem, told)

    def _misfit(self, value: Any, form: Form) -> str:
        """Return the remedy where a value does not have the form; empty where it does."""
        number = isinstance(value, int | float) and not isinstance(value, bool)
        match form.kind:
            case "text":
                if not isinstance(value, str):
                    return tr("A text in quotes is wanted.")
                return _known(value, form.among) if form.among and value not in form.among else ""
            case "file":
                there = isinstance(value, str) and any(
                    (at / value).is_file() for at in self._folders
                )
                return "" if there else tr("There is no such file beside the lesson.")
            case "number":
                return "" if number else tr("A number is wanted.")
            case "whole":
                return "" if number and isinstance(value, int) else tr("A whole number is wanted.")
            case "true":
                return "" if value is True else tr("It can be true alone; leave it out otherwise.")
            case "numbers":
                fits = isinstance(value, dict) and all(
                    isinstance(each, int | float) and not isinstance(each, bool)
                    for each in value.values()
                )
                return (
                    ""
                    if fits
                    else tr("Numbers by name are wanted, such as {example}.", example="{x = 72}")
                )
            case _:
                assert_never(form.kind)

    def _unknown(self, owner: str, name: str, names: Iterable[str], line: int) -> LessonFault:
        problem = tr("{owner} has “{name}”, which is not known.", owner=owner, name=name)
        return LessonFault(line, problem, _known(name, names))

    def _line(self, number: int, key: str) -> int:
        """Return the line of a key of a step, from 1 on; step 0 is all above the first."""
        first = self._begins[number - 1] if 0 < number <= len(self._begins) else 0
        last = self._begins[number] if number < len(self._begins) else len(self._lines)
        written = re.compile(rf"\s*(\[\s*)?(step\.)?{re.escape(key)}\s*(\.|=|\])")
        for place in range(first, last):
            if written.match(self._lines[place]):
                return place + 1
        return first + 1


def _known(name: object, names: Iterable[str]) -> str:
    """Return the sentence about the names that are known instead of `name`."""
    known = tuple(names)
    like = get_close_matches(str(name), known, n=3, cutoff=0.6)
    match like:
        case [first]:
            return tr("Perhaps {first} is meant.", first=first)
        case [first, second]:
            return tr("Perhaps {first} or {second} is meant.", first=first, second=second)
        case [first, second, third]:
            return tr(
                "Perhaps {first} or {second} or {third} is meant.",
                first=first,
                second=second,
                third=third,
            )
    if len(known) > _LISTED:
        left = len(known) - _LISTED
        return tr("Known are {names} and {count} more.", names=listed(known[:_LISTED]), count=left)
    return tr("Known are {names}.", names=listed(known))
