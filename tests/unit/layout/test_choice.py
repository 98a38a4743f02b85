"""Which plans are tried."""

import pytest
from sample_graphs import chain, shared_graph, tutorial_graph, unrolled

from gradviz.core.errors import LayoutError
from gradviz.core.graphs.placement import Box, Link, Rank
from gradviz.layout.choice import promising_plans


def _plain(count: int) -> tuple[tuple[Box, ...], tuple[Link, ...]]:
    graph = tutorial_graph() if count == 13 else shared_graph()
    boxes = tuple(Box(node.id, 100, 40, leaf=node.kind == "leaf") for node in graph.nodes)
    return boxes, tuple(Link(edge.id, edge.source, edge.target) for edge in graph.edges)


def test_that_a_graph_without_shared_leaves_is_not_split() -> None:
    assert promising_plans(*_plain(13)) == ("dot", "rows")


def test_that_a_small_graph_with_a_shared_leaf_is_first_drawn_whole() -> None:
    assert promising_plans(*_plain(4)) == ("dot", "split leaves", "rows")


def test_that_a_leaf_used_at_many_depths_is_split_at_once() -> None:
    assert promising_plans(*unrolled(100)) == ("split leaves", "rows")


def test_that_what_graphviz_cannot_do_in_time_is_not_tried() -> None:
    assert promising_plans(*chain(10_000)) == ("rows",)
    assert promising_plans(*unrolled(1_000)) == ("rows",)


def _connected(layers: int) -> tuple[tuple[Box, ...], tuple[Link, ...]]:
    """Return layers that each take the results of all before: few boxes, many long links."""
    boxes = tuple(Box(f"n{index}", 100, 40) for index in range(layers))
    pairs = [(i, j) for j in range(layers) for i in range(j)]
    return boxes, tuple(Link(f"e{i}-{j}", f"n{i}", f"n{j}") for i, j in pairs)


def test_that_a_small_graph_with_many_long_links_is_not_tried_with_graphviz() -> None:
    assert promising_plans(*_connected(15)) == ("dot", "rows")
    assert promising_plans(*_connected(50)) == ("rows",)


def test_that_a_few_long_links_through_a_long_graph_are_drawn_by_graphviz() -> None:
    boxes, links = chain(1_000)
    far = tuple(Link(f"far{i}", f"n{i}", f"n{999 - i}") for i in range(0, 50, 5))
    assert promising_plans(boxes, links + far) == ("dot", "rows")
    far = tuple(Link(f"far{i}", f"n{i}", f"n{999 - i}") for i in range(200))
    assert promising_plans(boxes, links + far) == ("rows",)


def test_that_a_wide_graph_of_short_links_is_drawn_by_graphviz() -> None:
    boxes = (Box("sum", 100, 40), *(Box(f"n{index}", 100, 40) for index in range(700)))
    links = tuple(Link(f"e{index}", f"n{index}", "sum") for index in range(700))
    assert promising_plans(boxes, links) == ("dot", "rows")


def _frame(rows: int, wires: int, rank: Rank) -> tuple[tuple[Box, ...], tuple[Link, ...]]:
    """Return an open frame: a chain, and wires between ports and the rows furthest from them."""
    boxes, links = chain(rows)
    ports = tuple(Box(f"port{i}", 2, 2, rank=rank) for i in range(wires))
    if rank == "first":
        far = [(f"port{i}", links[-1 - i].target) for i in range(wires)]
    else:
        far = [(links[i].source, f"port{i}") for i in range(wires)]
    return boxes + ports, links + tuple(Link(f"wire{i}", *far[i]) for i in range(wires))


@pytest.mark.parametrize("rank", ["first", "last"])
def test_that_a_wire_to_the_border_of_an_open_frame_passes_all_rows_between(rank: Rank) -> None:
    assert promising_plans(*_frame(160, 100, rank)) == ("rows",)
    assert promising_plans(*_frame(160, 20, rank)) == ("dot", "rows")
    assert promising_plans(*_frame(2_900, 5, rank)) == ("dot", "rows")
    assert promising_plans(*_frame(2_900, 6, rank)) == ("rows",)


def test_that_a_graph_on_a_cycle_has_plans_too() -> None:
    boxes = (Box("a", 1, 1), Box("b", 1, 1))
    links = (Link("ab", "a", "b"), Link("ba", "b", "a"))
    assert promising_plans(boxes, links)[-1] == "rows"


def test_that_a_link_to_nowhere_is_refused_by_name() -> None:
    with pytest.raises(LayoutError, match="lost"):
        promising_plans((Box("a", 1, 1),), (Link("lost", "a", "b"),))
