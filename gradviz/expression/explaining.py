"""Say in plain words why a text is no expression, and how to write one instead."""

import difflib
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from gradviz.core.errors import ExpressionError
from gradviz.expression.functions import FUNCTIONS
from gradviz.expression.limits import refusal
from gradviz.expression.tokens import OPERAND_ENDS, Token

_EXPECTED: Final = "a number, x, a parameter or a bracket is expected"
#: Words for which no function is meant.
_POWERS: Final = {"pow": "x^2", "square": "x^2"}
_CHARACTER_HINTS: Final = {
    ",": "A decimal number is written with a point: 2.5.",
    ".": "A decimal number has a digit before or after its point: 2.5.",
    "[": "Use round brackets ( ).",
    "]": "Use round brackets ( ).",
    "{": "Use round brackets ( ).",
    "}": "Use round brackets ( ).",
    ":": "A division is written with /.",
}


def unexpected(text: str, tokens: Sequence[Token], index: int) -> ExpressionError:
    """Return the error for the token that cannot stand where it does.

    `index` is its place in `tokens`, and their count where the text ends too early.
    """
    previous = tokens[index - 1] if index else None
    found = tokens[index] if index < len(tokens) else None
    if previous is not None and previous.kind == "FUNCTION":
        return _bare_function(text, previous, found)
    if found is None:
        return _ended(text, tokens)
    if previous is not None and previous.kind == "RESULT":
        return _result_used(text, previous)
    if found.kind in _BY_KIND:
        return _BY_KIND[found.kind](text, found)
    if previous is not None and previous.kind in OPERAND_ENDS:
        return _after_operand(text, previous, found)
    return _operand_missing(text, previous, found)


def _ended(text: str, tokens: Sequence[Token]) -> ExpressionError:
    """Explain a text that ends too early."""
    if not tokens:
        hint = "Type one such as a + b x or 5x^3 + 2x^2."
        return refusal("There is no expression yet.", hint, text, (0, len(text)))
    last = tokens[-1]
    if last.kind == "RESULT":
        return _result_used(text, last)
    if last.kind not in OPERAND_ENDS:
        return _operand_missing(text, last, None)
    opened = unclosed_bracket(tokens)
    return refusal(
        "This bracket is not closed.", "Write ) where it ends.", text, (opened.start, opened.end)
    )


def unclosed_bracket(tokens: Sequence[Token]) -> Token:
    """Return the innermost opening bracket that has no closing one."""
    waiting: list[Token] = []
    for token in tokens:
        if token.kind == "OPEN":
            waiting.append(token)
        elif token.kind == "CLOSE":
            waiting.pop()
    return waiting[-1]


def _operand_missing(text: str, previous: Token | None, found: Token | None) -> ExpressionError:
    """Explain that something with a value has to stand where `found` or the end is."""
    where = "At the beginning" if previous is None else f"After {previous.text}"
    instead = "" if found is None else f", not {_short(found)}"
    hint = "Take it out, or write what is missing before it."
    if found is None and previous is not None:
        hint = f"Go on typing, or take {previous.text} out."
    return _at(f"{where} {_EXPECTED}{instead}.", hint, text, found or previous)


def _after_operand(text: str, previous: Token, found: Token) -> ExpressionError:
    """Explain a token that cannot follow a number, a letter or a closing bracket."""
    if found.kind == "CLOSE":
        return _at("This ) closes no bracket.", "Take it out, or write ( earlier.", text, found)
    shown = _short(found)
    if found.kind == previous.kind == "NUMBER" and found.start == previous.end:
        message = f"{_short(previous)}{shown} is not a number."
        span = (previous.start, found.end)
        return refusal(message, "Use one decimal point.", text, span)
    message = f"Between {_short(previous)} and {shown} an operator is missing."
    return _at(message, f"Write * {shown} for a product, or ^{shown} for a power.", text, found)


def _bare_function(text: str, function: Token, found: Token | None) -> ExpressionError:
    """Explain that a function needs brackets."""
    name = function.text
    hint = f"Write {name}(x)."
    if found is not None and found.kind in ("POWER", "SUPERSCRIPT"):
        hint = f"Write {name}(x)^2 for its square."
    return _at(f"The function {name} needs its argument in brackets.", hint, text, function)


