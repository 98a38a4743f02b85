"""Names with an index, and names that are those of a function that cannot be typed."""

from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import tr
from gradviz.expression.limits import refusal
from gradviz.expression.names import without_subscripts
from gradviz.expression.tokens import Token

#: Parameters whose names are those of functions.
_FUNCTIONS_ELSEWHERE = {
    "gamma": "gamma",
    "Gamma": "gamma",
    "Γ": "gamma",
    "beta": "beta",
    "zeta": "zeta",
    "ζ": "zeta",
}


def with_plain_names(tokens: list[Token], text: str) -> list[Token]:
    """Return the tokens with x for a single x₁; raises ExpressionError where two are meant.

    There is one input. Beside x, an x₁ is something else, which has another name here.
    """
    inputs = {
        without_subscripts(token.text)
        for token in tokens
        if token.kind in ("INDEXED", "VARIABLE") or token.text.rstrip("0123456789") == "x"
    }
    found = []
    for index, token in enumerate(tokens):
        if token.kind == "INDEXED":
            if len(inputs) > 1:
                raise _second_input(token, inputs, text)
            found.append(token.called("VARIABLE"))
            continue
        if token.text in _FUNCTIONS_ELSEWHERE:
            _check_no_call(token, tokens[index + 1 : index + 2], text)
        found.append(token)
    return found


def _second_input(token: Token, inputs: set[str], text: str) -> ExpressionError:
    plain = without_subscripts(token.text)
    other = min(inputs - {plain})
    return refusal(
        tr("{name} cannot stand beside {other}: there is one input.", name=token.text, other=other),
        tr(
            "Write x for the input, and another letter, such as {letter}, for a parameter.",
            letter=f"w{plain[1:]}",
        ),
        text,
        (token.start, token.end),
    )


def _check_no_call(token: Token, following: list[Token], text: str) -> None:
    """Raise ExpressionError where a bracket follows at once, as behind a function."""
    if following and following[0].kind == "OPEN" and following[0].start == token.end:
        name = _FUNCTIONS_ELSEWHERE[token.text]
        raise refusal(
            tr("The {name} function cannot be typed.", name=name),
            tr("Write {name} * (...) for a product with the parameter {name}.", name=token.text),
            text,
            (token.start, token.end),
        )
