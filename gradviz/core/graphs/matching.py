"""Which node of one graph is which of another: ids are by order, so what a node is decides."""

from collections import defaultdict, deque
from collections.abc import Generator, Hashable, Iterable, Mapping

from gradviz.core.graphs.graph import Graph, Node

Pairs = dict[str, str]
#: What each node is, by its id, as far as it can be compared between two graphs.
_Keys = Mapping[str, Hashable]


def matching(before: Graph, after: Graph) -> Pairs:
    """Return for each node of `before` that stays the node of `after` that it has become.

    Two nodes are the same if all that leads to them is: the operations, and the names of the
    leaves. Of several that are, those with the same label, then those in the same place among
    them, belong together. What is left is compared by what it leads to, and at last by its
    label. Drawing matched nodes as one makes no circle.
    """
    pieces = matching_in_pieces(before, after)
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            found: Pairs = end.value
            return found


def matching_in_pieces(before: Graph, after: Graph) -> Generator[None, None, Pairs]:
    """Return what `matching` does, and stop now and then: of large graphs it takes long."""
    for graph in (before, after):
        # The first look at the edges sorts them by node.
        _ = graph.edges_into
        yield
        _ = graph.edges_out_of
        yield
    numbers: dict[Hashable, int] = {}
    old_sources = _by_sources(before, numbers)
    yield
    new_sources = _by_sources(after, numbers)
    yield
    pairs: Pairs = {}
    _match(pairs, _labelled(before, old_sources), _labelled(after, new_sources))
    yield
    _match(pairs, old_sources, new_sources)
    if _same_output(before, after, pairs):
        pairs[before.output] = after.output
    sure = dict(pairs)
    yield
    old_uses = _by_uses(before, numbers)
    yield
    _match(pairs, old_uses, _by_uses(after, numbers))
    _match(pairs, _labels(before), _labels(after))
    yield
    return pairs if acyclic(_merged(before, after, pairs)) else sure


def acyclic(edges: Iterable[tuple[str, str]]) -> bool:
    """Tell whether the edges, as pairs of source and target, close no circle."""
    targets: defaultdict[str, list[str]] = defaultdict(list)
    waiting: defaultdict[str, int] = defaultdict(int)
    for source, target in edges:
        targets[source].append(target)
        waiting[target] += 1
    ready = deque(source for source in targets if waiting[source] == 0)
    while ready:
        for target in targets[ready.popleft()]:
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    return not any(waiting.values())


def _by_sources(graph: Graph, numbers: dict[Hashable, int]) -> dict[str, int]:
    """Return a number for all that leads to each node; equal numbers, equal structures."""
    found: dict[str, int] = {}
    for node in _sources_first(graph):
        sources = tuple(
            (edge.slot, edge.output, found[edge.source]) for edge in graph.edges_into[node.id]
        )
        key = ("sources", node.kind == "leaf", node.op, sources)
        found[node.id] = numbers.setdefault(key, len(numbers))
    return {node.id: found[node.id] for node in graph.nodes}


def _by_uses(graph: Graph, numbers: dict[Hashable, int]) -> dict[str, int]:
    """Return a number for all that each node leads to, up to the output."""
    found: dict[str, int] = {}
    for node in reversed(_sources_first(graph)):
        uses = sorted((edge.slot, found[edge.target]) for edge in graph.edges_out_of[node.id])
        key = ("uses", node.kind == "leaf", node.op, tuple(uses))
        found[node.id] = numbers.setdefault(key, len(numbers))
    return {node.id: found[node.id] for node in graph.nodes}


def _labelled(graph: Graph, keys: _Keys) -> dict[str, Hashable]:
    return {node.id: (keys[node.id], node.label) for node in graph.nodes}


def _labels(graph: Graph) -> dict[str, Hashable]:
    return {node.id: (node.kind, node.op, node.label) for node in graph.nodes if node.label}


def _sources_first(graph: Graph) -> list[Node]:
    waiting = {key: len(edges) for key, edges in graph.edges_into.items()}
    ready = deque(node for node in reversed(graph.nodes) if waiting[node.id] == 0)
    order: list[Node] = []
    while ready:
        node = ready.popleft()
        order.append(node)
        for edge in graph.edges_out_of[node.id]:
            waiting[edge.target] -= 1
            if waiting[edge.target] == 0:
                ready.append(graph.node[edge.target])
    return order


def _match(pairs: Pairs, old: _Keys, new: _Keys) -> None:
    """Add pairs of nodes, free so far, that are equal; those of one key in their order."""
    taken = set(pairs.values())
    free: defaultdict[Hashable, deque[str]] = defaultdict(deque)
    for node, key in new.items():
        if node not in taken:
            free[key].append(node)
    for node, key in old.items():
        if node not in pairs and free.get(key):
            pairs[node] = free[key].popleft()


def _same_output(before: Graph, after: Graph, pairs: Pairs) -> bool:
    free = before.output not in pairs and after.output not in pairs.values()
    return free and before.node[before.output].op == after.node[after.output].op


def _merged(before: Graph, after: Graph, pairs: Pairs) -> Iterable[tuple[str, str]]:
    """Yield the edges of both graphs with the ids of `after`; those of `before` alone differ."""
    for edge in before.edges:
        yield (
            pairs.get(edge.source, f"before {edge.source}"),
            pairs.get(edge.target, f"before {edge.target}"),
        )
    for edge in after.edges:
        yield edge.source, edge.target