def _result_used(text: str, token: Token) -> ExpressionError:
    """Explain that y is taken."""
    return _at(
        "y is the result and cannot be part of the expression.",
        "Use another letter; y may only stand in front, as in y = a + b x.",
        text,
        token,
    )


def _equals(text: str, token: Token) -> ExpressionError:
    """Explain where an equals sign may be."""
    hint = "Write only what y is: y = a + b x, or a + b x."
    return _at("= can only stand after y in front.", hint, text, token)


def _unknown_word(text: str, token: Token) -> ExpressionError:
    """Explain a run of letters that is no function, with the nearest one or the product."""
    message = f"{_short(token)} is no function and no parameter."
    return _at(message, _word_hint(token.text), text, token)


def _word_hint(word: str) -> str:
    """Return the likely meaning of an unknown word, as a hint."""
    factors = _factors(word)
    whole = "".join(factors) == word
    if whole and factors[-1] in FUNCTIONS and len(factors) <= 3:
        return f"A product is written with spaces: {' '.join(factors)}(x)."
    name = factors[0] if whole and factors[0] in FUNCTIONS else _nearest(word)
    if name:
        return f"Did you mean {name}(x)?" if name in FUNCTIONS else f"Did you mean {name}?"
    if whole and 1 < len(factors) <= 4:
        return f"A product is written with spaces: {' '.join(factors)}."
    return (
        "A parameter is a letter, or a letter followed by digits, such as w1; "
        f"the functions are {', '.join(FUNCTIONS)}."
    )


def _factors(word: str) -> list[str]:
    """Return the functions, pi and parameters that follow one another in `word`."""
    names = [*sorted(FUNCTIONS, key=len, reverse=True), "pi"]
    return re.findall("|".join(map(re.escape, names)) + "|[A-Za-z][0-9]*", word)


def _nearest(word: str) -> str:
    """Return the function, `pi` or the power that has a name like `word`, or nothing."""
    lower = word.lower()
    names = {name.lower(): name for name in (*FUNCTIONS, "pi")}
    exact = _POWERS.get(lower) or _with_synonym(lower) or names.get(lower)
    if exact:
        return exact
    if not 3 <= len(word) <= 20:
        return ""
    near = difflib.get_close_matches(lower, names, n=1, cutoff=0.7)
    return names[near[0]] if near else ""


def _with_synonym(synonym: str) -> str:
    """Return the function for which `synonym` may be typed, or nothing."""
    return next((row.name for row in FUNCTIONS.values() if synonym in row.synonyms), "")


def _unknown_character(text: str, token: Token) -> ExpressionError:
    """Explain a character that means nothing here."""
    return _at(
        f"{_named(token.text)} has no meaning here.", _character_hint(token.text), text, token
    )


def _named(character: str) -> str:
    """Return the character with its Unicode number where it cannot be seen."""
    number = f"U+{ord(character):04X}"
    return f"The character {character}" if character.isprintable() else f"The character {number}"


def _character_hint(character: str) -> str:
    """Return the hint for a character that is not in the grammar."""
    if character in _CHARACTER_HINTS:
        return _CHARACTER_HINTS[character]
    name = _with_synonym(character)
    if name:
        return f"{FUNCTIONS[name].called} is written {name}(x)."
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and plain.isascii() and plain.isprintable():
        return f"Write the plain {plain}."
    if character.isalpha():
        return "Parameters are the letters a to z and A to Z."
    return "Use numbers, letters, + - * / ^ and round brackets."


def _short(token: Token) -> str:
    """Return the token's text, cut when it is long."""
    return token.text if len(token.text) <= 20 else token.text[:19] + "…"


def _at(message: str, hint: str, text: str, token: Token | None) -> ExpressionError:
    """Return the error that marks `token`."""
    return refusal(message, hint, text, (token.start, token.end) if token else (0, 0))


_BY_KIND: Final = {
    "RESULT": _result_used,
    "EQUALS": _equals,
    "WORD": _unknown_word,
    "OTHER": _unknown_character,
}
