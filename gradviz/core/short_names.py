"""Names in little room: the parts that many share give way first, and distinct ones stay so."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from itertools import chain

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
#: Words and numbers, with the sign before them: `layer`, `1`, `.0`, `.conv`, `1`, `.weight`.
_FINE = re.compile(r"[\W_]?(?:[^\W\d_]+|\d+)|[\W_]")
#: The same at the dots alone: `transformer`, `.h`, `.0`, `.c_attn`.
_COARSE = re.compile(r"\.?[^.]+|\.")
#: With more parts than this, only runs of parts are left out, and not every choice of them.
_MOST_PARTS = 7
#: Of more parts than twice this the middle ones are one part.
_END_PARTS = 30
#: A text of more characters has no room wherever a name has to be shortened.
_LONGEST_TEXT = 200
#: An expression has hardly a dot: it is taken apart at its signs.
_FEWEST_COARSE = 3


def shortened(names: Collection[str], fits: Callable[[str], bool]) -> dict[str, str]:
    """Return each of `names` as it fits: whole, or with … in place of some of its parts.

    The parts that most names share are left out first. Distinct names have distinct texts
    wherever one … in place of some characters can tell a name from the others. `fits` tells
    whether a text has room; if not even … has, the text is … all the same.
    """
    every = tuple(dict.fromkeys(names))
    common = Counter(part for name in every for part in set(_parts(name)))
    found = {name: name for name in every if fits(name)}
    taken = set(found.values())
    told = {name: _by_parts(name, common) for name in every if name not in found}
    ambiguous = Counter(text for texts in told.values() for text in set(texts))
    left = []
    for name, texts in told.items():
        only = (text for text in texts if ambiguous[text] == 1 and text not in taken)
        text = next((text for text in only if fits(text)), None)
        if text is None:
            left.append((name, texts))
        else:
            found[name] = text
            taken.add(text)
    for name, texts in left:
        free = (each for each in chain(texts, _by_letters(name)) if each not in taken)
        text = next((each for each in free if fits(each)), None)
        if text is None:
            text = next((each for each in chain(texts, _by_letters(name)) if fits(each)), ELLIPSIS)
        found[name] = text
        taken.add(text)
    return {name: found[name] for name in every}


def _by_parts(name: str, common: Counter[str]) -> list[str]:
    """Return `name` without some parts, the least loss first: a shared part tells little."""
    parts = _parts(name)
    choices = {
        _joined(parts, left_out): _loss(parts, left_out, common) for left_out in _some(len(parts))
    }
    # Nothing but … would say less than some of its letters.
    choices.pop(ELLIPSIS, None)
    room = (text for text in choices if len(text) <= _LONGEST_TEXT)
    return sorted(room, key=lambda text: (choices[text], text))


def _parts(name: str) -> list[str]:
    fine, coarse = _FINE.findall(name), _COARSE.findall(name)
    parts = coarse if len(fine) > _MOST_PARTS and len(coarse) >= _FEWEST_COARSE else fine
    if len(parts) <= 2 * _END_PARTS:
        return parts
    middle = "".join(parts[_END_PARTS:-_END_PARTS])
    return [*parts[:_END_PARTS], middle, *parts[-_END_PARTS:]]


def _some(count: int) -> Iterator[frozenset[int]]:
    """Yield which parts may be left out: of a few every choice, of many those in a row."""
    if count <= _MOST_PARTS:
        for bits in range(1, 2**count):
            yield frozenset(place for place in range(count) if bits >> place & 1)
        return
    for first in range(count):
        for last in range(first, count):
            yield frozenset(range(first, last + 1))


def _joined(parts: list[str], left_out: frozenset[int]) -> str:
    text = ""
    for place, part in enumerate(parts):
        if place not in left_out:
            text += part
        elif not text.endswith(ELLIPSIS):
            text += ELLIPSIS
    return text


def _loss(parts: list[str], left_out: frozenset[int], common: Counter[str]) -> float:
    """Return how much is lost: a letter of a rare part, or a number, is worth most."""
    lost = 0.0
    for place in left_out:
        worth = len(parts[place]) / common[parts[place]]
        lost += 4 + worth if parts[place][-1].isdigit() else worth
    # Each … is one more riddle.
    gaps = sum(place - 1 not in left_out for place in left_out)
    return lost + gaps


def _by_letters(name: str) -> Iterator[str]:
    """Yield `name` with one … in place of some characters, the fewest first.

    Of a long name so many are left out that the text is none that has no room anywhere: there are
    as many texts as the square of its length.
    """
    length = len(name)
    for gone in range(max(1, length - _LONGEST_TEXT + 1), length + 1):
        starts = sorted(range(length - gone + 1), key=lambda start: abs(2 * start + gone - length))
        for start in starts:
            yield name[:start] + ELLIPSIS + name[start + gone :]
