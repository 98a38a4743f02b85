"""The name in front of an expression: f(x) = x^2 is x^2."""

from gradviz.expression.tokens import Token

_HEADS = (
    ("PARAMETER", "OPEN", "VARIABLE", "CLOSE", "EQUALS"),
    ("RESULT", "OPEN", "VARIABLE", "CLOSE", "EQUALS"),
    ("PARAMETER", "EQUALS"),
)


def without_head(tokens: list[Token], text: str) -> list[Token]:
    """Return the tokens behind `f(x) =` or `f =`, where that letter does not occur again."""
    kinds = tuple(token.kind for token in tokens[:5])
    for head in _HEADS:
        rest = tokens[len(head) :]
        if kinds[: len(head)] == head and all(each.text != tokens[0].text for each in rest):
            return rest
    return tokens
