"""Absolute values between bars: |x| becomes abs(x)."""

from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import tr
from gradviz.expression.limits import refusal
from gradviz.expression.spellings.implied import CLOSING, OPENING
from gradviz.expression.tokens import OPERAND_ENDS, Token


def without_bars(tokens: list[Token], text: str) -> list[Token]:
    """Return the tokens with a call of abs for each pair of bars; raises ExpressionError.

    A bar behind a number, a letter or a bracket closes the last one that is open, if any is.
    """
    found: list[Token] = []
    outside: list[Token] = []
    for token in tokens:
        if token.kind != "BAR":
            if token.kind in OPENING:
                outside.append(token)
            elif token.kind in CLOSING and outside:
                last = outside.pop()
                if last.kind == "BAR":
                    raise _unpaired(last, text)
            found.append(token)
        elif found and found[-1].kind in OPERAND_ENDS and outside and outside[-1].kind == "BAR":
            outside.pop()
            found.append(token.called("CLOSE"))
        else:
            outside.append(token)
            found += [token.called("FUNCTION", "abs"), token.called("OPEN")]
    unpaired = [token for token in outside if token.kind == "BAR"]
    if unpaired:
        raise _unpaired(unpaired[-1], text)
    return found


def _unpaired(token: Token, text: str) -> ExpressionError:
    return refusal(
        tr("The bars of an absolute value are not in pairs here."),
        tr("Write abs(...), which can be nested."),
        text,
        (token.start, token.end),
    )
