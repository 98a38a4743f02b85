"""How well a word fits a text: as a word of it, as the beginning of one, or in the middle."""

import re
from enum import IntEnum
from typing import Final

_WORDS: Final = re.compile(r"[^\W_]+", re.UNICODE)


class Fit(IntEnum):
    """The places that a word can have in a text, the best first."""

    WORD = 0
    BEGINNING = 1
    MIDDLE = 2


def fit_of(word: str, text: str) -> Fit | None:
    """Return the best place of `word` in `text`, both in small letters; None if it is not there."""
    best, start = None, text.find(word)
    while start >= 0:
        end = start + len(word)
        begins = start == 0 or _apart(text[start - 1], text[start : start + 1])
        ends = end == len(text) or _apart(text[end], text[end - 1 : end])
        found = Fit.MIDDLE if not begins else Fit.WORD if ends else Fit.BEGINNING
        if found == Fit.WORD:
            return found
        best = found if best is None else min(best, found)
        start = text.find(word, start + 1)
    return best


def words_in(text: str) -> int:
    """Return the number of words in a text; a sign such as _ is in none."""
    return len(_WORDS.findall(text))


def _apart(one: str, other: str) -> bool:
    """Tell whether no word runs on from one character to the other."""
    return not (one.isalnum() and other.isalnum())
