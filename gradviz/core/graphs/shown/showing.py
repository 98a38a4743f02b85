"""The choice of the part of a graph that is shown, and the ids of groups in its outline."""

from typing import Final, Literal

import msgspec

#: Before the id of a group in the id of its box or frame: no node has such an id.
_SIGN: Final = "@"
#: Before and between the ids of the first and the last group of a fold.
_FOLD_SIGN: Final = "⋮"

Hidden = Literal["views"]


class Showing(msgspec.Struct, frozen=True):
    """The part of a graph that is shown, and how.

    Attributes:
        opened: The ids of the groups that are open; of one within a closed one nothing is seen.
        root: The id of the group that is the whole canvas, empty for the whole graph.
        unfolded: The ids of the groups, "" for the whole graph, whose equal groups within are
            shown one by one.
        spread: The ids of the first groups of those parts of very many that are shown one by one.
        folding: Whether equal groups in a row are one box.
        parameters: Whether the leaves of modules are drawn; None where the graph is small.
        hidden: The kinds of operations that are left out, so that edges run through.
    """

    opened: frozenset[str] = frozenset()
    root: str = ""
    unfolded: frozenset[str] = frozenset()
    spread: frozenset[str] = frozenset()
    folding: bool = True
    parameters: bool | None = None
    hidden: frozenset[Hidden] = frozenset()


def item_id(group: str) -> str:
    """Return the id of the box or frame of a group in an outline."""
    return _SIGN + group


def fold_id(first: str, last: str) -> str:
    """Return the id of the box of a fold from its first group to its last."""
    return f"{_FOLD_SIGN}{first}{_FOLD_SIGN}{last}"


def group_id(item: str) -> str | None:
    """Return the id of the group whose box or frame this is, None for a node and for a fold."""
    return item.removeprefix(_SIGN) if item.startswith(_SIGN) else None
