"""The order of what is found: titles before descriptions, beginnings of words before middles."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

_WORDS = re.compile(r"[^\W_]+", re.UNICODE)


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


class _Match(IntEnum):
    """How well a word of the query fits, best first."""

    TITLE_WORD = 0
    TITLE_BEGINNING = 1
    TITLE_MIDDLE = 2
    ABOUT_WORD = 3
    ABOUT_BEGINNING = 4
    ABOUT_MIDDLE = 5


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
            length = len(_words_of(entry.title)[1])
            order = (_whole(query, entry.title), max(fits), sum(fits), length, place)
            ranked.append((order, entry))
    return [entry for _, entry in sorted(ranked, key=lambda each: each[0])]


def _whole(query: str, title: str) -> int:
    """Return 0 for the title itself, 1 for its beginning, else 2."""
    asked, name = " ".join(query.lower().split()), title.lower().rstrip("…")
    return 0 if name == asked else 1 if name.startswith(asked) else 2


@lru_cache(maxsize=1 << 16)
def _words_of(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text in small letters, and its words; a graph has thousands, at each key typed."""
    lower = text.lower()
    return lower, tuple(_WORDS.findall(lower))


def _match(word: str, entry: Entry) -> _Match | None:
    """Return how a word fits an entry; None where it does not."""
    for text, first in ((entry.title, _Match.TITLE_WORD), (entry.about, _Match.ABOUT_WORD)):
        lower, parts = _words_of(text)
        if word not in lower:
            continue
        if word in parts:
            return first
        if any(part.startswith(word) for part in parts) or not word[0].isalnum():
            return _Match(first + 1)
        return _Match(first + 2)
    return None
