"""Say in plain words why a text is no expression, and how to write one instead."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import marked, sentences, tr
from gradviz.expression.limits import refusal
from gradviz.expression.tokens import OPERAND_ENDS, Token
from gradviz.expression.word_hints import word_hint

_CHARACTER_HINTS: Final = {
    ".": marked("A decimal number has a digit before or after its point: 2.5."),
    "[": marked("Use round brackets ( )."),
    "]": marked("Use round brackets ( )."),
    "∜": marked("Write (x)^(1/4)."),
    "∞": marked("Numbers are finite."),
    "Σ": marked("A sum is written term by term."),
    "∑": marked("A sum is written term by term."),
    "Π": marked("A product is written factor by factor."),
    "∏": marked("A product is written factor by factor."),
    "!": marked("Write the number that a factorial is."),
}
_CASES: Final = marked("Cases are written {x < 0: -x, x}, or x if x > 0 else -x.")


def unexpected(text: str, tokens: Sequence[Token], index: int) -> ExpressionError:
    """Return the error for the token that cannot stand where it does.

    `index` is its place in `tokens`, and their count where the text ends too early.
    """
    previous = tokens[index - 1] if index else None
    found = tokens[index] if index < len(tokens) else None
    named = _named_argument(tokens, index)
    if named is not None:
        return _at(
            tr("An argument cannot be given by its name."),
            tr("Write all of them in order: clamp(x, 0, 1), or max(0, x) for one bound."),
            text,
            named,
        )
    if previous is not None and previous.kind == "FUNCTION":
        return _bare_function(text, previous, found)
    if found is None:
        return _ended(text, tokens)
    if not found.text or found.start >= len(text):
        # A bracket that a spelling implies, where what belongs in it is missing.
        message = tr("Here a number, x, a parameter or a bracket is expected.")
        return _at(message, tr("Write what is missing, such as x."), text, found)
    if found.kind in _BY_KIND:
        return _BY_KIND[found.kind](text, found)
    if previous is not None and previous.kind in OPERAND_ENDS:
        return _after_operand(text, previous, found)
    return _operand_missing(text, previous, found)


def _named_argument(tokens: Sequence[Token], index: int) -> Token | None:
    """Return the name of an argument that is given by its name, as in clamp(x, min=0)."""
    for place in (index - 1, index):
        around = tokens[max(0, place - 1) : place + 2]
        if (
            len(around) == 3
            and around[0].kind in ("OPEN", "COMMA")
            and around[1].kind in ("FUNCTION", "WORD")
            and around[2].kind == "EQUALS"
        ):
            return around[1]
    return None


def _ended(text: str, tokens: Sequence[Token]) -> ExpressionError:
    """Explain a text that ends too early."""
    if not tokens:
        hint = tr("Type one such as a + b x or 5x^3 + 2x^2.")
        return refusal(tr("There is no expression yet."), hint, text, (0, len(text)))
    last = tokens[-1]
    if last.kind not in OPERAND_ENDS:
        return _operand_missing(text, last, None)
    opened = unclosed_bracket(tokens)
    if opened is None:
        return _at(tr("This if has no else."), tr(_CASES), text, last)
    closing = "}" if opened.kind == "BEGIN" else ")"
    hint = tr("Write {bracket} where it ends.", bracket=closing)
    return _at(tr("This bracket is not closed."), hint, text, opened)


def unclosed_bracket(tokens: Sequence[Token]) -> Token | None:
    """Return the innermost opening bracket that has no closing one, if there is one."""
    waiting: list[Token] = []
    for token in tokens:
        if token.kind in ("OPEN", "BEGIN"):
            waiting.append(token)
        elif token.kind in ("CLOSE", "END") and waiting:
            waiting.pop()
    return waiting[-1] if waiting else None


def _operand_missing(text: str, previous: Token | None, found: Token | None) -> ExpressionError:
    """Explain that something with a value has to stand where `found` or the end is."""
    before = previous.text if previous else ""
    hint = tr("Take it out, or write what is missing before it.")
    if found is None and previous is not None:
        hint = tr("Go on typing, or take {sign} out.", sign=previous.text)
    return _at(_expected(before, _short(found) if found else ""), hint, text, found or previous)


def _expected(before: str, found: str) -> str:
    """Return that a value is expected behind `before`, or at the beginning, and not `found`."""
    if before and found:
        return tr(
            "After {before} a number, x, a parameter or a bracket is expected, not {found}.",
            before=before,
            found=found,
        )
    if before:
        return tr(
            "After {before} a number, x, a parameter or a bracket is expected.", before=before
        )
    if found:
        return tr(
            "At the beginning a number, x, a parameter or a bracket is expected, not {found}.",
            found=found,
        )
    return tr("At the beginning a number, x, a parameter or a bracket is expected.")


def _after_operand(text: str, previous: Token, found: Token) -> ExpressionError:
    """Explain a token that cannot follow a number, a letter or a closing bracket."""
    if found.kind in _PARTS:
        message, *hints = _PARTS[found.kind]
        told = tr(message, bracket=found.text)
        return _at(told, sentences(map(tr, hints)), text, found)
    shown = _short(found)
    if found.kind == previous.kind == "NUMBER" and found.start == previous.end:
        message = tr("{digits} is not a number.", digits=_short(previous) + shown)
        span = (previous.start, found.end)
        return refusal(message, tr("Use one decimal point."), text, span)
    message = tr(
        "Between {first} and {second} an operator is missing.",
        first=_short(previous),
        second=shown,
    )
    hint = tr("Write * {factor} for a product, or ^{factor} for a power.", factor=shown)
    return _at(message, hint, text, found)


def _bare_function(text: str, function: Token, found: Token | None) -> ExpressionError:
    """Explain that a function needs brackets."""
    name = function.text
    hint = tr("Write {form}.", form=f"{name}(x)")
    if found is not None and found.kind in ("POWER", "SUPERSCRIPT"):
        hint = tr("Write {name}(x)^2 for its square.", name=name)
    message = tr("The function {name} needs its argument in brackets.", name=name)
    return _at(message, hint, text, function)


def _result_used(text: str, token: Token) -> ExpressionError:
    """Explain that y is taken by `y =` in front."""
    return _at(
        tr("y is the result here and cannot be part of the expression too."),
        tr("Take y = out of the front to make y an input, or use another letter."),
        text,
        token,
    )


def _equals(text: str, token: Token) -> ExpressionError:
    """Explain where an equals sign may be."""
    hint = tr("Write only what y is: y = a + b x, or a + b x; in cases, {x = 0: 1, sin(x)/x}.")
    return _at(tr("= can only stand after y or f(x) in front."), hint, text, token)


def _unknown_word(text: str, token: Token) -> ExpressionError:
    """Explain a run of letters that is no function, with the nearest one or the product."""
    message = tr("{word} is no function and no parameter.", word=_short(token))
    called = text[token.end :].lstrip().startswith("(")
    return _at(message, word_hint(token.text, called=called), text, token)


def _unknown_character(text: str, token: Token) -> ExpressionError:
    """Explain a character that means nothing here."""
    character = token.text
    # One that cannot be seen is told by its number in Unicode.
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    message = tr("The character {character} has no meaning here.", character=shown)
    return _at(message, _character_hint(character), text, token)


def _character_hint(character: str) -> str:
    """Return the hint for a character that is not in the grammar."""
    if character in _CHARACTER_HINTS:
        return tr(_CHARACTER_HINTS[character])
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and plain.isascii() and plain.isprintable():
        return tr("Write the plain {character}.", character=plain)
    if character.isalpha():
        return tr("Parameters are the letters a to z and A to Z.")
    return tr("Use numbers, letters, + - * / ^ and round brackets.")


def _no_command(text: str, token: Token) -> ExpressionError:
    """Explain a command of LaTeX that stands by itself."""
    message = tr("{command} has no meaning here.", command=_short(token))
    return _at(message, tr("Take it out."), text, token)


def _short(token: Token) -> str:
    """Return the token's text, cut when it is long."""
    return token.text if len(token.text) <= 20 else token.text[:19] + "…"


