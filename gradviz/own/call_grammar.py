"""Read arguments and calls with lark: a text becomes plain values, and none of it is evaluated."""

import ast
import functools
import math
import warnings
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import lark

from gradviz.core.errors import ExpressionError
from gradviz.core.language.missing_terminals import MISSING_VALUE, Missing, missing_sign
from gradviz.core.language.saying import listed, marked, tr
from gradviz.core.number_text import counted
from gradviz.own.syntax import Arguments, Call, Nested, Span, Value, refused

_GRAMMAR: Final = Path(__file__).with_name("calls.lark")
_MAXIMUM_CHARACTERS: Final = 4096
_MAXIMUM_DEPTH: Final = 16
_LONGEST_NUMBER: Final = 40
_CONSTANTS: Final[Mapping[str, bool | None]] = {"True": True, "False": False, "None": None}
_OPTIONS: Final = ("size", "dtype", "requires_grad")
_OPENING: Final = ("LPAR", "LSQB", "LBRACE")
_CLOSING: Final = ("RPAR", "RSQB", "RBRACE")


_IN_BRACES: Final = '{"mask": ones(2, 3)}'
_VALUES_FIRST: Final = marked("Write values without names first.")
_SUCH_AS: Final = marked("Write such as {example}.")
_CLOSE: Final = marked("Close it with {bracket}.")
#: The terminals that may be missing, from the likeliest on: where a value may stand so may a
#: string, and a string alone is a dtype.
_MISSING: Final = {
    "NUMBER": Missing(
        *MISSING_VALUE,
        marked("Values are numbers, True, False, None, texts in quotes, (1, 2) and [1, 2]."),
    ),
    "STRING": Missing(
        marked("A dtype is expected here, not “{found}”."),
        marked("A dtype is expected here, but the text ends."),
        marked("Write such as dtype=float32."),
    ),
    "NAME": Missing(
        marked("A name is expected here, not “{found}”."),
        marked("A name is expected here, but the text ends."),
        _VALUES_FIRST,
    ),
    "COMMA": missing_sign(",", marked("Separate values by commas.")),
    "FUNCTION": Missing(
        marked("An input is expected here, not “{found}”."),
        marked("An input is expected here, but the text ends."),
        marked("Use randn, rand, zeros, ones, arange, randint, such as randn(2, 3)."),
    ),
    "RPAR": missing_sign(")", _CLOSE),
    "RSQB": missing_sign("]", _CLOSE),
    "SEMICOLON": missing_sign(";", marked("Separate inputs by ; such as randn(2, 3); randn(2).")),
    "LPAR": missing_sign("(", marked("Write a call, such as randn(2, 3).")),
    "KEY": Missing(
        marked("A text in quotes is expected here, not “{found}”."),
        marked("A text in quotes is expected here, but the text ends."),
        _SUCH_AS,
    ),
    "COLON": missing_sign(":", _SUCH_AS),
    "RBRACE": missing_sign("}", _CLOSE),
    "EQUAL": missing_sign("=", _VALUES_FIRST),
}
_BRACKETS: Final = {"RPAR": ")", "RSQB": "]", "RBRACE": "}"}


class _Named(NamedTuple):
    """A value that is given by name."""

    name: lark.Token
    value: Any


