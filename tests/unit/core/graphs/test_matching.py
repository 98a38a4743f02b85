"""Nodes of two graphs are matched by what they are, whatever ids they have."""

import random

from changing_graphs import add_chain, graph_of
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.graphs.matching import acyclic, matching


def test_that_a_graph_matches_itself_whatever_its_ids_are() -> None:
    graph = graph_of(("Add", "Mul b", "a"), ("Mul", "b"))
    named = graph_of(("Add", "Mul b", "a"), ("Mul", "b"), prefix="other ")
    assert matching(graph, named) == {node.id: f"other {node.id}" for node in graph.nodes}


def test_that_what_is_added_at_the_end_leaves_all_before_it_as_it_was() -> None:
    short, long = add_chain("abc"), add_chain("abcd")
    pairs = matching(short, long)
    assert len(pairs) == len(short.nodes)
    missing = sorted(node.op for node in long.nodes if node.id not in pairs.values())
    assert missing == ["Add", "Mul", "d"]
    assert pairs[short.output] == long.output


def test_that_the_way_back_is_the_same_matching() -> None:
    short, long = add_chain("abc"), add_chain("abcde")
    there, back = matching(short, long), matching(long, short)
    assert back == {value: key for key, value in there.items()}


def test_that_a_label_tells_equal_operations_apart() -> None:
    before = add_chain("ae", labels={"a": "a x", "e": "e x^5"})
    after = add_chain("ae", labels={"a": "a x", "e": "e x^4"})
    both = add_chain("aee", labels={"a": "a x"}, uses=["a x", "e x^4", "e x^5"])
    for graph, label in ((before, "e x^5"), (after, "e x^4")):
        pairs = matching(graph, both)
        old = next(node for node in graph.nodes if node.label == label)
        assert both.node[pairs[old.id]].label == label


def test_that_leaves_of_other_names_are_other_nodes() -> None:
    before, after = add_chain("ab"), add_chain("ac")
    stayed = {before.node[key].op for key in matching(before, after)}
    assert "a" in stayed
    assert "b" not in stayed


def test_that_what_leads_to_the_output_is_matched_where_the_leaves_are_others() -> None:
    before = graph_of(("Sum", "Pow"), ("Pow", "Sub"), ("Sub", "a"))
    after = graph_of(("Sum", "Pow"), ("Pow", "Sub"), ("Sub", "b"))
    assert {before.node[key].op for key in matching(before, after)} == {"Sum", "Pow", "Sub"}


def test_that_operations_in_another_order_are_not_drawn_in_a_circle() -> None:
    before = graph_of(("Sum", "Sin"), ("Sin", "Cos"), ("Cos", "a"), labelled=True)
    after = graph_of(("Sum", "Cos"), ("Cos", "Sin"), ("Sin", "b"), labelled=True)
    pairs = matching(before, after)
    merged = [
        (pairs.get(e.source, "?" + e.source), pairs.get(e.target, "?" + e.target))
        for e in before.edges
    ]
    assert acyclic([*merged, *((edge.source, edge.target) for edge in after.edges)])


@given(st.lists(st.sampled_from("abcde"), min_size=1, max_size=12), st.integers(0, 2**16))
def test_that_each_node_is_matched_once_and_with_its_own_operation(
    names: list[str], seed: int
) -> None:
    shuffled = list(names)
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    before, after = add_chain(names), add_chain(shuffled)
    pairs = matching(before, after)
    assert len(set(pairs.values())) == len(pairs)
    assert all(before.node[old].op == after.node[new].op for old, new in pairs.items())
    leaves = {node.id for node in before.nodes if node.kind == "leaf"}
    assert leaves <= pairs.keys()


def test_that_a_graph_of_thousands_of_nodes_in_a_row_is_matched() -> None:
    before, after = add_chain(["a"] * 3000), add_chain(["a"] * 3001)
    assert len(matching(before, after)) == len(before.nodes)
