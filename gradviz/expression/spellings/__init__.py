"""Other spellings of an expression, token by token, until the grammar's own are left.

Each pass takes tokens and gives tokens. The places stay those of the typed text, so that an error
is marked where it was typed; a token that the text only implies is empty, or has a made-up text.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from gradviz.expression.spellings.bare_calls import with_brackets
from gradviz.expression.spellings.bars import without_bars
from gradviz.expression.spellings.code import without_code
from gradviz.expression.spellings.decimal_commas import with_decimal_commas
from gradviz.expression.spellings.heads import without_head
from gradviz.expression.spellings.indexed_names import with_plain_names
from gradviz.expression.spellings.latex import without_latex
from gradviz.expression.tokens import Token

_Pass = Callable[[list[Token], str], list[Token]]


class _Spelling(NamedTuple):
    """A pass, and the kinds of token without any of which it has nothing to do."""

    kinds: frozenset[str]
    rewrite: _Pass


_SPELLINGS: Final = (
    _Spelling(frozenset({"COMMAND", "BEGIN", "OTHER"}), without_latex),
    _Spelling(frozenset({"DOT", "COLON", "AMPERSAND", "WORD"}), without_code),
    _Spelling(frozenset({"EQUALS"}), without_head),
    _Spelling(frozenset({"COMMA"}), with_decimal_commas),
    _Spelling(frozenset({"INDEXED", "PARAMETER"}), with_plain_names),
    _Spelling(frozenset({"BAR"}), without_bars),
    _Spelling(frozenset({"FUNCTION", "ROOT"}), with_brackets),
)


def spelled(tokens: Sequence[Token], text: str) -> list[Token]:
    """Return the tokens of `text` in the grammar's own spelling.

    Raises:
        ExpressionError: a spelling can be meant in several ways, or means nothing.
    """
    found = list(tokens)
    for spelling in _SPELLINGS:
        if any(token.kind in spelling.kinds for token in found):
            found = spelling.rewrite(found, text)
    return found
