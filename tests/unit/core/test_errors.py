"""Errors as they are told."""

import errno
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.errors import ExpressionError, GradvizError, words_of


def test_that_an_error_says_what_happened_and_then_what_to_do() -> None:
    assert str(GradvizError("It broke.", "Mend it.")) == "It broke. Mend it."
    assert str(GradvizError("It broke.")) == "It broke."


def test_that_the_carets_stand_under_the_place() -> None:
    error = ExpressionError("no", text="a + ab", position=4, length=2)
    assert error.caret() == "a + ab\n    ^^"


@given(st.text(st.characters(codec="ascii"), max_size=300), st.integers(0, 400), st.integers(1, 50))
def test_that_the_carets_stay_within_the_width(text: str, position: int, length: int) -> None:
    place = min(position, len(text))
    lines = ExpressionError("no", text=text, position=place, length=length).caret(width=40)
    line, marks = lines.split("\n")
    assert len(line) <= 40
    assert len(marks) <= 41
    assert marks.strip() == "^" * len(marks.strip())
    if place < len(text):
        assert line[len(marks) - len(marks.lstrip())] == text[place].replace("\n", " ").replace(
            "\t", " "
        )


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("not so."), "not so"),
        (RuntimeError("\n\nfirst:\nsecond"), "first"),
        (KeyError("a"), "there is no 'a'"),
        (OSError(errno.EACCES, os.strerror(errno.EACCES)), os.strerror(errno.EACCES)),
        (OSError("said so"), "said so"),
        (OSError(), "an error of the type OSError"),
        (MemoryError(), "it is too large, or nested too deep, for the memory"),
        (RecursionError(), "it is nested too deep"),
        (EOFError(), "it ends too early"),
        (AssertionError(" . "), "an error of the type AssertionError"),
    ],
)
def test_that_every_error_has_words(error: Exception, words: str) -> None:
    assert words_of(error) == words


def test_that_no_message_ends_with_the_text_of_an_error_that_may_be_empty() -> None:
    bare = re.compile(
        r"f\".*: \{(str\()?(error|cause|error\.strerror)\)?\}[.\"]"
        r"|\b(error|cause|reason)=(error|cause|error\.strerror)[,)]"
    )
    # An error of this program has always a text.
    found = [
        f"{path.name}: {line.strip()}"
        for path in (Path(__file__).parents[3] / "gradviz").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if bare.search(line) and "gradviz: {error}" not in line
    ]
    assert found == []
