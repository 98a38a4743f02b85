"""The part of a graph that is looked at, found in another way: by every path."""

from collections.abc import Iterable, Iterator

from hypothesis import given
from hypothesis import strategies as st
from random_groups import grouped_graphs, showings
from sample_graphs import tutorial_graph

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.isolation import (
    Isolated,
    Isolation,
    Reach,
    isolation_of,
    shown_isolation,
)
from gradviz.core.graphs.outline import outline_of

_AROUND: tuple[Reach, ...] = ("all", "ancestors", "descendants")
_PARTS = st.sampled_from(_AROUND)


def paths(graph: Graph, node: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the nodes and edges of every path that begins at `node`."""
    yield [node], []
    for edge in graph.edges:
        if edge.source == node:
            for nodes, edges in paths(graph, edge.target):
                yield [node, *nodes], [edge.id, *edges]


def together(found: Iterable[tuple[list[str], list[str]]]) -> Isolation:
    """Return all nodes and edges of paths."""
    listed = list(found)
    return Isolation(
        frozenset(node for nodes, _ in listed for node in nodes),
        frozenset(edge for _, edges in listed for edge in edges),
    )


def some_nodes(graph: Graph) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from([node.id for node in graph.nodes]), min_size=1, max_size=3)


@given(grouped_graphs(most=8), st.data())
def test_that_ancestors_and_descendants_are_on_a_path_that_ends_or_begins_there(
    graph: Graph, data: st.DataObject
) -> None:
    chosen, part = data.draw(some_nodes(graph)), data.draw(_PARTS)
    every = [path for node in graph.nodes for path in paths(graph, node.id)]
    ends = [path for path in every if path[0][-1] in chosen]
    begins = [path for path in every if path[0][0] in chosen]
    wanted = {"ancestors": ends, "descendants": begins, "all": [*ends, *begins]}[part]
    assert isolation_of(graph, Isolated(part, chosen)) == together(wanted)


@given(grouped_graphs(most=8), st.data())
def test_that_a_way_is_every_path_from_one_end_to_the_other(
    graph: Graph, data: st.DataObject
) -> None:
    one, other = data.draw(some_nodes(graph)), data.draw(some_nodes(graph))
    ends = ((one, other), (other, one))
    every = [path for node in graph.nodes for path in paths(graph, node.id)]
    wanted = [path for path in every if (path[0][0], path[0][-1]) in
              {(a, b) for first, last in ends for a in first for b in last}]  # fmt: skip
    found = isolation_of(graph, Isolated("between", one, other))
    assert found == together(wanted)
    assert found == isolation_of(graph, Isolated("between", other, one))


@given(grouped_graphs(), st.data())
def test_that_a_box_is_in_the_part_if_a_node_behind_it_is(
    graph: Graph, data: st.DataObject
) -> None:
    outline = outline_of(graph, data.draw(showings(graph)))
    true = isolation_of(graph, Isolated(data.draw(_PARTS), data.draw(some_nodes(graph))))
    shown = shown_isolation(true, outline)
    for item in outline.graph.node:
        behind = [node for node, its in outline.item_of.items() if its == item]
        assert (item in shown.nodes) == any(node in true.nodes for node in behind)
    for edge, bundled in outline.bundles.items():
        assert (edge in shown.edges) == any(each in true.edges for each in bundled)
    assert shown_isolation(true, None) == true


def test_that_ids_of_another_graph_are_passed_over() -> None:
    found = isolation_of(tutorial_graph(), Isolated("between", frozenset({"c", "gone"}),
                                                    frozenset({"gone"})))  # fmt: skip
    assert found == Isolation(frozenset(), frozenset())
    found = isolation_of(tutorial_graph(), Isolated("ancestors", frozenset({"gone", "c"})))
    assert found.nodes == {"c"}


def test_that_a_parameter_of_the_tutorial_is_isolated_with_its_way_to_the_loss() -> None:
    isolated = isolation_of(tutorial_graph(), Isolated("all", frozenset({"c"})))
    assert isolated.nodes == {"c", "mulc", "add2", "add3", "sub", "pow", "sum"}
    assert len(isolated.edges) == 6


def test_that_branches_beside_each_other_have_no_way_between_them() -> None:
    found = isolation_of(tutorial_graph(), Isolated("between", frozenset({"c"}), frozenset({"d"})))
    assert not found.nodes
    assert not found.edges
