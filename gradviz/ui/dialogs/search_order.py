"""The order of what is found: titles before descriptions, beginnings of words before middles."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gradviz.core.word_fit import Fit, fit_of, words_in

#: A description fits less well than a title, however well it does.
_ABOUT: Final = len(Fit)


@dataclass(frozen=True)
class Entry:
    """One row of a list to search.

    Attributes:
        key: By which it is known to whoever asked.
        title: Its name.
        about: A description, which is searched after the title.
        place: The menu that has it.
        shortcut: Its keys.
        state: Whether it is on or off now; empty for what is neither.
    """

    key: str
    title: str
    about: str = ""
    place: str = ""
    shortcut: str = ""
    state: str = ""

    @property
    def beside(self) -> str:
        """Return what stands at the end of the row."""
        return "   ".join(part for part in (self.state, self.place, self.shortcut) if part)


def in_order(query: str, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that have every word of the query, the likeliest first."""
    words = query.lower().split()
    if not words:
        return list(entries)
    ranked = []
    for place, entry in enumerate(entries):
        found = [_match(word, entry) for word in words]
        fits = [each for each in found if each is not None]
        if len(fits) == len(words):
            # Of two that fit alike, the one whose title has less beside it.
            length = _length(entry.title)
            order = (_whole(query, entry.title), max(fits), sum(fits), length, place)
            ranked.append((order, entry))
    return [entry for _, entry in sorted(ranked, key=lambda each: each[0])]


def _whole(query: str, title: str) -> int:
    """Return 0 for the title itself, 1 for its beginning, else 2."""
    asked, name = " ".join(query.lower().split()), title.lower().rstrip("…")
    return 0 if name == asked else 1 if name.startswith(asked) else 2


# The same texts are asked for at each key that is typed.
_lower = lru_cache(maxsize=1 << 16)(str.lower)
_length = lru_cache(maxsize=1 << 16)(words_in)


def _match(word: str, entry: Entry) -> int | None:
    """Return how well a word fits an entry, 0 for best; None where it does not."""
    for text, first in ((entry.title, 0), (entry.about, _ABOUT)):
        fit = fit_of(word, _lower(text))
        if fit is not None:
            return first + fit
    return None
