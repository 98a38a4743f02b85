r"""LaTeX as it is pasted: \frac{a}{b}, \sqrt{x}, e^{-x}, \begin{cases}…\end{cases}."""

from itertools import pairwise
from typing import Final

from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import tr
from gradviz.expression.functions import function_named
from gradviz.expression.limits import MAX_DEPTH, refusal, too_deep
from gradviz.expression.names import parameter_named
from gradviz.expression.spellings.implied import in_brackets
from gradviz.expression.tables.several import several_named
from gradviz.expression.tokens import Token, scan, with_euler, word_kind

#: Commands that are only about looks.
_DROPPED: Final = frozenset(
    {"left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "quad", "qquad"}
    | {"displaystyle", "textstyle", "limits", "mathstrut", ",", ";", ":", "!", " ", "$"}
)
#: Commands that are one token of the grammar: its kind and its text.
_SIGNS: Final = {
    "cdot": ("TIMES", "*"),
    "times": ("TIMES", "*"),
    "ast": ("TIMES", "*"),
    "div": ("DIVIDE", "/"),
    "bmod": ("MODULO", "mod"),
    "mod": ("MODULO", "mod"),
    "lt": ("RELATION", "<"),
    "gt": ("RELATION", ">"),
    "le": ("RELATION", "<="),
    "leq": ("RELATION", "<="),
    "leqslant": ("RELATION", "<="),
    "ge": ("RELATION", ">="),
    "geq": ("RELATION", ">="),
    "geqslant": ("RELATION", ">="),
    "ne": ("RELATION", "!="),
    "neq": ("RELATION", "!="),
    "land": ("AND", "and"),
    "wedge": ("AND", "and"),
    "lor": ("OR", "or"),
    "vee": ("OR", "or"),
    "vert": ("BAR", "|"),
    "lvert": ("BAR", "|"),
    "rvert": ("BAR", "|"),
    "|": ("BAR", "|"),
    "{": ("BEGIN", "{"),
    "}": ("END", "}"),
    "%": ("MODULO", "%"),
    "rfloor": ("CLOSE", ")"),
    "rceil": ("CLOSE", ")"),
    "pi": ("PI", "pi"),
    "varepsilon": ("PARAMETER", "epsilon"),
    "vartheta": ("PARAMETER", "theta"),
    "varphi": ("PARAMETER", "phi"),
    "varrho": ("PARAMETER", "rho"),
}
_ROUNDED: Final = {"lfloor": "floor", "lceil": "ceil"}
_FRACTIONS: Final = ("frac", "dfrac", "tfrac")
#: Commands that set words, of which the letters count.
_WORDS: Final = ("mathrm", "operatorname", "text", "textrm", "mathit", "mathbf", "mathop")
#: Words before the condition of a case, and those for all that is left.
_IF: Final = ("if", "for", "when", "where")
_ELSE: Final = ("otherwise", "else", "sonst")
_LONGEST_PRODUCT: Final = 4


def without_latex(tokens: list[Token], text: str) -> list[Token]:
    """Return the tokens of LaTeX in the grammar's spelling; raises ExpressionError.

    In LaTeX letters side by side are a product: ax is a x there. A text without a command and
    without a group in braces as exponent or index is none.
    """
    if not _is_latex(tokens):
        return tokens
    return with_euler(_Reader(tokens, text).all())


def _is_latex(tokens: list[Token]) -> bool:
    pairs = pairwise(tokens)
    return any(token.kind == "COMMAND" or token.text == "$" for token in tokens) or any(
        after.kind == "BEGIN" and (before.kind == "POWER" or before.text.endswith("_"))
        for before, after in pairs
    )


class _Reader:
    """Reads tokens from left to right; a group within a group is read by itself."""

    def __init__(self, tokens: list[Token], text: str) -> None:
        self._tokens = tokens
        self._text = text
        self._at = 0
        self._depth = 0

    def all(self) -> list[Token]:
        """Return all tokens in the grammar's spelling."""
        found: list[Token] = []
        while self._at < len(self._tokens):
            found += self._next(found)
        return found

    def _peek(self, ahead: int = 0) -> Token | None:
        place = self._at + ahead
        return self._tokens[place] if place < len(self._tokens) else None

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _next(self, before: list[Token]) -> list[Token]:
        """Return the next part, in the grammar's spelling."""
        token = self._take()
        if token.kind == "COMMAND":
            return self._command(token, token.text[1:])
        if token.kind == "BEGIN":
            if self._is_cases():
                return [token]
            self._at -= 1
            return self._argument(token)
        if token.kind == "OTHER" and token.text == "$":
            return []
        if token.text.endswith("_") and self._is(0, "BEGIN"):
            return self._indexed(token, before)
        if token.text.startswith("_") and _is_name(before):
            return [self._joined(before.pop(), token.text[1:], token.end)]
        return _letters(token) if token.kind == "WORD" else [token]

    def _is(self, ahead: int, kind: str) -> bool:
        token = self._peek(ahead)
        return token is not None and token.kind == kind

    def _is_cases(self) -> bool:
        """Tell whether the brace that was just taken holds cases, as those with a colon do."""
        depth = 1
        for token in self._tokens[self._at :]:
            depth += (token.kind == "BEGIN") - (token.kind == "END")
            if depth == 0:
                return False
            if depth == 1 and token.kind == "COLON":
                return True
        return False

    def _command(self, token: Token, name: str) -> list[Token]:
        """Return the tokens of a command, and of the groups that belong to it."""
        if name in _SIGNS:
            return [token.called(*_SIGNS[name])]
        if name in _ROUNDED:
            return [token.called("FUNCTION", _ROUNDED[name]), token.called("OPEN", "(")]
        if name in _DROPPED:
            return self._dropped(name)
        if name in _FRACTIONS:
            return self._fraction(token)
        if name == "sqrt":
            return self._root(token)
        if name == "begin":
            return self._cases(token)
        return self._word(token) if name in _WORDS else self._named(token, name)

    def _dropped(self, name: str) -> list[Token]:
        """Pass over a command that is only about looks."""
        if name in ("left", "right") and self._is(0, "DOT"):
            self._take()
        return []

    def _fraction(self, token: Token) -> list[Token]:
        over, under = self._argument(token), self._argument(token)
        divided = [*over, token.called("DIVIDE", "/"), *under]
        return in_brackets(divided, token.start, under[-1].end)

    def _named(self, token: Token, name: str) -> list[Token]:
        """Return a Greek letter or a function by its name; raises ExpressionError for others."""
        if parameter_named(name) and len(name) > 1:
            return [token.called("PARAMETER", name)]
        if function_named(name) or several_named(name):
            return [token.called("FUNCTION", name)]
        raise self._unknown(token)

    def _argument(self, owner: Token) -> list[Token]:
        """Return the next group or single sign, in brackets."""
        if self._at >= len(self._tokens):
            raise self._incomplete(owner)
        self._enter(owner)
        found: list[Token] = []
        first = self._peek() or owner
        if first.kind == "BEGIN":
            self._take()
            while not self._is(0, "END"):
                if self._at >= len(self._tokens):
                    raise self._unclosed(first)
                found += self._next(found)
            last = self._take()
        else:
            last = first
            self._split_digits()
            found = self._next([])
        self._depth -= 1
        return in_brackets(found, first.start, last.end)

    def _enter(self, owner: Token) -> None:
        """Count a group within a group; raises ExpressionError for one too many."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep(self._text, (owner.start, owner.end))

    def _split_digits(self) -> None:
        r"""Cut a number into its first digit and the rest, as `\frac12` has it."""
        token = self._tokens[self._at]
        if token.kind == "NUMBER" and token.text.isdigit() and len(token.text) > 1:
            middle = token.start + 1
            self._tokens = [*self._tokens]
            self._tokens[self._at : self._at + 1] = [
                Token("NUMBER", token.text[0], token.start, middle),
                Token("NUMBER", token.text[1:], middle, token.end),
            ]

    def _root(self, token: Token) -> list[Token]:
        index = "2"
        if self._is_text("["):
            self._take()
            index = self._take().text if self._at < len(self._tokens) else ""
            if not self._is_text("]"):
                raise self._incomplete(token)
            self._take()
        argument = self._argument(token)
        names = {"2": "sqrt", "3": "cbrt"}
        if index in names:
            return [
                token.called("FUNCTION", names[index]),
                argument[0]._replace(text="("),
                *argument[1:],
            ]
        place = token.end
        exponent = [
            Token("NUMBER", "1", place, place),
            Token("DIVIDE", "/", place, place),
            Token("NUMBER", index, place, place),
        ]
        if not index.isdigit() or not index.strip("0"):
            raise self._incomplete(token)
        power = [*argument, Token("POWER", "^", place, place), *in_brackets(exponent, place, place)]
        return in_brackets(power, token.start, argument[-1].end)

    def _is_text(self, text: str) -> bool:
        token = self._peek()
        return token is not None and token.text == text

    def _word(self, token: Token) -> list[Token]:
        r"""Return the word in the braces of a command such as \mathrm."""
        if not self._is(0, "BEGIN"):
            return []
        self._take()
        found: list[Token] = []
        while self._at < len(self._tokens) and not self._is(0, "END"):
            found.append(self._take())
        if self._at >= len(self._tokens):
            raise self._unclosed(token)
        self._take()
        return found

    def _indexed(self, token: Token, before: list[Token]) -> list[Token]:
        r"""Return a name whose index is in braces: a_{1}, or \theta_{1}."""
        index, end = self._index()
        name = token.called(token.kind, token.text[:-1])
        if token.text == "_" and _is_name(before):
            name = before.pop()
        return [self._joined(name, index, end)]

    def _index(self) -> tuple[str, int]:
        opening = self._take()
        index = ""
        while self._at < len(self._tokens) and not self._is(0, "END"):
            index += self._take().text
        if self._at >= len(self._tokens):
            raise self._unclosed(opening)
        return index, self._take().end

    def _joined(self, name: Token, index: str, end: int) -> Token:
        word = f"{name.text}_{index}"
        return Token(word_kind(word), word, name.start, end)

    def _cases(self, begin: Token) -> list[Token]:
        """Return the cases of an environment as {condition: value, …, value}."""
        self._enter(begin)
        environment = "".join(each.text for each in self._word(begin))
        if environment not in ("cases", "dcases", "rcases"):
            raise self._unknown(begin)
        found = [begin.called("BEGIN", "{")]
        while True:
            value = self._cell()
            if self._is(0, "AMPERSAND"):
                self._take()
            condition = self._cell()
            while condition and condition[0].text in _IF:
                del condition[0]
            if condition and condition[0].text not in _ELSE:
                found += [*condition, begin.called("COLON", ":")]
            found += value
            if self._at >= len(self._tokens):
                raise self._unclosed(begin)
            end = self._take()
            if end.text != "\\\\" or self._is_text("\\end"):
                break
            found.append(end.called("COMMA", ","))
        if end.text == "\\\\":
            end = self._take()
        self._word(end)
        self._depth -= 1
        return [*found, end.called("END", "}")]

    def _cell(self) -> list[Token]:
        """Return the tokens up to the next &, line or end, without a comma or point at the end."""
        found: list[Token] = []
        ends = ("\\\\", "\\end", "&")
        while self._at < len(self._tokens) and self._tokens[self._at].text not in ends:
            found += self._next(found)
        while found and found[-1].kind in ("COMMA", "DOT"):
            found.pop()
        return found

    def _unknown(self, token: Token) -> ExpressionError:
        return self._refused(
            tr("{command} is no command that is taken here.", command=token.text[:20]),
            tr("Write the expression with + - * / ^, brackets and functions such as sin(x)."),
            token,
        )

    def _incomplete(self, token: Token) -> ExpressionError:
        message = tr("{command} is not complete here.", command=token.text)
        hint = tr("Write {form}.", form=f"{token.text}{{a}}{{b}}")
        if token.text == "\\sqrt":
            hint = tr("Write {first} or {second}.", first="\\sqrt{x}", second="\\sqrt[3]{x}")
        return self._refused(message, hint, token)

    def _unclosed(self, token: Token) -> ExpressionError:
        return self._refused(
            tr("What {sign} begins has no end.", sign=token.text),
            tr("Write {bracket} or {command} where it ends.", bracket="}", command="\\end"),
            token,
        )

    def _refused(self, message: str, hint: str, token: Token) -> ExpressionError:
        return refusal(message, hint, self._text, (token.start, token.end))


def _is_name(tokens: list[Token]) -> bool:
    """Tell whether the last token may have an index."""
    return bool(tokens) and tokens[-1].kind in ("PARAMETER", "FUNCTION")


def _letters(token: Token) -> list[Token]:
    """Return the letters of a word that is no name, as the product that they are in LaTeX."""
    word = token.text
    if len(word) > _LONGEST_PRODUCT or not (word.isascii() and word.isalpha()):
        return [token]
    return [
        each._replace(start=token.start + index, end=token.start + index + 1)
        for index, letter in enumerate(word)
        for each in scan(letter)
    ]
