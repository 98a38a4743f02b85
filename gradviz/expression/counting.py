"""Count terms, factors and nesting in the tokens, before any time goes into a tree of them."""

from collections.abc import Sequence
from typing import Final, Literal

from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.expression.limits import MAX_DEPTH, MAX_TERMS, refusal, too_deep
from gradviz.expression.tokens import OPERAND_ENDS, OPERAND_STARTS, Token

_Role = Literal["open", "close", "term", "factor", "nested", "none"]
_SIGN_ROLES: Final[dict[str, _Role]] = {
    "PLUS": "term",
    "TIMES": "factor",
    "DIVIDE": "factor",
    "POWER": "nested",
    "SUPERSCRIPT": "nested",
    "OPEN": "open",
    "CLOSE": "close",
    "BEGIN": "open",
    "END": "close",
    "MODULO": "factor",
    "COMMA": "term",
    "IF": "nested",
    "ELSE": "nested",
    "AND": "term",
    "OR": "term",
}


def check_counts(tokens: Sequence[Token], text: str) -> None:
    """Raise ExpressionError at the first token that is one term, factor or level too many."""
    terms, factors, chain = 1, 1, 0
    outside: list[tuple[int, int]] = []
    after_operand = False
    for token in tokens:
        if after_operand and token.kind in OPERAND_STARTS:
            factors, chain = factors + 1, 0
        match _role(token.kind, after_operand):
            case "open":
                outside.append((factors, chain))
                factors, chain = 1, 0
            case "close" if outside:
                factors, chain = outside.pop()
            case "term":
                terms, factors, chain = terms + 1, 1, 0
            case "factor":
                factors, chain = factors + 1, 0
            case "nested":
                chain += 1
        if max(terms, factors) > MAX_TERMS:
            raise _too_long(text, token)
        if max(chain, len(outside)) > MAX_DEPTH:
            raise too_deep(text, (token.start, token.end))
        after_operand = token.kind in OPERAND_ENDS


def _role(kind: str, after_operand: bool) -> _Role:
    """Return the count that a token raises; a minus begins a term only behind an operand."""
    if kind == "MINUS":
        return "term" if after_operand else "nested"
    return _SIGN_ROLES.get(kind, "none")


def _too_long(text: str, token: Token) -> ExpressionError:
    """Return the error for the first term or factor too many, which begins at `token`."""
    return refusal(
        tr("There are more than {most} terms or factors.", most=counted(MAX_TERMS)),
        tr("Write a shorter expression."),
        text,
        (token.start, len(text)),
    )
