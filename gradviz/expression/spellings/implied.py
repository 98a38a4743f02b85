"""Tokens that a text only implies, and the brackets in a row of tokens."""

from collections.abc import Sequence

from gradviz.core.errors import ExpressionError
from gradviz.expression.limits import MAX_DEPTH, too_deep
from gradviz.expression.tokens import Token

OPENING = ("OPEN", "BEGIN")
CLOSING = ("CLOSE", "END")


def opening(place: int) -> Token:
    """Return a bracket that nobody has typed."""
    return Token("OPEN", "", place, place)


def closing(place: int) -> Token:
    """Return a closing bracket that nobody has typed."""
    return Token("CLOSE", "", place, place)


def is_implied(token: Token) -> bool:
    """Tell whether nobody has typed the token."""
    return token.start == token.end


def in_brackets(inner: Sequence[Token], start: int, end: int) -> list[Token]:
    """Return tokens in brackets that stand for all from `start` to `end`."""
    return [opening(start), *inner, closing(end)]


def closing_place(tokens: Sequence[Token], start: int, text: str) -> int:
    """Return the index of the bracket that closes the one at `start`; the count without one."""
    depth = 0
    for index in range(start, len(tokens)):
        kind = tokens[index].kind
        if kind in OPENING:
            depth += 1
            if depth > MAX_DEPTH:
                raise _deep(tokens[index], text)
        elif kind in CLOSING:
            depth -= 1
            if depth == 0:
                return index
    return len(tokens)


def opening_place(tokens: Sequence[Token], text: str) -> int:
    """Return the index of the bracket that the last token closes; 0 without one."""
    depth = 0
    for index in range(len(tokens) - 1, -1, -1):
        kind = tokens[index].kind
        if kind in CLOSING:
            depth += 1
            if depth > MAX_DEPTH:
                raise _deep(tokens[index], text)
        elif kind in OPENING:
            depth -= 1
            if depth == 0:
                return index
    return 0


def _deep(token: Token, text: str) -> ExpressionError:
    return too_deep(text, (token.start, token.end))
