"""The lessons of the project: without faults, and the same in every language."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gradviz.core.lessons.lesson_data import PARTS, Lesson
from gradviz.core.lessons.lesson_faults import faults_of
from gradviz.core.lessons.lesson_files import (
    language_for,
    languages_in,
    lesson_path,
    lessons_in,
)
from gradviz.engine.catalogue import catalogue
from gradviz.ui.lessons.conditions import CONDITIONS
from gradviz.ui.lessons.known_names import vocabulary
from gradviz.ui.lessons.lessons import PART_TITLES, lessons_folder
from gradviz.ui.lessons.pointed_places import CONTROLS

FOLDER = lessons_folder()
OFFERED = catalogue()
KNOWN = vocabulary(
    [entry.name for entry in OFFERED.models], [entry.name for entry in OFFERED.optimizers]
)
ENGLISH, CHINESE = (lessons_in(FOLDER, KNOWN, each) for each in ("en", "zh_CN"))
NAMES = [lesson.name for lesson in ENGLISH]
_NUMBER = re.compile(r"(?<![\w.^])[-−]?\d+(?:\.\d+)?(?:e-?\d+)?(?![\w^])")


def test_that_there_are_the_lessons_of_the_tutorials_and_twenty_questions() -> None:
    parts = [lesson.part for lesson in ENGLISH]
    assert parts.count("tutorial") == 8
    assert parts.count("questions") >= 20
    assert set(parts) == set(PARTS) - {"own"}
    assert PART_TITLES.keys() == set(PARTS)


def test_that_every_lesson_is_in_every_language() -> None:
    assert languages_in(FOLDER) == ("en", "zh_CN")
    assert {lesson.language for lesson in CHINESE} == {"zh_CN"}
    assert [lesson.name for lesson in CHINESE] == NAMES


@pytest.mark.parametrize("place", range(len(NAMES)), ids=NAMES)
def test_that_both_languages_have_the_same_steps(place: int) -> None:
    one, other = ENGLISH[place], CHINESE[place]
    assert (one.part, one.place, one.start) == (other.part, other.place, other.start)
    assert len(one.steps) == len(other.steps)
    for left, right in zip(one.steps, other.steps, strict=True):
        assert repr((left.point, left.until, left.solution, left.facts, left.answer)) == repr(
            (right.point, right.until, right.solution, right.facts, right.answer)
        )
        assert numbers_in(left.text) == numbers_in(right.text)
        assert re.search(r"[一-鿿]", right.text)
        assert not re.search(r"[一-鿿]", left.text)


def numbers_in(text: str) -> set[str]:
    """Return the numbers with two digits or more in a sentence."""
    found = (each.replace("−", "-") for each in _NUMBER.findall(text))
    return {each for each in found if sum(map(str.isdigit, each)) > 1}


def values_of(lesson: Lesson) -> Iterator[Any]:
    """Yield all that a lesson is checked for."""
    for step in lesson.steps:
        yield from (step.until, step.solution, step.facts, step.answer)
    yield lesson.start


@pytest.mark.parametrize("lesson", ENGLISH, ids=NAMES)
def test_that_the_numbers_of_the_sentences_are_checked(lesson: Lesson) -> None:
    text = json.dumps(list(values_of(lesson)))
    checked = {float(each) for each in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text)}
    #: Sizes of the data and shapes, settings that the sentence gives as a reason.
    given = {2000.0, 64.0, 300.0}
    told = {float(each) for step in lesson.steps for each in numbers_in(step.text)}
    assert told - checked - given - _FORMULAS.get(lesson.name, set()) == set()


#: Numbers within the formulas of sentences, and bounds such as "above 1500".
_FORMULAS = {
    "gradient_at_a_point": {15.0},
    "your_own_function": {1.5},
    "custom_function": {1.5},
    "momentum": {1500.0},
}


def test_that_the_page_for_teachers_names_all_that_a_lesson_can_name() -> None:
    page = (Path(__file__).parents[4] / "docs" / "lessons.md").read_text(encoding="utf-8")
    names = {*CONDITIONS, *CONTROLS, *KNOWN.places, *KNOWN.places["panel"].among}
    assert [name for name in names if f"`{name}`" not in page] == []


def test_that_an_unknown_language_is_english() -> None:
    assert language_for("zh_TW", ("en", "zh_CN")) == "zh_CN"
    assert language_for("de_DE", ("en", "zh_CN")) == "en"
    assert lesson_path(FOLDER, NAMES[0], "de").parent.name == "en"


def test_that_the_lesson_on_the_page_for_teachers_has_no_faults() -> None:
    page = (Path(__file__).parents[4] / "docs" / "lessons.md").read_text(encoding="utf-8")
    example = page.partition("```text\n")[2].partition("```")[0]
    assert "[[step]]" in example
    assert faults_of(example, KNOWN, ()) == []
