"""All shapes of a graph in one placement: what stays has one place."""

import pytest
from changing_graphs import add_chain, graph_of

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.matching import matching
from gradviz.core.graphs.placement import Box, Placement
from gradviz.core.graphs.union_layout import Marks, UnionLayout, same_shape, shape_of
from gradviz.layout.rows import place_in_rows


def boxes(graph: Graph, width: float = 100) -> list[Box]:
    return [Box(node.id, width, 40, node.kind == "leaf") for node in graph.nodes]


def union_layout_of(*graphs: Graph) -> UnionLayout:
    union_layout = UnionLayout()
    for graph in graphs:
        assert union_layout.add(graph, shape_of(graph), boxes(graph))
    return union_layout


def whole(union_layout: UnionLayout) -> Placement:
    return place_in_rows(union_layout.boxes, union_layout.links)


def test_that_a_graph_that_never_changes_is_laid_out_as_it_is() -> None:
    graph = add_chain("abc")
    union_layout = union_layout_of(graph, graph)
    assert union_layout.boxes == tuple(boxes(graph))
    assert [link.id for link in union_layout.links] == [edge.id for edge in graph.edges]
    placement = whole(union_layout)
    assert union_layout.placement_of(shape_of(graph), placement) is placement


@pytest.mark.parametrize("names", [("abc", "abcd"), ("abcd", "ab", "abcde"), ("ab", "cd", "ad")])
def test_that_what_two_shapes_share_lies_in_one_place(names: tuple[str, ...]) -> None:
    graphs = [add_chain(each) for each in names]
    union_layout = union_layout_of(*graphs)
    placement = whole(union_layout)
    places = [union_layout.placement_of(shape_of(graph), placement) for graph in graphs]
    first, second = graphs[:2]
    pairs = matching(first, second)
    assert pairs
    for old, new in pairs.items():
        assert places[0].centers[old] == places[1].centers[new]
    for graph, place in zip(graphs, places, strict=True):
        assert place.centers.keys() == graph.node.keys()
        assert place.curves.keys() == {edge.id for edge in graph.edges}
        assert len(set(place.centers.values())) == len(graph.nodes)


def test_that_a_shape_that_comes_again_adds_nothing() -> None:
    short, long = add_chain("abc"), add_chain("abcd")
    union_layout = union_layout_of(short, long)
    size = len(union_layout.boxes), len(union_layout.links)
    assert union_layout.add(short, shape_of(short), boxes(short))
    assert (len(union_layout.boxes), len(union_layout.links)) == size
    assert size[0] == len(long.nodes)


def test_that_a_box_is_as_large_as_the_largest_shape_needs_it() -> None:
    short, long = add_chain("abc"), add_chain("abcd")
    union_layout = UnionLayout()
    union_layout.add(short, shape_of(short), boxes(short, width=150))
    union_layout.add(long, shape_of(long), boxes(long, width=100))
    widths = {box.id: box.width for box in union_layout.boxes}
    assert {widths[node.id] for node in short.nodes} == {150}
    assert sorted(widths.values())[:3] == [100, 100, 100]


def test_that_the_marks_are_what_came_and_what_went() -> None:
    short, long = add_chain("abc"), add_chain("abcd")
    union_layout = union_layout_of(short, long)
    placement = whole(union_layout)
    grown = union_layout.marks(shape_of(short), shape_of(long), placement, at_step=7)
    assert sorted(long.node[key].op for key in grown.came) == ["Add", "Mul", "d"]
    assert (grown.gone, grown.at_step) == ((), 7)
    assert len(grown.gone_curves) == 1
    shrunk = union_layout.marks(shape_of(long), shape_of(short), placement)
    assert sorted(node.title for node in shrunk.gone) == ["Add", "Mul", "d"]
    assert not shrunk.came
    drawn = union_layout.placement_of(shape_of(long), placement)
    assert {node.center for node in shrunk.gone} == {drawn.centers[key] for key in grown.came}


def test_that_nothing_is_marked_between_equal_shapes() -> None:
    graph = add_chain("abc")
    union_layout = union_layout_of(graph)
    assert not union_layout.marks(shape_of(graph), shape_of(graph), whole(union_layout))
    assert not Marks()


def test_that_equal_nodes_with_other_edges_are_another_shape() -> None:
    one = graph_of(("Add", "Sin", "Cos"), ("Sin", "a"), ("Cos", "b"))
    other = graph_of(("Add", "Sin", "Cos"), ("Sin", "b"), ("Cos", "a"))
    assert shape_of(one).nodes == shape_of(other).nodes
    assert shape_of(one) != shape_of(other)
    assert not same_shape(one, other)
    assert same_shape(one, one)


def test_that_shapes_without_end_are_not_collected_for_ever() -> None:
    union_layout = UnionLayout()
    graphs = [add_chain(["a"] * count) for count in range(1, 60)]
    taken = [union_layout.add(graph, shape_of(graph), boxes(graph)) for graph in graphs]
    assert 2 <= sum(taken) < 50
    assert len(union_layout.shapes) == sum(taken)
