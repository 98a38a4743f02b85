"""Functions without brackets, and with an exponent between name and argument.

`sin 2x` is sin(2x) and `sin² x` is sin(x)²: the argument is the product of numbers and letters that
follows, with their exponents, up to the next function, sign or bracket. Where a reader could take
more or less, the text is refused with both ways to write it. A root takes one factor alone.
"""

from collections.abc import Sequence
from typing import Final, overload

from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import tr
from gradviz.expression.functions import function_named
from gradviz.expression.limits import refusal
from gradviz.expression.names import without_subscripts
from gradviz.expression.spellings.implied import closing_place, in_brackets, is_implied
from gradviz.expression.tables.several import several_named
from gradviz.expression.tokens import Token

_SYMBOLS: Final = ("NUMBER", "VARIABLE", "PARAMETER", "PI", "EULER")
_ROOTS: Final = {"√": "sqrt", "∛": "cbrt"}
_INVERSES: Final = {
    "sin": "asin",
    "cos": "acos",
    "tan": "atan",
    "sinh": "asinh",
    "cosh": "acosh",
    "tanh": "atanh",
}


def with_brackets(tokens: list[Token], text: str) -> list[Token]:
    """Return the tokens with brackets around the argument of each function; ExpressionError."""
    # From the right, so that the functions within an argument have theirs already.
    rest: list[Token] = []
    for token in reversed(tokens):
        function = token.called("FUNCTION", _ROOTS[token.text]) if token.kind == "ROOT" else token
        if function.kind == "FUNCTION" and not (rest and rest[-1].kind == "OPEN"):
            written = _Call(function, rest, text).written()
            if written is not None:
                taken, tokens_written = written
                del rest[len(rest) - taken :]
                rest.extend(reversed(tokens_written))
                continue
        rest.append(function)
    return rest[::-1]


