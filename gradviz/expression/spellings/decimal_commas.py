"""Numbers with a decimal comma: 0,5x is 0.5x, where it cannot be two numbers."""

from typing import Final

from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import tr
from gradviz.expression.limits import refusal
from gradviz.expression.spellings.implied import CLOSING, OPENING
from gradviz.expression.tables.several import OPERATORS_BY_NAME, SEVERAL, several_named
from gradviz.expression.tokens import Token

#: A comma and this many digits group the thousands in English.
_GROUP: Final = 3


class _Bracket:
    """An open bracket: the function before it, and the commas in it."""

    def __init__(self, function: str, *, cases: bool) -> None:
        self.function = function
        self.cases = cases
        self.commas = 0
        self.doubtful: list[int] = []


def with_decimal_commas(tokens: list[Token], text: str) -> list[Token]:
    """Return the tokens with each decimal comma within its number; raises ExpressionError."""
    joined: set[int] = set()
    brackets = [_Bracket("", cases=False)]
    for index, token in enumerate(tokens):
        if token.kind in OPENING:
            before = tokens[index - 1] if index else None
            called = before is not None and before.kind in ("FUNCTION", "WORD")
            name = before.text if before is not None and called else ""
            brackets.append(_Bracket(name, cases=token.kind == "BEGIN"))
        elif token.kind in CLOSING and len(brackets) > 1:
            joined.update(_decimal(brackets.pop(), tokens, text))
        elif token.kind == "COMMA":
            brackets[-1].commas += 1
            if _may_be_decimal(tokens, index):
                brackets[-1].doubtful.append(index)
    for bracket in brackets:
        joined.update(_decimal(bracket, tokens, text))
    return _with_joined(tokens, joined, text)


def _may_be_decimal(tokens: list[Token], index: int) -> bool:
    """Tell whether the comma at `index` stands between digits, without spaces."""
    comma, around = tokens[index], tokens[index - 1 : index + 2 : 2] if index else []
    return (
        comma.text == ","
        and len(around) == 2
        and all(each.kind == "NUMBER" for each in around)
        and around[0].text.isdigit()
        and around[1].text[:1].isdigit()
        and around[0].end == comma.start
        and around[1].start == comma.end
    )


def _decimal(bracket: _Bracket, tokens: list[Token], text: str) -> list[int]:
    """Return the places of the commas that are decimal, of those in a bracket."""
    if not bracket.doubtful:
        return []
    if not bracket.cases and not _takes_several(bracket.function):
        return bracket.doubtful
    row = SEVERAL.get(several_named(bracket.function))
    most = bracket.commas + 1
    least = most - len(bracket.doubtful)
    if not bracket.cases:
        count = row.count if row else 2
        # So few arguments are only enough where each comma separates two of them.
        if most == count:
            return []
        if least == count and not (row and row.more):
            return bracket.doubtful
    raise _two_numbers(tokens, bracket.doubtful[0], text)


def _takes_several(function: str) -> bool:
    return bool(several_named(function)) or function in OPERATORS_BY_NAME


def _with_joined(tokens: list[Token], joined: set[int], text: str) -> list[Token]:
    found: list[Token] = []
    index = 0
    while index < len(tokens):
        if index + 1 in joined:
            if index + 3 in joined:
                raise _two_numbers(tokens, index + 1, text)
            number, after = tokens[index], tokens[index + 2]
            if len(after.text) == _GROUP and after.text.isdigit() and number.text.strip("0"):
                raise _thousands(number, after, text)
            found.append(Token("NUMBER", f"{number.text},{after.text}", number.start, after.end))
            index += 3
        else:
            found.append(tokens[index])
            index += 1
    return found


def _two_numbers(tokens: list[Token], comma: int, text: str) -> ExpressionError:
    first, second = tokens[comma - 1], tokens[comma + 1]
    return refusal(
        tr("{typed} may be one number or two.", typed=f"{first.text},{second.text}"),
        tr(
            "Write {number} for one, or a space behind the comma for two.",
            number=f"{first.text}.{second.text}",
        ),
        text,
        (first.start, second.end),
    )


def _thousands(number: Token, after: Token, text: str) -> ExpressionError:
    first, second = number.text, after.text
    return refusal(
        tr(
            "{typed} may be {whole} or {decimal}.",
            typed=f"{first},{second}",
            whole=f"{first}{second}",
            decimal=f"{first}.{second}",
        ),
        tr("Write it without a comma, or with a decimal point."),
        text,
        (number.start, after.end),
    )
