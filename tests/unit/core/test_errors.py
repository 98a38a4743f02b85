"""Errors as they are told."""

from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.errors import ExpressionError, GradvizError


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
