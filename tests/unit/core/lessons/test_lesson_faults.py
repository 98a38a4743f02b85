"""A lesson's file with a fault: the line, the step, and the names that are known instead."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.lessons.lesson_data import Form, LessonError, Vocabulary
from gradviz.core.lessons.lesson_faults import faults_of
from gradviz.core.lessons.lesson_files import read_lesson

KNOWN = Vocabulary(
    {
        "expression": Form("text", "It is typed."),
        "mode": Form("text", "It is chosen.", ("point", "fit")),
        "at": Form("number", "The value of x."),
        "trained": Form("whole", "Steps."),
        "checked": Form("true", "Checked."),
        "initial": Form("numbers", "Values."),
        "file": Form("file", "A file."),
        "loss": Form("number", "The loss.", shown=False),
    },
    {
        "control": Form("text", "A control.", ("expression", "train")),
        "node": Form("text", "A node."),
    },
)
GOOD = """title = "A sum"
summary = "It adds."
start = { at = 2 }

[[step]]
text = "Type x."
point = { control = "expression" }
until = { expression = "x" }

[[step]]
text = "Predict."
answer = 1
"""


def told(text: str) -> list[str]:
    """Return the faults of a text as lines."""
    return [str(fault) for fault in faults_of(text, KNOWN, ())]


def test_that_a_lesson_without_faults_has_none() -> None:
    assert told(GOOD) == []


@pytest.mark.parametrize(
    ("was", "becomes", "line", "words"),
    [
        ('text = "Type x."', 'txt = "Type x."', 6, "Perhaps text is meant"),
        ('text = "Predict."', "", 10, "Step 2 has no text"),
        ('control = "expression"', 'control = "expresion"', 7, "Perhaps expression is meant"),
        ("control =", "contrl =", 7, "Perhaps control is meant"),
        ("expression =", "expresion =", 8, "Perhaps expression is meant"),
        ('expression = "x"', "expression = 1", 8, "A text in quotes"),
        ('expression = "x"', 'at = "two"', 8, "A number is wanted"),
        ('expression = "x"', "trained = 1.5", 8, "A whole number"),
        ('expression = "x"', "checked = false", 8, "It can be true alone"),
        ('expression = "x"', "initial = { a = true }", 8, "Numbers by name"),
        ('expression = "x"', 'mode = "fitt"', 8, "Perhaps fit is meant"),
        ('expression = "x"', 'file = "none.py"', 8, "no such file"),
        ('expression = "x"', "loss = 3", 8, "solution"),
        ("{ at = 2 }", "{ att = 2 }", 3, "Perhaps at is meant"),
        ("{ at = 2 }", "2", 3, "is no table"),
        ('title = "A sum"', "", 1, "has no title"),
        ("start =", 'part = "qqq"\nstart =', 3, "Known are"),
        ("answer = 1", "answer = [1]", 12, "answer is wrong"),
        ("until = {", 'until = { "x', 8, "This is no TOML"),
    ],
)
def test_that_a_fault_is_told_with_its_line(was: str, becomes: str, line: int, words: str) -> None:
    assert was in GOOD
    faults = told(GOOD.replace(was, becomes, 1))
    assert any(each.startswith(f"line {line}: ") and words in each for each in faults), faults


def test_that_a_lesson_needs_a_step() -> None:
    assert told('title = "a"\nsummary = "b"\n') == [
        "line 1: The lesson has no step. Begin each with a line [[step]]."
    ]


@given(st.text())
def test_that_no_text_is_too_strange(text: str) -> None:
    assert faults_of(text, KNOWN, ())


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["x", "step", "until"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["text", "point", "until", "at", "step"]), inner)
        ),
        max_leaves=9,
    )
)
def test_that_any_value_of_a_key_is_told_and_raises_nothing(value: object) -> None:
    written = toml(value)
    for key in ("point", "until", "answer", "facts", "text"):
        faults_of(f"{GOOD}\n[[step]]\n{key} = {written}\n", KNOWN, ())
    faults_of(GOOD.replace("{ at = 2 }", written), KNOWN, ())
    faults_of(f'title = "a"\nsummary = "b"\nstep = {written}\n', KNOWN, ())


def toml(value: object) -> str:
    """Return a value as TOML; None as a word."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value).lower() if isinstance(value, bool | int) else f'"{value}"'


def test_that_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="cannot be read"):
        read_lesson(tmp_path / "none.toml", KNOWN)
    path = tmp_path / "latin.toml"
    path.write_bytes('title = "é"'.encode("latin-1"))
    with pytest.raises(LessonError, match="UTF-8"):
        read_lesson(path, KNOWN)
    path.write_text(GOOD.replace("at = 2", "att = 2"), encoding="utf-8")
    with pytest.raises(LessonError, match="line 3"):
        read_lesson(path, KNOWN)


def test_that_a_lesson_is_read_with_the_paths_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text("", encoding="utf-8")
    path = tmp_path / "sum.toml"
    path.write_text(GOOD.replace('expression = "x"', 'file = "net.py"'), encoding="utf-8")
    lesson = read_lesson(path, KNOWN)
    assert (lesson.name, lesson.title, lesson.start) == ("sum", "A sum", {"at": 2})
    assert lesson.steps[0].until == {"file": str(tmp_path / "net.py")}
    assert lesson.steps[1].answer == 1
