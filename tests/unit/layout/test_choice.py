"""Which plans are tried."""

import pytest
from sample_graphs import chain, shared_graph, tutorial_graph, unrolled

from gradviz.core.errors import LayoutError
from gradviz.core.graphs.placement import Box, Link
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


def test_that_a_link_to_nowhere_is_refused_by_name() -> None:
    with pytest.raises(LayoutError, match="lost"):
        promising_plans((Box("a", 1, 1),), (Link("lost", "a", "b"),))
