"""Read calls with lark: a text becomes names, numbers and tuples, and none of it is evaluated."""

import functools
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import lark

from gradviz.core.errors import ExpressionError
from gradviz.core.language.missing_terminals import MISSING_VALUE, Missing, missing_sign
from gradviz.core.language.saying import marked, tr
from gradviz.expression.limits import refusal
from gradviz.expression.tree import Span

_GRAMMAR: Final = Path(__file__).with_name("layers.lark")


#: The terminals that may be missing, from the likeliest on.
_MISSING: Final = {
    "COMMA": missing_sign(",", marked("Separate layers and arguments by commas.")),
    "RPAR": missing_sign(")", marked("Close it with ).")),
    "RSQB": missing_sign("]", marked("Close it with ].")),
    "NUMBER": Missing(
        *MISSING_VALUE,
        marked("Values are numbers, True and False."),
    ),
    "NAME": Missing(
        marked("A layer is expected here, not “{found}”."),
        marked("A layer is expected here, but the text ends."),
        marked("Write such as Linear(1, 16), Tanh(), Linear(16, 1)."),
    ),
    "EQUAL": missing_sign("=", marked("Write such as bias=False.")),
}
#: Where none of them is, something stands behind the whole.
_NOTHING: Final = Missing(
    marked("The end is expected here, not “{found}”."),
    marked("The end is expected here, but the text ends."),
    marked("Remove what follows."),
)


@dataclass(frozen=True, slots=True)
class WordPart:
    """A number or a name, and its place."""

    text: str
    span: Span
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class BracketPart:
    """Parts in brackets."""

    parts: tuple["Part", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class CallPart:
    """A name with brackets, and the parts in them."""

    name: WordPart
    parts: tuple["Part", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class NamedPart:
    """A value that is given by name."""

    name: WordPart
    value: "Value"

    @property
    def span(self) -> Span:
        """Return the place of both."""
        return self.name.span[0], self.value.span[1]


Value: TypeAlias = WordPart | BracketPart | CallPart
Part: TypeAlias = Value | NamedPart


def _span(token: lark.Token) -> Span:
    return token.start_pos or 0, token.end_pos or 0


def _word(token: lark.Token, *, is_number: bool = False) -> WordPart:
    return WordPart("".join(token.split()), _span(token), is_number)


@lark.v_args(inline=True)
class _Builder(lark.Transformer[lark.Token, Any]):
    """One method for each rule of the grammar."""

    def start(self, items: tuple[Part, ...] | None) -> tuple[Part, ...]:
        return items or ()

    def items(self, *parts: Part) -> tuple[Part, ...]:
        return parts

    def named(self, name: lark.Token, value: Value) -> NamedPart:
        return NamedPart(_word(name), value)

    def number(self, token: lark.Token) -> WordPart:
        return _word(token, is_number=True)

    def word(self, token: lark.Token) -> WordPart:
        return _word(token)

    def group(
        self, opening: lark.Token, parts: tuple[Part, ...] | None, closing: lark.Token
    ) -> BracketPart:
        return BracketPart(parts or (), (_span(opening)[0], _span(closing)[1]))

    def call(
        self,
        name: lark.Token,
        _opening: lark.Token,
        parts: tuple[Part, ...] | None,
        closing: lark.Token,
    ) -> CallPart:
        return CallPart(_word(name), parts or (), (_span(name)[0], _span(closing)[1]))


@functools.cache
def _parser() -> lark.Lark:
    """Return lark's parser, made once and when it is first needed."""
    return lark.Lark(
        _GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        maybe_placeholders=True,
        transformer=_Builder(),
    )


def read_parts(text: str) -> tuple[Part, ...]:
    """Return the parts of `text`; raises ExpressionError where it is none of such."""
    try:
        # With an embedded transformer the start rule's value comes back, not lark's tree.
        found: tuple[Part, ...] = _parser().parse(text)  # type: ignore[assignment]
    except lark.UnexpectedToken as error:
        at_end = error.token.type == "$END"
        span = (len(text), len(text)) if at_end else _span(error.token)
        raise _unexpected(text, span, error.accepts or ()) from None
    except lark.UnexpectedCharacters as error:
        start = error.pos_in_stream or 0
        raise _unexpected(text, (start, start + 1), error.allowed or ()) from None
    return found


def _unexpected(text: str, span: Span, accepted: Collection[str]) -> ExpressionError:
    """Return the error that says which of the terminals in `accepted` is missing at the place."""
    found = text[slice(*span)]
    likely = [terminal for terminal in _MISSING if terminal in accepted]
    if found in ("", ")", "]"):
        likely.sort(key=lambda terminal: terminal not in ("RPAR", "RSQB"))
    missing = _MISSING[likely[0]] if likely else _NOTHING
    return refusal(missing.said_before(found), tr(missing.hint), text, span)
