"""Tokens cover any text in order, and say how each piece is to be coloured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.expression import tokens

KINDS = {"number", "variable", "parameter", "function", "operator", "bracket", "unknown"}


def coloured(text: str) -> list[tuple[str, str]]:
    return [(text[start : start + length], kind) for start, length, kind in tokens(text)]


def test_that_every_piece_has_its_kind() -> None:
    assert coloured("y = 2.5e3a + sin(b1 x)^pi - π") == [
        ("y", "variable"),
        ("=", "operator"),
        ("2.5e3", "number"),
        ("a", "parameter"),
        ("+", "operator"),
        ("sin", "function"),
        ("(", "bracket"),
        ("b1", "parameter"),
        ("x", "variable"),
        (")", "bracket"),
        ("^", "operator"),
        ("pi", "number"),
        ("-", "operator"),
        ("π", "number"),
    ]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("ab + x", ["ab"]),
        ("a + y", []),
        ("y", []),
        ("y = y", ["y"]),
        ("x = 3", ["="]),
        ("y = x = y", ["=", "y"]),
        ("5 ５ 🙂", ["５", "🙂"]),
        ("w_q", ["w_q"]),
        ("θ_1 x₂ e² {x<0: √x, |x|} \\pi mod 2", []),
        ("sin(", []),
        ("x⁻² ** 2·3", []),
    ],
)
def test_that_what_is_wrong_is_unknown(text: str, unknown: list[str]) -> None:
    assert [piece for piece, kind in coloured(text) if kind == "unknown"] == unknown


def test_that_inputs_have_the_colour_of_x() -> None:
    assert ("y", "variable") in coloured("a y + z")
    assert ("z", "parameter") in coloured("a y + z")
    text = "y z"
    assert [kind for *_, kind in tokens(text, {"y", "z"})] == ["variable", "variable"]


@given(st.text() | st.text(st.sampled_from("xyab12.e+-*/^()=²⁻ π_\n,")))
def test_that_tokens_cover_all_but_spaces_in_order_without_overlap(text: str) -> None:
    end = 0
    for start, length, kind in tokens(text):
        assert text[end:start].strip() == ""
        assert start >= end
        assert length > 0
        assert kind in KINDS
        end = start + length
    assert text[end:].strip() == ""


def test_that_ten_thousand_brackets_are_only_brackets() -> None:
    assert {kind for _, _, kind in tokens("(" * 10_000)} == {"bracket"}
