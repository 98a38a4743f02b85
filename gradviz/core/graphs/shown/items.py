"""The item of each node of a graph as it is shown: itself, a closed group, a fold or a frame.

Items are numbers: a group's place among the groups, then those of the nodes, then those of the
folds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from gradviz.core.graphs.ends import NodeNumbers
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.shown.folds import (
    FEWEST,
    MOST_CHILDREN,
    Fold,
    Surroundings,
    folds_of,
    parts_of,
)
from gradviz.core.graphs.shown.parameters import with_folded_leaves
from gradviz.core.graphs.shown.shape_operations import without_views
from gradviz.core.graphs.shown.showing import Showing
from gradviz.core.graphs.shown.states import OUTSIDE as OUTSIDE
from gradviz.core.graphs.shown.states import States, states_of

#: A graph of no more nodes is shown with its parameters.
FEW_NODES: Final = 60


@dataclass(frozen=True)
class Items:
    """The items that a graph is shown as.

    Attributes:
        graph: The true graph.
        states: The state of each group.
        of: For each node its item, OUTSIDE for none; shape (nodes,).
        folds: The folds, and the container of each.
    """

    graph: Graph
    states: States
    of: NodeNumbers
    folds: tuple[Fold, ...]
    around_folds: tuple[int, ...]

    @property
    def first_fold(self) -> int:
        """Return the item of the first fold."""
        return len(self.graph.groups) + len(self.graph.nodes)

    def is_node(self, item: int) -> bool:
        """Tell whether an item is a single node."""
        return len(self.graph.groups) <= item < self.first_fold

    def is_frame(self, item: int) -> bool:
        """Tell whether an item is an open group."""
        return item < len(self.graph.groups) and self.states.is_frame(item)

    def container(self, item: int) -> int:
        """Return the open group around an item, NO_GROUP where there is none."""
        if item >= self.first_fold:
            return self.around_folds[item - self.first_fold]
        if self.is_node(item):
            return self.states.frame_of(self.graph.grouping.group_of[item - len(self.graph.groups)])
        return self.states.frame_of(self.graph.groups[item].parent)


def shows_parameters(graph: Graph, showing: Showing) -> bool:
    """Tell whether the leaves of modules are drawn."""
    if showing.parameters is None:
        return len(graph.nodes) <= FEW_NODES
    return showing.parameters


def items_of(graph: Graph, showing: Showing) -> Items:
    """Return the items of `graph` for what is to be shown of it."""
    states = states_of(graph.grouping, showing)
    of = states.items_of(graph.grouping)
    found = list(_folds(graph, showing, states, of)) if showing.folding else []
    of = _folded(graph, of, [fold for _, fold in found])
    if not shows_parameters(graph, showing):
        of = with_folded_leaves(graph, states, of)
    if "views" in showing.hidden:
        of = without_views(graph, states, of)
    return Items(
        graph, states, of, tuple(fold for _, fold in found), tuple(place for place, _ in found)
    )


def _folded(graph: Graph, of: NodeNumbers, folds: Sequence[Fold]) -> NodeNumbers:
    first = len(graph.groups) + len(graph.nodes)
    now = np.arange(-1, first)
    for number, fold in enumerate(folds):
        now[np.array((*fold.groups, *fold.between)) + 1] = first + number
    return now[of + 1]


def _folds(
    graph: Graph, showing: Showing, states: States, of: NodeNumbers
) -> Iterator[tuple[int, Fold]]:
    """Yield the folds, each with its container."""
    flow: _Flow | None = None
    spread = {graph.grouping.index.get(each, NO_GROUP) for each in showing.spread}
    for place, name, children in _containers(graph, states):
        closed = {child for child in children if not states.is_open(child)}
        if len(closed) < FEWEST:
            continue
        folding = name not in showing.unfolded
        if not folding and len(closed) <= MOST_CHILDREN:
            continue
        frame = states.frame_of(place)
        taken: set[int] = set()
        flow = flow if flow is not None else _flow(graph, states, of)
        around = Surroundings(flow.after, flow.before, flow.loose.get(frame, frozenset()))
        if folding:
            for fold in folds_of(children, closed, graph.likeness, around):
                taken.update(fold.groups)
                yield frame, fold
        for fold in parts_of(children, closed - taken, spread, around):
            yield frame, fold


def _containers(graph: Graph, states: States) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """Yield each open group, and the whole graph, with its id and the groups right within."""
    groups = graph.grouping
    if states.whole:
        yield NO_GROUP, "", groups.top
    for place, group in enumerate(groups.groups):
        if states.is_open(place) and len(groups.children[place]) >= FEWEST:
            yield place, group.id, groups.children[place]


class _Flow(NamedTuple):
    """Which items feed which, leaves left out, and the single operations of each container."""

    after: dict[int, list[int]]
    before: dict[int, list[int]]
    loose: dict[int, set[int]]


def _flow(graph: Graph, states: States, of: NodeNumbers) -> _Flow:
    leaf = np.fromiter((node.kind == "leaf" for node in graph.nodes), bool, len(graph.nodes))
    sources, targets = of[graph.ends.sources], of[graph.ends.targets]
    seen = (sources != targets) & (sources >= 0) & (targets >= 0) & ~leaf[graph.ends.sources]
    after: dict[int, list[int]] = {}
    before: dict[int, list[int]] = {}
    for source, target in _pairs(sources[seen], targets[seen]):
        after.setdefault(source, []).append(target)
        before.setdefault(target, []).append(source)
    first = len(graph.groups)
    loose: dict[int, set[int]] = {}
    for place in np.flatnonzero((of >= first) & ~leaf).tolist():
        group = graph.grouping.group_of[place]
        loose.setdefault(states.frame_of(group), set()).add(first + place)
    return _Flow(after, before, loose)


def _pairs(sources: NodeNumbers, targets: NodeNumbers) -> Iterator[tuple[int, int]]:
    """Yield each pair of a source and its target once."""
    yield from dict.fromkeys(zip(sources.tolist(), targets.tolist(), strict=True))
