"""A copy of a shared leaf for each use: a leaf used at many depths makes Graphviz slow."""

from collections import Counter
from collections.abc import Iterable

from gradviz.core.graphs.placement import Box, Link


def shared_leaves(boxes: Iterable[Box], links: Iterable[Link]) -> frozenset[str]:
    """Return the ids of the leaves that more than one link starts from."""
    uses = Counter(link.source for link in links)
    return frozenset(box.id for box in boxes if box.leaf and uses[box.id] > 1)


def split_leaves(
    boxes: tuple[Box, ...], links: tuple[Link, ...]
) -> tuple[tuple[Box, ...], tuple[Link, ...], dict[str, str]]:
    """Return boxes and links in which every use of a shared leaf has a box of its own.

    The first use keeps the leaf's own box. The third value maps the ids of the further boxes
    to the links that start from them.
    """
    by_id = {box.id: box for box in boxes}
    shared = shared_leaves(boxes, links)
    copies: list[Box] = []
    moved: list[Link] = []
    link_of: dict[str, str] = {}
    placed: set[str] = set()
    for link in links:
        if link.source not in shared or link.source not in placed:
            placed.add(link.source)
            moved.append(link)
            continue
        original = by_id[link.source]
        copy = Box(_unused(f"{link.source}@{link.id}", by_id), original.width, original.height)
        copies.append(copy)
        link_of[copy.id] = link.id
        moved.append(Link(link.id, copy.id, link.target))
    return (*boxes, *copies), tuple(moved), link_of


def _unused(name: str, taken: dict[str, Box]) -> str:
    while name in taken:
        name += "'"
    return name
