"""Which closed groups side by side become one box: equal ones, and parts of very many."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from gradviz.core.graphs.groups import Group, Grouping

#: Two equal layers are shown as they are.
FEWEST: Final = 3
#: Equal groups side by side, none of which feeds another; the three projections of an attention
#: are to be told apart.
_FEWEST_BESIDE = 8
#: So many groups in one frame are shown in parts, and about so many parts.
MOST_CHILDREN: Final = 200
_PARTS = 24
#: So many operations may lie between two groups that follow one another.
_BETWEEN = 16


class Fold(NamedTuple):
    """Groups that one box stands for, in order, with single nodes between them, as items."""

    groups: tuple[int, ...]
    between: tuple[int, ...] = ()


class Surroundings(NamedTuple):
    """The items of one container: a closed group has its own place, a node another number.

    Attributes:
        after: For each item those that it feeds.
        before: For each item those that feed it.
        loose: The single operations of this container.
    """

    after: Mapping[int, Collection[int]]
    before: Mapping[int, Collection[int]]
    loose: Collection[int]


def folds_of(
    children: Sequence[int],
    closed: Collection[int],
    likeness: Sequence[int],
    around: Surroundings,
) -> Iterator[Fold]:
    """Yield the folds among the groups right within one container.

    Args:
        children: All groups there, in order.
        closed: Those of them that are closed; an open one ends a row.
        likeness: For each group of the graph a number that equal ones share.
        around: What feeds what.
    """
    for row in _rows(children, closed, likeness):
        beside = len(row) >= _FEWEST_BESIDE and not _any_feeds(row, around)
        for fold in (Fold(tuple(row)),) if beside else _chains(row, around):
            if len(fold.groups) >= FEWEST and _is_apart(fold, around):
                yield fold


def parts_of(
    children: Sequence[int], free: Collection[int], spread: Collection[int], around: Surroundings
) -> Iterator[Fold]:
    """Yield parts of many groups, `free` of which are in no fold; those of `spread` stay single.

    The limits between parts depend on the children alone, so that they stay where they are.
    """
    if len(free) <= MOST_CHILDREN:
        return
    length = -(-len(children) // _PARTS)
    for first in range(0, len(children), length):
        part = children[first : first + length]
        if part[0] in spread:
            continue
        for row in _stretches(part, free):
            if len(row) >= FEWEST:
                ways = [_way(one, other, around) or () for one, other in pairwise(row)]
                yield Fold(tuple(row), tuple(dict.fromkeys(node for way in ways for node in way)))


def part_heads(children: Sequence[int], groups: Iterable[int]) -> frozenset[int]:
    """Return the first group of each part that one of `groups` is in."""
    length = -(-len(children) // _PARTS)
    place = {child: number for number, child in enumerate(children)}
    return frozenset(children[place[group] // length * length] for group in groups)


def named_ends(grouping: Grouping, first: int, last: int) -> tuple[Group, Group]:
    """Return the groups that the title of a fold names.

    They are the first and the last one, or, where each is an iteration that calls one module, these
    modules if their names tell more.
    """
    groups = grouping.groups
    inner = [grouping.children[place] for place in (first, last)]
    if groups[first].kind == "iteration" and all(len(within) == 1 for within in inner):
        one, other = (groups[within[0]] for within in inner)
        if one.title != other.title:
            return one, other
    return groups[first], groups[last]


def fold_title(first: Group, last: Group, count: int) -> str:
    """Return the title of the box of a fold: `h.0 … h.11 ×12`, `cell:1 … cell:40 ×40`."""
    if first.title == last.title and first.call != last.call:
        return f"{first.shown_title}:{first.call} … {last.shown_title}:{last.call} ×{count}"
    return f"{first.shown_title} … {last.shown_title} ×{count}"


def _rows(
    children: Sequence[int], closed: Collection[int], likeness: Sequence[int]
) -> Iterator[list[int]]:
    """Yield closed groups of equal structure that lie side by side."""
    for stretch in _stretches(children, closed):
        row: list[int] = []
        for group in stretch:
            if row and likeness[row[-1]] != likeness[group]:
                yield row
                row = []
            row.append(group)
        yield row


def _stretches(groups: Iterable[int], wanted: Collection[int]) -> Iterator[list[int]]:
    stretch: list[int] = []
    for group in groups:
        if group in wanted:
            stretch.append(group)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _any_feeds(row: Sequence[int], around: Surroundings) -> bool:
    return any(_way(one, other, around) is not None for one, other in pairwise(row))


def _chains(row: Sequence[int], around: Surroundings) -> Iterator[Fold]:
    """Yield the parts of a row in which each group feeds the next."""
    groups, between = [row[0]], list[int]()
    for group in row[1:]:
        on_the_way = _way(groups[-1], group, around)
        if on_the_way is None:
            yield Fold(tuple(groups), tuple(between))
            groups, between = [], []
        else:
            between.extend(each for each in on_the_way if each not in between)
        groups.append(group)
    yield Fold(tuple(groups), tuple(between))


def _way(source: int, target: int, around: Surroundings) -> list[int] | None:
    """Return the single nodes between two groups; None if the first does not feed the second."""
    reached = _reached(source, around.after, around.loose)
    reaching = _reached(target, around.before, around.loose)
    between = [item for item in reached if item in reaching]
    return between if between or target in around.after.get(source, ()) else None


def _reached(
    start: int, following: Mapping[int, Collection[int]], loose: Collection[int]
) -> dict[int, None]:
    """Return the nearest single nodes from `start` on, one way, through single nodes alone."""
    found: dict[int, None] = {}
    waiting = [start]
    for item in waiting:
        for each in following.get(item, ()):
            if each in loose and each not in found:
                found[each] = None
                waiting.append(each)
        if len(found) >= _BETWEEN:
            break
    return found


def _is_apart(fold: Fold, around: Surroundings) -> bool:
    """Tell whether nothing outside lies right between two parts of the fold."""
    inside = {*fold.groups, *fold.between}
    after = {item for each in inside for item in around.after.get(each, ())} - inside
    before = {item for each in inside for item in around.before.get(each, ())} - inside
    return after.isdisjoint(before)
