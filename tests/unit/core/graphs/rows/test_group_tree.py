"""The tree of groups and nodes, and the numbers of its rows."""

import math

import numpy as np
import pytest
from graphs_in_groups import groupings
from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import large, scalar, tutorial_graph, tutorial_trace
from searched_graphs import GroupedGraph, pass_of, transformer

from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.rows.group_tree import ROOT, GroupTree
from gradviz.core.graphs.rows.measures import Measures, element_bytes
from gradviz.core.graphs.tensors import TensorSummary


def below(tree: GroupTree, item: int) -> list[int]:
    """Return all items beneath one, from the top down."""
    found = []
    for child in tree.children(item):
        found.append(child)
        if tree.group(child) is not None:
            found += below(tree, child)
    return found


@given(groupings(tutorial_graph()))
def test_that_every_group_and_node_is_one_row_within_its_own_group(graph: object) -> None:
    tree = GroupTree(graph)  # type: ignore[arg-type]
    items = below(tree, ROOT)
    assert sorted(items) == list(range(tree.count))
    for item in items:
        assert item in tree.children(tree.parent(item))
        assert tree.item(tree.id(item)) == item
        assert tree.path(item)[-1] == item
        assert all(
            tree.parent(b) == a for a, b in zip(tree.path(item), tree.path(item)[1:], strict=False)
        )


@given(
    groupings(tutorial_graph()), st.sets(st.sampled_from([n.id for n in tutorial_graph().nodes]))
)
def test_that_items_are_kept_with_all_groups_around_them(graph: object, ids: set[str]) -> None:
    tree = GroupTree(graph)  # type: ignore[arg-type]
    wanted = {item for each in ids if (item := tree.item(each)) is not None}
    assert tree.with_ancestors(ids) == {item for each in wanted for item in tree.path(each)}


def test_that_rows_are_in_the_order_of_the_pass() -> None:
    graph = transformer(2)
    tree = GroupTree(graph, pass_of(graph))
    assert [tree.id(item) for item in tree.children(ROOT)] == ["@wte", "@h", "n13"]
    h = tree.item("@h")
    assert h is not None
    assert [tree.id(item) for item in tree.children(h)] == ["@h.0", "@h.1"]
    attn = tree.item("@h.1.attn")
    assert attn is not None
    assert [tree.id(item) for item in tree.children(attn)] == ["n9", "n10", "n11"]


def test_that_a_graph_without_groups_is_a_list_in_the_order_of_the_pass() -> None:
    graph = tutorial_graph()
    tree = GroupTree(graph, tutorial_trace())
    assert [tree.id(item) for item in tree.children(ROOT)] == [n.id for n in reversed(graph.nodes)]


def test_that_another_recording_has_the_same_tree_and_another_model_has_not() -> None:
    tree = GroupTree(transformer(2))
    assert tree.is_like(transformer(2))
    assert not tree.is_like(transformer(3))
    assert not tree.is_like(tutorial_graph())


def test_that_a_group_has_the_norm_of_its_parameters_gradients_and_their_count() -> None:
    made = GroupedGraph()
    outer = made.group("outer")
    inner = made.group("inner", outer)
    first = made.leaf("outer.a", outer, (4,))
    second = made.leaf("outer.inner.b", inner, (3, 5))
    made.node("Mul", inner, first, second, shape=(3, 5))
    made.node("Exp", NO_GROUP, "n2", shape=(3, 5), dtype="float16")
    graph = made.graph()
    measures = Measures(graph, pass_of(graph, n0=large(3.0, (4,)), n1=large(4.0, (3, 5))))
    assert measures.gradients[:2].tolist() == [5.0, 4.0]
    assert measures.parameters[:2].tolist() == [19.0, 15.0]
    assert measures.bytes[:2].tolist() == [4 * (4 + 15 + 15), 4 * (15 + 15)]
    assert measures.bytes[2] == 2 * 15
    assert not measures.unsound.any()


def test_that_a_group_with_a_number_that_is_not_finite_says_so() -> None:
    made = GroupedGraph()
    group = made.group("m")
    nan = TensorSummary(shape=(2,), dtype="float32", device="cpu", finite=False)
    made.node("Log", group, made.leaf("a", group))
    made.node("Exp", NO_GROUP, "n1")
    graph = made.graph()
    measures = Measures(graph, pass_of(graph, n1=nan, n0=scalar(math.inf)))
    assert measures.unsound.tolist() == [True, False, True, True]
    assert np.isinf(measures.gradients[0])


def test_that_a_group_without_parameters_has_no_gradient_and_none_of_them() -> None:
    made = GroupedGraph()
    made.node("Relu", made.group("act"), made.leaf("x", NO_GROUP))
    measures = Measures(made.graph(), pass_of(made.graph()), {"x"})
    assert math.isnan(measures.gradients[0])
    assert measures.parameters[0] == 0


@pytest.mark.parametrize(
    ("dtype", "size"),
    [("float32", 4), ("bfloat16", 2), ("float64", 8), ("complex64", 8), ("bool", 1),
     ("float8_e4m3fn", 1), ("int8", 1), ("uint4", 1)],
)  # fmt: skip
def test_that_an_element_has_the_bytes_of_its_type(dtype: str, size: int) -> None:
    assert element_bytes(dtype) == size
