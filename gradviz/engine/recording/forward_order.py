"""The order in which PyTorch computed the nodes of a graph."""

from heapq import heapify, heappop, heappush

from gradviz.engine.recording.capture import GradNode, Walk
from gradviz.engine.torch_internals.grad_nodes import sequence_number


def forward_order(walk: Walk) -> tuple[str, ...]:
    """Return the ids of all nodes as they came to be: the leaves first, the output last.

    PyTorch numbers its nodes as it makes them, but for each thread anew; where these numbers
    would have a node before one that feeds it, it waits for that one.
    """
    ids = walk.ids
    operations = walk.operations
    numbers = [sequence_number(node) for node in operations]
    if None in numbers:
        # The walk goes backwards: turned round, it has each node behind all that feed it.
        numbers = list(range(len(operations), 0, -1))
    made = {node: number or 0 for node, number in zip(operations, numbers, strict=True)}
    order = sorted(made, key=made.__getitem__)
    if not _feeds_come_first(made, walk):
        order = _waiting_for_feeds(order, walk)
    return (*(ids[leaf] for leaf in walk.leaves), *(ids[node] for node in order))


def _feeds_come_first(made: dict[GradNode, int], walk: Walk) -> bool:
    # Many nodes, of which all pass: a loop takes half the time of a generator.
    for node, number in made.items():
        for source, _ in walk.feeds[node]:
            if made.get(source, -1) >= number:
                return False
    return True


def _waiting_for_feeds(order: list[GradNode], walk: Walk) -> list[GradNode]:
    """Return the nodes with each behind all that feed it, else in the order that they have."""
    place = {node: index for index, node in enumerate(order)}
    waits = dict.fromkeys(order, 0)
    users: dict[GradNode, list[GradNode]] = {node: [] for node in order}
    for node in order:
        for source, _ in walk.feeds[node]:
            if source in place:
                waits[node] += 1
                users[source].append(node)
    ready = [place[node] for node, count in waits.items() if not count]
    heapify(ready)
    found: list[GradNode] = []
    while ready:
        node = order[heappop(ready)]
        found.append(node)
        for user in users[node]:
            waits[user] -= 1
            if not waits[user]:
                heappush(ready, place[user])
    return found
