"""Cut a text into tokens: for the parser, and for colours while the typing goes on."""

import re
from collections.abc import Collection
from typing import Final, NamedTuple

from gradviz.expression.functions import FUNCTIONS, function_named

HIGHLIGHT: Final[dict[str, str]] = {
    "NUMBER": "number",
    "SUPERSCRIPT": "number",
    "PI": "number",
    "VARIABLE": "variable",
    "RESULT": "variable",
    "PARAMETER": "parameter",
    "FUNCTION": "function",
    "PLUS": "operator",
    "MINUS": "operator",
    "TIMES": "operator",
    "DIVIDE": "operator",
    "POWER": "operator",
    "EQUALS": "operator",
    "OPEN": "bracket",
    "CLOSE": "bracket",
    "WORD": "unknown",
    "OTHER": "unknown",
}
"""For every kind of token the kind by which the window colours it."""

OPERAND_ENDS: Final = ("NUMBER", "SUPERSCRIPT", "PI", "VARIABLE", "PARAMETER", "CLOSE")
OPERAND_STARTS: Final = ("NUMBER", "PI", "VARIABLE", "PARAMETER", "FUNCTION", "OPEN")

_TOKEN: Final = re.compile(
    r"""
      (?P<SPACE>[ \t\r\n\u00a0\u2009\u202f]+)
    | (?P<NUMBER>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<WORD>[A-Za-z_][A-Za-z0-9_]*|π)
    | (?P<SUPERSCRIPT>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    | (?P<PLUS>\+)
    | (?P<MINUS>[-−–])
    | (?P<POWER>\^|\*\*)
    | (?P<TIMES>[*·×⋅∗])
    | (?P<DIVIDE>[/÷∕])
    | (?P<EQUALS>=)
    | (?P<OPEN>\()
    | (?P<CLOSE>\))
    | (?P<OTHER>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PARAMETER: Final = re.compile(r"[A-Za-z][0-9]*")
_WORDS: Final = {"x": "VARIABLE", "y": "RESULT", "pi": "PI", "π": "PI"}


class Token(NamedTuple):
    """A piece of the text: its kind (a terminal of the grammar), its characters, its place."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The place after the last character."""
        return self.start + len(self.text)


def scan(text: str) -> list[Token]:
    """Return all tokens of `text` without the spaces; whatever is no token is an OTHER."""
    found = []
    for match in _TOKEN.finditer(text):
        kind, piece = str(match.lastgroup), match[0]
        if kind == "WORD":
            kind = _word_kind(piece)
        if kind != "SPACE":
            found.append(Token(kind, piece, match.start()))
    if [token.kind for token in found[:2]] == ["RESULT", "EQUALS"]:
        return found
    # Without `y =` in front y is a letter like any other.
    return [_letter(token) if token.kind == "RESULT" else token for token in found]


def tokens(text: str, inputs: Collection[str] = ("y",)) -> list[tuple[int, int, str]]:
    """Return (start, length, kind) of each token to colour, in order, for any text.

    `inputs` are letters that are variables as x is.
    Kinds: number, variable, parameter, function, operator, bracket, unknown. Start and length
    count characters, of which one outside Unicode's first plane takes two in Qt's strings.
    """
    found = scan(text)
    return [
        (token.start, len(token.text), _highlight(token, index, found, inputs))
        for index, token in enumerate(found)
    ]


def _letter(result: Token) -> Token:
    """Return the token of y as a letter of the expression."""
    return result._replace(kind="PARAMETER")


def _word_kind(word: str) -> str:
    """Return the terminal for a run of letters, digits and underscores."""
    if word in _WORDS:
        return _WORDS[word]
    if word in FUNCTIONS:
        return "FUNCTION"
    if _PARAMETER.fullmatch(word):
        return "PARAMETER"
    if function_named(word):
        return "FUNCTION"
    return "PI" if word.lower() == "pi" else "WORD"


def _highlight(token: Token, index: int, found: list[Token], inputs: Collection[str]) -> str:
    """Return the colour of a token; `y` and `=` are known only as `y =` in front."""
    in_front = [other.kind for other in found[:2]] == ["RESULT", "EQUALS"] and index < 2
    if token.kind in ("RESULT", "EQUALS") and not in_front:
        return "unknown"
    return HIGHLIGHT["VARIABLE" if token.text in inputs else token.kind]
