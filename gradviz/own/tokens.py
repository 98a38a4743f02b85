"""What is typed beside a model, cut into tokens, with the place of everything."""

import ast
import math
import re
from typing import Final, NamedTuple

from gradviz.core.errors import ExpressionError

MAXIMUM_CHARACTERS: Final = 4096
_LONGEST_NUMBER: Final = 40
_TOKEN: Final = re.compile(
    r"""
      (?P<SPACE>\s+)
    | (?P<NUMBER>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<NAME>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
    | (?P<STRING>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | (?P<SIGN>[()\[\],;=])
    | (?P<OTHER>.)
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A piece of the text: its kind, its characters, its place; empty at the end of the text."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The place after the last character."""
        return self.start + len(self.text)


class Tokens:
    """Hands the tokens of `text` over, one by one.

    Raises:
        ExpressionError: the text is too long.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.all = [
            Token(str(match.lastgroup), match[0], match.start())
            for match in _TOKEN.finditer(text)
            if match.lastgroup != "SPACE"
        ]
        self._at = 0
        if len(text) > MAXIMUM_CHARACTERS:
            raise ExpressionError(
                f"This has {len(text):,} characters.",
                f"At most {MAXIMUM_CHARACTERS:,} are allowed.",
                text=text,
                position=MAXIMUM_CHARACTERS,
            )

    @property
    def next(self) -> Token:
        """Return the token that is to come; one without characters at the end."""
        at_end = self._at >= len(self.all)
        return Token("END", "", len(self._text)) if at_end else self.all[self._at]

    @property
    def last(self) -> Token:
        """Return the token that was read last, or the first one."""
        return self.all[self._at - 1] if self._at else self.next

    @property
    def at_end(self) -> bool:
        """Tell whether all is read."""
        return self._at >= len(self.all)

    def advance(self) -> None:
        """Go on to the next token."""
        self._at += 1

    def stands_at(self, sign: str) -> bool:
        """Tell whether `sign` is to come, with an empty one the end of the text."""
        return self.next.text == sign

    def expect(self, sign: str, hint: str) -> None:
        """Read `sign`; raises ExpressionError where something else stands."""
        token = self.next
        if token.text != sign:
            found = f"not “{token.text}”" if token.text else "but the text ends"
            raise self.error(f"“{sign}” is expected here, {found}.", hint, token)
        self.advance()

    def take_keyword(self) -> Token | None:
        """Read `name =` and return the name; read nothing and return None where none stands."""
        here, behind = self.all[self._at : self._at + 1], self.all[self._at + 1 : self._at + 2]
        if here and behind and here[0].kind == "NAME" and behind[0].text == "=":
            if "." in here[0].text:
                raise self.error("A name has no dot.", "Write name=value.", here[0])
            self._at += 2
            return here[0]
        return None

    def error(
        self, message: str, hint: str, first: Token, last: Token | None = None
    ) -> ExpressionError:
        """Return the error that marks the text from `first` to `last`."""
        end = (last or first).end
        return ExpressionError(
            message,
            hint,
            text=self._text,
            position=first.start,
            length=max(1, end - first.start),
        )


def literal(tokens: Tokens, token: Token) -> int | float | str:
    """Return the number or the string that a token is; raises ExpressionError."""
    if token.kind == "NUMBER" and len(token.text) > _LONGEST_NUMBER:
        raise tokens.error("This number is too long.", "Write it shorter, such as 1e9.", token)
    if token.kind == "NUMBER":
        whole = token.text.lstrip("+-").isdigit()
        number = int(token.text) if whole else float(token.text)
        if not math.isfinite(number):
            raise tokens.error("This number is not finite.", "Write a smaller one.", token)
        return number
    try:
        return str(ast.literal_eval(token.text))
    except (SyntaxError, ValueError):
        raise tokens.error(
            "This text has a backslash that means nothing.", "Write \\\\ for a backslash.", token
        ) from None