class _FromTheEnd(Sequence[Token]):
    """Tokens from the last to the first, without a copy: a text of functions makes one for each."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens

    def __len__(self) -> int:
        return len(self._tokens)

    @overload
    def __getitem__(self, index: int) -> Token: ...

    @overload
    def __getitem__(self, index: slice) -> list[Token]: ...

    def __getitem__(self, index: int | slice) -> Token | list[Token]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        return self._tokens[-1 - index]


class _Call:
    """A function whose name is not followed by a bracket."""

    def __init__(self, function: Token, rest: Sequence[Token], text: str) -> None:
        self._function = function
        #: All that follows, as far as an argument may reach.
        self._following = _FromTheEnd(rest)
        self._text = text
        self._name = function_named(without_subscripts(function.text))

    def written(self) -> tuple[int, list[Token]] | None:
        """Return how many tokens it takes, and those of the call; None where no argument is."""
        exponent = self._exponent()
        start = len(exponent)
        if self._kind(start) == "OPEN" and not self._is_implied(start):
            end = closing_place(self._following, start, self._text) + 1
            argument = self._following[start:end]
        else:
            end = self._root_end(start) if self._is_root else self._end(start)
            inner = self._following[start:end]
            if not inner or several_named(self._function.text):
                return None
            argument = in_brackets(inner, inner[0].start, inner[-1].end)
        if exponent and argument:
            call = [self._function, *argument, *exponent]
            return end, in_brackets(call, self._function.start, argument[-1].end)
        return end, [self._function, *argument]

    @property
    def _is_root(self) -> bool:
        return self._name in ("sqrt", "cbrt")

    def _kind(self, index: int) -> str:
        return self._following[index].kind if index < len(self._following) else ""

    def _is_implied(self, index: int) -> bool:
        return self._kind(index) == "OPEN" and is_implied(self._following[index])

    def _starts_call(self, index: int) -> bool:
        return self._kind(index) == "FUNCTION" or self._is_implied(index)

    def _exponent(self) -> list[Token]:
        """Return the tokens of an exponent behind the name; raises ExpressionError for others."""
        found: list[Token] = []
        if self._kind(0) == "SUPERSCRIPT":
            found = self._following[:1]
        elif self._kind(0) == "POWER":
            inner = 2 if self._kind(1) == "OPEN" else 1
            end = closing_place(self._following, 1, self._text) + 1 if inner == 2 else 2
            signs = self._kind(inner) == "MINUS"
            found = self._following[: max(end, inner + signs + 1)]
        if any(token.kind == "MINUS" or token.text.startswith("⁻") for token in found):
            raise self._inverse(found)
        if found and not any(token.kind in ("NUMBER", "SUPERSCRIPT") for token in found):
            name = self._function.text
            raise self._refused(
                tr("The exponent of {name} has to be a number here.", name=name),
                tr("Write {form}.", form=f"{name}(x)^n"),
                found,
            )
        return found

    def _end(self, start: int) -> int:
        """Return where the argument ends that begins at `start`."""
        index = start
        while self._kind(index) == "MINUS":
            index += 1
        first, end = index, self._factor_end(index)
        if end == first:
            return start
        is_call = self._starts_call(first)
        while self._kind(end) in _SYMBOLS and self._kind(end) != "NUMBER" and not is_call:
            end = self._factor_end(end)
        self._check_end(start, end, is_call=is_call)
        return end

    def _factor_end(self, index: int) -> int:
        """Return the index behind a factor with its exponents; the same where none begins."""
        end = self._atom_end(index)
        while end > index:
            if self._kind(end) == "SUPERSCRIPT":
                end += 1
            elif self._kind(end) == "POWER":
                exponent = end + 1
                while self._kind(exponent) == "MINUS":
                    exponent += 1
                end = self._atom_end(exponent)
            else:
                break
        return end

    def _atom_end(self, index: int) -> int:
        kind = self._kind(index)
        if kind in _SYMBOLS:
            return index + 1
        if kind == "FUNCTION" and self._kind(index + 1) == "OPEN":
            index, kind = index + 1, "OPEN"
        if kind in ("OPEN", "BEGIN"):
            return min(len(self._following), closing_place(self._following, index, self._text) + 1)
        return index

    def _check_end(self, start: int, end: int, *, is_call: bool) -> None:
        """Raise ExpressionError where the argument may be meant to reach further."""
        kind = self._kind(end)
        sign = kind in ("TIMES", "DIVIDE", "MODULO") and not self._starts_call(end + 1)
        factor = kind in ("OPEN", "BEGIN", "NUMBER") and not self._is_implied(end)
        if sign or factor or (is_call and (kind in _SYMBOLS or self._starts_call(end))):
            raise self._ambiguous(start, end)

    def _root_end(self, start: int) -> int:
        """Return where the one factor ends that a root takes."""
        end = self._atom_end(start)
        kind = self._kind(end)
        if end > start and (
            kind in (*_SYMBOLS, "POWER", "SUPERSCRIPT", "OPEN", "BEGIN")
            and not self._is_implied(end)
        ):
            raise self._ambiguous(start, end)
        return end

    def _ambiguous(self, start: int, end: int) -> ExpressionError:
        """Return the error for an argument of which it is not clear how far it reaches."""
        name = self._function.text
        argument = self._typed(start, end)
        sign = self._kind(end) in ("TIMES", "DIVIDE", "MODULO", "POWER")
        after = end + 1 if sign else end
        more = self._typed(end, max(end + 1, self._factor_end(after)))
        wide = argument + ("" if self._kind(end) == "SUPERSCRIPT" else " ") + more
        tight = f"{name}({argument})" + ("" if self._kind(end) == "SUPERSCRIPT" else " ") + more
        return self._refused(
            tr("It is not clear how far {name} reaches here.", name=name),
            tr("Write {first} or {second}.", first=f"{name}({wide})", second=tight),
            self._following[start : end + 1],
        )

    def _typed(self, start: int, end: int) -> str:
        part = self._following[start:end]
        typed = " ".join(self._text[part[0].start : part[-1].end].split()) if part else ""
        return typed if len(typed) <= 30 else typed[:29] + "…"

    def _inverse(self, exponent: list[Token]) -> ExpressionError:
        name = self._function.text
        inverse = _INVERSES.get(self._name)
        power = self._text[exponent[0].start : exponent[-1].end]
        message = tr("{typed} can be read in two ways.", typed=f"{name}{power}")
        if inverse is None or power.strip("^{}()⁻- ") not in ("1", "¹"):
            hint = tr("Write {power} for the power.", power=f"{name}(x){power}")
            return self._refused(message, hint, exponent)
        hint = tr(
            "Write {inverse} for the inverse function, or {reciprocal}.",
            inverse=f"{inverse}(x)",
            reciprocal=f"1/{name}(x)",
        )
        return self._refused(message, hint, exponent)

    def _refused(self, message: str, hint: str, marked: Sequence[Token]) -> ExpressionError:
        return refusal(message, hint, self._text, (self._function.start, marked[-1].end))
