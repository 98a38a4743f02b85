"""The order of the forward pass: PyTorch's own numbers, or what feeds a node before it."""

from threading import Thread

import torch
from hypothesis import given
from hypothesis import strategies as st

from gradviz.engine.recording.capture import Walk, is_leaf
from gradviz.engine.recording.forward_order import forward_order

#: For each operation which of the tensors before it are multiplied: two leaves come first.
Plan = list[tuple[int, int]]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    count = draw(st.integers(1, 9))
    return [
        (draw(st.integers(0, made)), draw(st.integers(0, made))) for made in range(1, count + 1)
    ]


def walked(plan: Plan) -> Walk:
    """Return the nodes of an output that every operation of `plan` reaches."""
    made = [torch.tensor(1.5, requires_grad=True), torch.tensor(0.5, requires_grad=True)]
    for left, right in plan:
        made.append(made[left] * made[right])
    return Walk(torch.stack(made).sum(), {})


def numbered(walk: Walk, numbers: list[int]) -> None:
    """Give the operations of `walk` other numbers, as threads of their own would."""
    operations = [node for node in walk.nodes if not is_leaf(node)]
    for node, number in zip(operations, numbers, strict=False):
        node._set_sequence_nr(number)


def one_by_one(walk: Walk) -> list[str]:
    """Return what is to be found, by trying: of all that are fed, the lowest number comes next."""
    found = [walk.ids[leaf] for leaf in walk.leaves]
    left = [node for node in walk.nodes if not is_leaf(node)]
    while left:
        ready = [
            node
            for node in left
            if all(source is None or walk.ids[source] in found for source, _ in node.next_functions)
        ]
        # Where numbers are the same, the walk's order decides.
        node = min(ready, key=lambda each: each._sequence_nr())
        found.append(walk.ids[node])
        left.remove(node)
    return found


@given(plans(), st.lists(st.integers(0, 5), max_size=12))
def test_that_each_node_stands_behind_what_feeds_it_else_by_its_number(
    plan: Plan, numbers: list[int]
) -> None:
    walk = walked(plan)
    numbered(walk, numbers)
    assert list(forward_order(walk)) == one_by_one(walk)


@given(plans())
def test_that_within_one_thread_the_order_is_that_in_which_nodes_were_made(plan: Plan) -> None:
    walk = walked(plan)
    operations = [node for node in walk.nodes if not is_leaf(node)]
    operations.sort(key=lambda node: node._sequence_nr())
    leaves = [walk.ids[leaf] for leaf in walk.leaves]
    assert list(forward_order(walk)) == [*leaves, *(walk.ids[node] for node in operations)]


def test_that_what_another_thread_computed_stands_behind_what_feeds_it() -> None:
    x = torch.tensor(2.0, requires_grad=True)
    middle = x
    for _ in range(5):
        middle = middle * 2
    made: list[torch.Tensor] = []
    thread = Thread(target=lambda: made.append(middle.sin()))
    thread.start()
    thread.join()
    walk = Walk(made[0].exp(), {"x": x})
    inner = next(node for node in walk.nodes if node.name() == "SinBackward0")
    fed_by = inner.next_functions[0][0]
    assert fed_by is not None
    assert inner._sequence_nr() < fed_by._sequence_nr()
    order = forward_order(walk)
    assert order.index(walk.ids[fed_by]) < order.index(walk.ids[inner])
    assert order[-1] == walk.ids[walk.root]