@lark.v_args(inline=True)
class _Reader(lark.Transformer[lark.Token, Any]):
    """One method for each rule of the grammar; each raises ExpressionError."""

    def number(self, token: lark.Token) -> int | float:
        if len(token) > _LONGEST_NUMBER:
            hint = tr("Write it shorter, such as 1e9.")
            raise refused(tr("This number is too long."), hint, _span(token))
        number = int(token) if token.lstrip("+-").isdigit() else float(token)
        if not math.isfinite(number):
            message = tr("This number is not finite.")
            raise refused(message, tr("Write a smaller one."), _span(token))
        return number

    def string(self, token: lark.Token) -> str:
        try:
            with warnings.catch_warnings():
                # Python keeps a backslash that means nothing, and warns of it.
                warnings.simplefilter("ignore")
                return str(ast.literal_eval(token))
        except (SyntaxError, ValueError):
            raise refused(
                tr("This text has a backslash or a character that means nothing."),
                tr("Write {sign} for a backslash.", sign="\\\\"),
                _span(token),
            ) from None

    def word(self, token: lark.Token) -> bool | None:
        if token not in _CONSTANTS:
            hint = tr(
                'Values are numbers, True, False and None; write texts in quotes: "{word}".',
                word=str(token),
            )
            raise refused(tr("“{word}” is no value.", word=str(token)), hint, _span(token))
        return _CONSTANTS[token]

    def tuple_of(self, *values: Value) -> Value:
        return values

    def list_of(self, *values: Value) -> Value:
        return [*values]

    def item(self, key: lark.Token, value: Nested) -> tuple[lark.Token, Nested]:
        return key, value

    def dict_of(self, *items: tuple[lark.Token, Nested]) -> Nested:
        found: dict[str, Nested] = {}
        for token, value in items:
            key = self.string(token)
            if key in found:
                message = tr("{name} is given twice.", name=repr(key))
                raise refused(message, tr("Give it once."), _span(token))
            found[key] = value
        return found

    def named(self, name: lark.Token, value: Value) -> _Named:
        if "." in name:
            raise refused(tr("A name has no dot."), tr("Write name=value."), _span(name))
        return _Named(name, value)

    def option(self, name: lark.Token, value: Value) -> _Named:
        if name not in _OPTIONS:
            hint = tr("It takes {names} by name.", names=listed(_OPTIONS))
            raise refused(tr("An input takes no {name}.", name=str(name)), hint, _span(name))
        return _Named(name, value)

    def dtype(self, name: lark.Token, value: lark.Token) -> _Named:
        text = value.type == "STRING"
        return _Named(name, self.string(value) if text else _CONSTANTS.get(value, str(value)))

    def arguments(self, *given: Any) -> Arguments:
        keywords: dict[str, Value] = {}
        for name, value in (each for each in given if isinstance(each, _Named)):
            if name in keywords:
                message = tr("{name} is given twice.", name=str(name))
                raise refused(message, tr("Give it once."), _span(name))
            keywords[str(name)] = value
        return Arguments(tuple(v for v in given if not isinstance(v, _Named)), keywords)

    options = arguments

    def call(self, function: lark.Token, options: Arguments, closing: lark.Token) -> Call:
        span = (_span(function)[0], _span(closing)[1])
        return Call(function.removeprefix("torch."), options, span)

    def inputs(self, *given: Nested) -> tuple[Nested, ...]:
        return given


class _Nesting:
    """Refuses brackets that are nested too deep, as they are read."""

    always_accept = ()

    def process(self, tokens: Iterator[lark.Token]) -> Iterator[lark.Token]:
        """Hand the tokens on; raises ExpressionError at the bracket that is one too deep."""
        depth = 0
        for token in tokens:
            depth += (token.type in _OPENING) - (token.type in _CLOSING)
            if depth > _MAXIMUM_DEPTH:
                hint = tr("At most {most} deep.", most=_MAXIMUM_DEPTH)
                raise refused(tr("This is nested too deep."), hint, _span(token))
            yield token


@functools.cache
def _parser() -> lark.Lark:
    """Return lark's parser, made once and when it is first needed."""
    return lark.Lark(
        _GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        start=["arguments", "inputs"],
        transformer=_Reader(),
        postlex=_Nesting(),
    )


def read(text: str, rule: str) -> Any:
    """Return the Arguments in `text`, or the inputs by that rule; raises ExpressionError."""
    if len(text) > _MAXIMUM_CHARACTERS:
        raise refused(
            tr("This has {count} characters.", count=counted(len(text))),
            tr("At most {most} are allowed.", most=counted(_MAXIMUM_CHARACTERS)),
            (_MAXIMUM_CHARACTERS, _MAXIMUM_CHARACTERS),
        )
    try:
        # With an embedded transformer the start rule's value comes back, not lark's tree.
        return _parser().parse(text, start=rule)
    except lark.UnexpectedToken as error:
        at_end = error.token.type == "$END"
        span = (len(text), len(text)) if at_end else _span(error.token)
        raise _unexpected(text, span, error.accepts) from None
    except lark.UnexpectedCharacters as error:
        start = error.pos_in_stream or 0
        raise _unexpected(text, (start, start + 1), error.allowed or ()) from None


def _unexpected(text: str, span: Span, accepted: Collection[str]) -> ExpressionError:
    """Return the error that says which of the terminals in `accepted` is missing at the place."""
    found = text[slice(*span)]
    if found in ("'", '"'):
        return refused(tr("This text has no end."), tr(_CLOSE, bracket=found), span)
    likely = [terminal for terminal in _MISSING if terminal in accepted]
    if found in ("", ")", "]", "}", ";"):
        likely.sort(key=lambda terminal: terminal not in _CLOSING)
    missing = _MISSING[likely[0]]
    hint = tr(missing.hint, bracket=_BRACKETS.get(likely[0], ""), example=_IN_BRACES)
    return refused(missing.said_before(found), hint, span)


def _span(token: lark.Token) -> Span:
    return token.start_pos or 0, token.end_pos or 0
