"""The letter e: Euler's number where it has an exponent, and a parameter anywhere else.

Either can be made the other by its spelling: `(e)^x` is a power of the parameter, and exp(1) is the
number without an exponent. So a text says by itself how its e is taken.
"""

from typing import Final, Literal

from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import marked
from gradviz.expression.networks import names_network
from gradviz.expression.spellings import spelled
from gradviz.expression.tokens import Token, scan

Reading = Literal["number", "parameter", "both", ""]
"""How the e of a text is taken; empty where there is none."""

NOTES: Final[dict[Reading, str]] = {
    "number": marked("e is Euler's number, 2.718…"),
    "parameter": marked("e is a parameter."),
    "both": marked("e is Euler's number where it has an exponent, and a parameter elsewhere."),
    "": "",
}
"""The reading in a sentence, which is translated where it is shown."""


def reading_of_e(text: str) -> Reading:
    """Return how the e of `text` is taken; empty where the text is no expression."""
    kinds = {token.kind for token in _tokens(text) if token.text == "e"}
    if kinds >= {"EULER", "PARAMETER"}:
        return "both"
    return "number" if "EULER" in kinds else "parameter" if "PARAMETER" in kinds else ""


def with_e(text: str, reading: Literal["number", "parameter"]) -> str:
    """Return `text` with each e written so that it is taken as `reading`."""
    tokens = _tokens(text)
    # From the right, so that the places before stay what they are.
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.text != "e":
            continue
        start, end, written = token.start, token.end, "(e)"
        if reading == "number":
            if token.kind != "PARAMETER":
                continue
            alone = _is_power_of_bracket(tokens, index)
            start = tokens[index - 1].start if alone else start
            end = tokens[index + 1].end if alone else end
            written = "e" if alone else "exp(1)"
        elif token.kind != "EULER":
            continue
        text = f"{text[:start]}{written}{text[end:]}"
    return text


def _tokens(text: str) -> list[Token]:
    if names_network(text):
        return []
    try:
        return spelled(scan(text), text)
    except ExpressionError:
        return []


def _is_power_of_bracket(tokens: list[Token], index: int) -> bool:
    """Tell whether the e at `index` stands alone in a bracket that has an exponent."""
    around = [token.kind for token in tokens[max(0, index - 1) : index + 3]]
    return around in (
        ["OPEN", "PARAMETER", "CLOSE", "POWER"],
        ["OPEN", "PARAMETER", "CLOSE", "SUPERSCRIPT"],
    )
