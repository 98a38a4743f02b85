"""Cut a text into tokens: for the parser, and for colours while the typing goes on."""

import re
from collections.abc import Collection
from typing import Final, NamedTuple

from gradviz.expression.functions import FUNCTIONS, function_named
from gradviz.expression.names import (
    GREEK_LETTERS,
    SUBSCRIPTS,
    parameter_named,
    without_subscripts,
)
from gradviz.expression.tables.several import is_called

HIGHLIGHT: Final[dict[str, str]] = {
    "NUMBER": "number",
    "SUPERSCRIPT": "number",
    "PI": "number",
    "EULER": "number",
    "VARIABLE": "variable",
    "INDEXED": "variable",
    "RESULT": "variable",
    "PARAMETER": "parameter",
    "FUNCTION": "function",
    "ROOT": "function",
    "COMMAND": "function",
    "IF": "operator",
    "ELSE": "operator",
    "AND": "operator",
    "OR": "operator",
    "PLUS": "operator",
    "MINUS": "operator",
    "TIMES": "operator",
    "DIVIDE": "operator",
    "MODULO": "operator",
    "POWER": "operator",
    "RELATION": "operator",
    "EQUALS": "operator",
    "COMMA": "operator",
    "COLON": "operator",
    "DOT": "operator",
    "AMPERSAND": "operator",
    "OPEN": "bracket",
    "CLOSE": "bracket",
    "BEGIN": "bracket",
    "END": "bracket",
    "BAR": "bracket",
    "WORD": "unknown",
    "OTHER": "unknown",
}
"""For every kind of token the kind by which the window colours it."""

OPERAND_ENDS: Final = ("NUMBER", "SUPERSCRIPT", "PI", "VARIABLE", "PARAMETER", "CLOSE", "END")
OPERAND_STARTS: Final = (
    *("NUMBER", "PI", "EULER", "VARIABLE", "PARAMETER", "FUNCTION", "OPEN", "BEGIN"),
)

FRACTIONS: Final = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"

_TOKEN: Final = re.compile(
    rf"""
      (?P<SPACE>[ \t\r\n\u00a0\u2009\u202f]+)
    | (?P<NUMBER>[0-9]*[{FRACTIONS}]|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<WORD>[A-Za-z_][A-Za-z0-9_]*[{SUBSCRIPTS}]*
        |[{GREEK_LETTERS}](?:_?[0-9]+|[{SUBSCRIPTS}]+)?|π)
    | (?P<SUPERSCRIPT>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    | (?P<PLUS>\+)
    | (?P<MINUS>[-−–])
    | (?P<POWER>\^|\*\*)
    | (?P<TIMES>[*·×⋅∗])
    | (?P<DIVIDE>[/÷∕])
    | (?P<MODULO>%)
    | (?P<RELATION>[<>=!]=|[<>≤≥≠])
    | (?P<EQUALS>=)
    | (?P<OPEN>\()
    | (?P<CLOSE>\))
    | (?P<BEGIN>\{{)
    | (?P<END>\}})
    | (?P<BAR>[|∣])
    | (?P<COMMA>[,;])
    | (?P<COLON>:)
    | (?P<DOT>\.)
    | (?P<ROOT>[√∛])
    | (?P<AND>∧)
    | (?P<OR>∨)
    | (?P<AMPERSAND>&)
    | (?P<COMMAND>\\(?:[A-Za-z]+|[ -~]))
    | (?P<OTHER>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_INDEXED_X: Final = re.compile(rf"x(?:_[0-9]+|[{SUBSCRIPTS}]+)")
_WORDS: Final = {
    "x": "VARIABLE",
    "y": "RESULT",
    "pi": "PI",
    "π": "PI",
    "mod": "MODULO",
    "if": "IF",
    "else": "ELSE",
    "otherwise": "ELSE",
    "and": "AND",
    "or": "OR",
}
#: An `e` before one of these is Euler's number.
_POWERS: Final = ("POWER", "SUPERSCRIPT")


class Token(NamedTuple):
    """A piece of the text: its kind (a terminal of the grammar), its characters, its place.

    A token that the text only implies, such as a bracket, may be empty or have another text.
    """

    kind: str
    text: str
    start: int
    end: int

    def called(self, kind: str, text: str | None = None) -> "Token":
        """Return a token of another kind, and perhaps another text, at the same place."""
        return Token(kind, self.text if text is None else text, self.start, self.end)


def scan(text: str) -> list[Token]:
    """Return all tokens of `text` without the spaces; whatever is no token is an OTHER."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind, piece = str(match.lastgroup), match[0]
        if kind == "SPACE":
            continue
        if kind == "WORD":
            kind = word_kind(piece)
        elif kind == "OPEN" and _is_called_mod(found):
            found[-1] = found[-1].called("FUNCTION")
        found.append(Token(kind, piece, match.start(), match.end()))
    return with_euler(_without_result(found))


def _without_result(found: list[Token]) -> list[Token]:
    """Return the tokens with y as a letter like any other, where no `y =` stands in front."""
    if [token.kind for token in found[:2]] == ["RESULT", "EQUALS"]:
        return found
    return [token.called("PARAMETER") if token.kind == "RESULT" else token for token in found]


def _is_called_mod(found: list[Token]) -> bool:
    """Tell whether the last token is a `mod` that joins nothing, so that its arguments follow."""
    joins = len(found) > 1 and found[-2].kind in OPERAND_ENDS
    return bool(found) and found[-1].text == "mod" and not joins


def with_euler(tokens: list[Token]) -> list[Token]:
    """Return the tokens with each `e` that has an exponent as Euler's number."""
    for index, token in enumerate(tokens[1:]):
        if token.kind in _POWERS and tokens[index][:2] == ("PARAMETER", "e"):
            tokens[index] = tokens[index].called("EULER")
    return tokens


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


def word_kind(word: str) -> str:
    """Return the terminal for a run of letters, digits and underscores."""
    if word in _WORDS:
        return _WORDS[word]
    plain = without_subscripts(word)
    if plain in FUNCTIONS:
        return "FUNCTION"
    if _INDEXED_X.fullmatch(word):
        return "INDEXED"
    if parameter_named(word):
        return "PARAMETER"
    if function_named(plain) or is_called(word):
        return "FUNCTION"
    return "PI" if word.lower() == "pi" else "WORD"


def _highlight(token: Token, index: int, found: list[Token], inputs: Collection[str]) -> str:
    """Return the colour of a token; `y` and `=` are known only as `y =` in front."""
    in_front = [other.kind for other in found[:2]] == ["RESULT", "EQUALS"] and index < 2
    if token.kind in ("RESULT", "EQUALS") and not in_front:
        return "unknown"
    return HIGHLIGHT["VARIABLE" if token.text in inputs else token.kind]