def _at(message: str, hint: str, text: str, token: Token | None) -> ExpressionError:
    """Return the error that marks `token`, or the last character where it is behind the text."""
    if token is None:
        return refusal(message, hint, text, (0, 0))
    start = max(0, min(token.start, len(text) - 1))
    return refusal(message, hint, text, (start, min(token.end, len(text))))


_BY_KIND: Final = {
    "RESULT": _result_used,
    "EQUALS": _equals,
    "WORD": _unknown_word,
    "OTHER": _unknown_character,
    "DOT": _unknown_character,
    "AMPERSAND": _unknown_character,
    "COMMAND": _no_command,
}
#: Why a part cannot follow a value, and how it is written, in one sentence or several.
_PARTS: Final[dict[str, tuple[str, ...]]] = {
    "CLOSE": (marked("This ) closes no bracket."), marked("Take it out, or write ( earlier.")),
    "END": (marked("This {bracket} ends no cases."), _CASES),
    "RELATION": (marked("A comparison has no value of its own."), _CASES),
    "AND": (marked("Only conditions are joined by and."), _CASES),
    "OR": (marked("Only conditions are joined by or."), _CASES),
    "IF": (marked("This if is in the middle of something."), _CASES),
    "ELSE": (marked("This else has no condition before it."), _CASES),
    "COLON": (
        marked("A colon stands behind a condition only."),
        marked("A division is written with /."),
        _CASES,
    ),
    "COMMA": (
        marked("A comma separates arguments only."),
        marked("Write max(0, x) for arguments, and 2.5 or 2,5 for a decimal number."),
    ),
}
