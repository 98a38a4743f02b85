"""Code of Python with torch, numpy or math: torch.sin(x)**2, x.pow(2), lambda x: x**2.

The text is only read: modules are dropped, methods become functions, and nothing is executed.
"""

from typing import Final

from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import tr
from gradviz.expression.limits import refusal
from gradviz.expression.spellings.implied import in_brackets, opening_place
from gradviz.expression.tokens import OPERAND_ENDS, Token

_MODULES: Final = frozenset(
    {"torch", "np", "numpy", "math", "F", "nn", "functional", "special", "jnp", "jax", "tf"}
)
#: What may stand in front of the code of a function.
_FRONTS: Final = (
    ("lambda", "x", ":"),
    ("def", "", "(", "x", ")", ":", "return"),
    ("return",),
)
#: Names that torch and numpy have for the extreme along a dimension, with a second argument.
_ALONG: Final = ("max", "min")
_POWERS: Final = ("POWER", "SUPERSCRIPT")


def without_code(tokens: list[Token], text: str) -> list[Token]:
    """Return the tokens without modules and methods; raises ExpressionError for other dots."""
    found: list[Token] = []
    index = _front(tokens)
    while index < len(tokens):
        token = tokens[index]
        if _starts_module(tokens, index):
            index = _module_end(tokens, index)
            named, index = _of_module(tokens, index, text)
            found += named
        elif token.kind == "DOT":
            index = _method(tokens, index, found, text)
        else:
            found.append(token.called("AND") if token.kind == "AMPERSAND" else token)
            index += 1
    return found


def _front(tokens: list[Token]) -> int:
    """Return the number of tokens in front of the code of a function."""
    for front in _FRONTS:
        words = [token.text for token in tokens[: len(front)]]
        if len(words) == len(front) and all(
            each in ("", word) for each, word in zip(front, words, strict=True)
        ):
            return len(front)
    return 0


def _starts_module(tokens: list[Token], index: int) -> bool:
    return (
        tokens[index].text in _MODULES
        and index + 2 < len(tokens)
        and tokens[index + 1].kind == "DOT"
    )


def _module_end(tokens: list[Token], index: int) -> int:
    """Return the place of the name that belongs to the module at `index`."""
    while _starts_module(tokens, index):
        index += 2
    return index


def _of_module(tokens: list[Token], index: int, text: str) -> tuple[list[Token], int]:
    """Return the tokens for a name of a module, and where the text goes on."""
    token = tokens[index]
    following = tokens[index + 1].kind if index + 1 < len(tokens) else ""
    if token.text in _ALONG:
        raise _along(token, text)
    if token.kind == "FUNCTION":
        # A module of torch.nn is made first, and then called.
        kinds = [each.kind for each in tokens[index + 1 : index + 4]]
        made = kinds == ["OPEN", "CLOSE", "OPEN"]
        return [token], index + (3 if made else 1)
    if token.kind == "PI":
        return [token], index + 1
    if token.text == "e":
        if following in _POWERS:
            return [Token("EULER", token.text, tokens[index - 2].start, token.end)], index + 1
        one = Token("NUMBER", "1", token.start, token.end)
        return [
            token.called("FUNCTION", "exp"),
            *in_brackets([one], token.start, token.end),
        ], index + 1
    module = text[tokens[index - 2].start : token.end]
    raise refusal(
        tr("{name} is not among those that may be typed.", name=module[:40]),
        tr("Write its formula, or see in README.md which functions there are."),
        text,
        (token.start, token.end),
    )


def _method(tokens: list[Token], index: int, found: list[Token], text: str) -> int:
    """Put the function of a method before the value that it is called on; return where it ends."""
    dot, rest = tokens[index], tokens[index + 1 : index + 4]
    if not found or found[-1].kind not in OPERAND_ENDS:
        raise _stray(dot, text)
    kinds = [token.kind for token in rest]
    if kinds[:2] != ["FUNCTION", "OPEN"]:
        raise _unknown_method(dot, rest, text)
    if rest[0].text in _ALONG:
        raise _along(rest[0], text)
    start = _value_start(found, text)
    value = found[start:]
    name = Token("FUNCTION", rest[0].text, value[0].start, rest[0].end)
    found[start:] = [name, rest[1].called("OPEN", "("), *value]
    if kinds[2:] == ["CLOSE"]:
        return index + 3
    found.append(rest[1].called("COMMA", ","))
    return index + 3


def _value_start(found: list[Token], text: str) -> int:
    """Return where the value begins that the last token ends."""
    if found[-1].kind not in ("CLOSE", "END"):
        return len(found) - 1
    start = opening_place(found, text)
    return start - 1 if start and found[start - 1].kind == "FUNCTION" else start


def _along(token: Token, text: str) -> ExpressionError:
    if token.text == "max":
        message = tr("This max may be the largest number along a dimension.")
        hint = tr("Write max(a, b), or torch.maximum(a, b), for that of two.")
    else:
        message = tr("This min may be the smallest number along a dimension.")
        hint = tr("Write min(a, b), or torch.minimum(a, b), for that of two.")
    return refusal(
        message,
        hint,
        text,
        (token.start, token.end),
    )


def _stray(dot: Token, text: str) -> ExpressionError:
    return refusal(
        tr("The character {character} has no meaning here.", character="."),
        tr("A decimal number has a digit before or after its point: 2.5."),
        text,
        (dot.start, dot.end),
    )


def _unknown_method(dot: Token, rest: list[Token], text: str) -> ExpressionError:
    if not rest or rest[0].start != dot.end or not rest[0].text[:1].isalpha():
        return _stray(dot, text)
    name = rest[0]
    return refusal(
        tr("{name} is no function that may be typed.", name=f".{name.text[:20]}"),
        tr("Methods such as x.sin() and x.pow(2) are taken."),
        text,
        (name.start, name.end),
    )
