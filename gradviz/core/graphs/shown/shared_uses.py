"""Parameters that several groups share: where each is used in an outline, and by which mark."""

from typing import NamedTuple

from gradviz.core.graphs.outline import Outline


class SharedUse(NamedTuple):
    """Parameters that are used at the very same places, which are marked with one number.

    Attributes:
        leaves: The ids of the parameters in the true graph.
        homes: The items that have them: the nodes themselves where they are drawn.
        places: All items to be marked, the homes among them.
    """

    leaves: tuple[str, ...]
    homes: frozenset[str]
    places: tuple[str, ...]


def shared_uses(outline: Outline) -> tuple[SharedUse, ...]:
    """Return the uses that an outline shows at several places; the first has number 1.

    One that is seen at a single place, as where all users are in one fold, is no matter of it.
    """
    found: dict[tuple[str, ...], list[str]] = {}
    for leaf, users in outline.uses.items():
        home = outline.item_of[leaf]
        # The edge of a parameter that is drawn shows its one user.
        if len(users) > 1 or (users and home not in (leaf, *users)):
            found.setdefault(users, []).append(leaf)
    return tuple(_use(outline, users, leaves) for users, leaves in found.items())


def marks_of(uses: tuple[SharedUse, ...]) -> dict[str, tuple[int, ...]]:
    """Return for each marked item the numbers of the uses that it is a place of."""
    found: dict[str, list[int]] = {}
    for number, use in enumerate(uses, start=1):
        for place in use.places:
            found.setdefault(place, []).append(number)
    return {item: tuple(numbers) for item, numbers in found.items()}


def linked_with(uses: tuple[SharedUse, ...], item: str) -> frozenset[str]:
    """Return all places of the parameters that are used at `item`; none where none is shared."""
    found = (use.places for use in uses if item in use.places)
    return frozenset(place for places in found for place in places)


def _use(outline: Outline, users: tuple[str, ...], leaves: list[str]) -> SharedUse:
    homes = dict.fromkeys(outline.item_of[leaf] for leaf in leaves)
    return SharedUse(tuple(leaves), frozenset(homes), tuple(dict.fromkeys((*homes, *users))))
