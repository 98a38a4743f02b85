"""What is looked for in a graph, read from the text that a person has typed.

A query is a row of terms, all of which must hold: `attn (2, *) grad>1e-3 "a b"`.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias, cast

import msgspec

from gradviz.core.errors import GradvizError, SettingError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import read_number

#: The numbers that can be compared: norms, where a scalar's is its absolute value, and a count.
Quantity = Literal["grad", "value", "norm", "params"]
#: Words of the language that are no free text.
Trait = Literal["nan", "inf", "nonfinite", "leaf", "param", "function"]

_QUANTITIES: Final = ("grad", "value", "norm", "params")
_OF_NUMBERS: Final = frozenset({"nan", "inf", "nonfinite"})
_TRAITS: Final = _OF_NUMBERS | {"leaf", "param", "function"}
_COMPARED: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
}
_SIGNS: Final = {"≥": ">=", "≤": "<=", "≠": "!=", "==": "="}
_QUOTES: Final = {'"': '"', "“": "”", "„": "“", "«": "»"}
_SHOWN: Final = 30

_SIZE: Final = r"(?:\d+|\*|\.\.\.|…)"
_LISTED: Final = re.compile(rf"[(\[]\s*(?:{_SIZE}(?:\s*,\s*{_SIZE})*\s*,?)?\s*[)\]](?!\S)")
_UNFINISHED: Final = re.compile(r"[(\[][\d*.…,\s]*$")
_CROSSED: Final = re.compile(r"(?:\d+|\*)(?:[x×](?:\d+|\*))+(?!\S)")
_DTYPE: Final = re.compile(r"(?:torch\.)?((?:b?float|q?u?int|complex)\d+(?:_\w+)?|bool)")
_COMPARISON: Final = re.compile(r"(\w+)(\s*)(>=|<=|==|!=|[<>=≥≤≠])\s*(\S*)")
#: In place of any one size, and of any number of sizes. A `*` at the end is one size or more.
ANY: Final = -1
REST: Final = -2


class Words(msgspec.Struct, frozen=True):
    """A text, in small letters, that a name, a title or a path must have."""

    text: str


class Sizes(msgspec.Struct, frozen=True):
    """The shape of a result; ANY stands for one size, REST for any number of them."""

    sizes: tuple[int, ...]

    def holds(self, shape: tuple[int, ...]) -> bool:
        """Tell whether a shape is of this kind."""
        if REST not in self.sizes:
            return len(shape) == len(self.sizes) and _alike(self.sizes, shape)
        first = self.sizes.index(REST)
        before, after = self.sizes[:first], self.sizes[first + 1 :]
        return (
            len(shape) >= len(before) + len(after)
            and _alike(before, shape)
            and _alike(after, shape[len(shape) - len(after) :])
        )


class OfType(msgspec.Struct, frozen=True):
    """The type of the elements of a result, such as `float16`."""

    name: str


class Has(msgspec.Struct, frozen=True):
    """A trait: a number that is not finite, or a kind of node."""

    trait: Trait


class Bound(msgspec.Struct, frozen=True):
    """A limit that a number must keep."""

    quantity: Quantity
    sign: str
    limit: float

    def holds(self, numbers: Any) -> Any:
        """Compare a number, or each of an array."""
        return _COMPARED[self.sign](numbers, self.limit)


QueryTerm: TypeAlias = Words | Sizes | OfType | Has | Bound


class Query(msgspec.Struct, frozen=True):
    """The terms of a query; none finds nothing."""

    terms: tuple[QueryTerm, ...] = ()

    @property
    def title(self) -> str:
        """Return the words as a whole, where there is nothing else to look for."""
        words = [term.text for term in self.terms if isinstance(term, Words)]
        return " ".join(words) if len(words) == len(self.terms) else ""

    @property
    def asks_for_numbers(self) -> bool:
        """Tell whether it depends on the numbers of a pass."""
        return any(
            isinstance(term, Bound) or (isinstance(term, Has) and term.trait in _OF_NUMBERS)
            for term in self.terms
        )


def read_query(text: str) -> Query:
    """Return the query that a text stands for.

    Raises:
        SettingError: a quotation mark, a shape or a comparison is not finished or not known; the
            message is one sentence that says how to write it.
    """
    return Query(tuple(_terms(text)))


def _terms(text: str) -> Iterator[QueryTerm]:
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        term, place = _term_at(text, place)
        if term is not None:
            yield term


def _term_at(text: str, place: int) -> tuple[QueryTerm | None, int]:
    """Return the term that begins at `place`, None for an empty one, and where it ends."""
    first = text[place]
    if first in _QUOTES:
        return _quoted(text, place)
    if first in "([":
        listed = _LISTED.match(text, place)
        if listed is not None:
            return _sizes(re.findall(_SIZE, listed[0]), listed[0]), listed.end()
        if _UNFINISHED.match(text, place):
            raise SettingError(
                tr(
                    "The shape “{shape}” is not finished: "
                    "write it such as (2, 16, 32), (2, *) or 2x16x32.",
                    shape=_cut(text[place:]),
                )
            )
    crossed = _CROSSED.match(text, place)
    if crossed is not None:
        return _sizes(re.findall(_SIZE, crossed[0]), crossed[0]), crossed.end()
    compared = _COMPARISON.match(text, place)
    if compared is not None:
        name, apart, sign, number = compared.groups()
        if name.lower() in _QUANTITIES:
            return _comparison(name.lower(), _SIGNS.get(sign, sign), number), compared.end()
        if not apart:
            raise SettingError(
                tr(
                    "“{name}” is no number of a node: compare grad, value, norm or params, "
                    "or put the text into quotation marks.",
                    name=_cut(name),
                )
            )
    end = next((at for at in range(place, len(text)) if text[at].isspace()), len(text))
    return _word(text[place:end]), end


def _quoted(text: str, place: int) -> tuple[QueryTerm | None, int]:
    end = text.find(_QUOTES[text[place]], place + 1)
    if end < 0:
        raise SettingError(
            tr(
                "The quotation mark before “{text}” has no partner: close it, or leave it out.",
                text=_cut(text[place + 1 :]),
            )
        )
    inside = text[place + 1 : end].lower()
    return (Words(inside) if inside else None), end + 1


def _word(text: str) -> QueryTerm:
    lower = text.lower()
    if lower in _TRAITS:
        return Has(cast(Trait, lower))
    dtype = _DTYPE.fullmatch(lower)
    return Words(lower) if dtype is None else OfType(dtype[1])


def _sizes(sizes: list[str], text: str) -> Sizes:
    read = tuple(_size(each) for each in sizes)
    if read.count(REST) > 1:
        raise SettingError(
            tr("The shape “{shape}” has … more than once: leave one of them.", shape=_cut(text))
        )
    return Sizes((*read, REST) if read and read[-1] == ANY and REST not in read else read)


def _size(text: str) -> int:
    if text == "*":
        return ANY
    # A size of more digits than Python reads is of no tensor.
    return REST if text in ("...", "…") else int(text[:_SHOWN])


def _comparison(name: str, sign: str, number: str) -> Bound:
    if not number:
        raise SettingError(
            tr(
                "A number is missing behind {comparison}: write such as {comparison}1.",
                comparison=f"{name}{sign}",
            )
        )
    try:
        limit = read_number(number)
    except GradvizError as error:
        raise SettingError(
            tr(
                "{reason}: write {comparison} with a number such as 2.5.",
                reason=error.message.rstrip(".。"),
                comparison=f"{name}{sign}",
            )
        ) from None
    return Bound(cast(Quantity, name), sign, limit)


def _alike(sizes: tuple[int, ...], shape: tuple[int, ...]) -> bool:
    """Tell whether each of `sizes` is that of the shape in its place, or ANY."""
    return all(size in (ANY, found) for size, found in zip(sizes, shape, strict=False))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
