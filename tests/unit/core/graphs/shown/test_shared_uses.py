"""The marks of shared parameters, against a count of all edges of each."""

from grouped_graphs import gpt2, lstm
from hypothesis import given
from hypothesis import strategies as st
from random_groups import grouped_graphs, showings

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Showing, outline_of
from gradviz.core.graphs.shown.shared_uses import linked_with, marks_of, shared_uses


@given(grouped_graphs(), st.data())
def test_that_every_place_of_a_shared_parameter_is_marked_and_no_other(
    graph: Graph, data: st.DataObject
) -> None:
    outline = outline_of(graph, data.draw(showings(graph)))
    uses = shared_uses(outline)
    marks = marks_of(uses)
    wanted: dict[str, set[str]] = {}
    for leaf in graph.shared_leaves & outline.item_of.keys():
        home = outline.item_of[leaf]
        users = {
            outline.item_of[edge.target]
            for edge in graph.edges
            if edge.source == leaf and edge.target in outline.item_of
        }
        if len(users) > 1 or (users and home != leaf and users != {home}):
            for place in {home, *users}:
                wanted.setdefault(place, set()).add(leaf)
    found = {
        item: {leaf for number in numbers for leaf in uses[number - 1].leaves}
        for item, numbers in marks.items()
    }
    # Of parameters that are drawn beside each other, one mark is at all of them.
    for item, leaves in found.items():
        assert wanted[item] <= leaves
        assert item in graph.shared_leaves or wanted[item] == leaves
    assert found.keys() == wanted.keys()
    for item in outline.graph.node:
        linked = linked_with(uses, item)
        assert (item in linked) == (item in marks)
        assert linked <= marks.keys()


def test_that_a_tied_weight_links_the_embedding_with_the_head() -> None:
    graph = gpt2()
    (use,) = shared_uses(outline_of(graph, Showing()))
    assert set(use.places) == {"@wte", "@lm_head"}
    assert use.homes == {"@wte"}
    assert {graph.node[leaf].op for leaf in use.leaves} == {"weight"}
    opened = Showing(frozenset({"wte", "lm_head"}), parameters=True)
    (drawn,) = shared_uses(outline_of(graph, opened))
    assert drawn.homes == set(drawn.leaves)
    assert len(drawn.places) == 3


def test_that_a_fold_of_all_users_is_not_marked() -> None:
    """A cell that is called again and again shares its weights with itself alone."""
    graph = lstm()
    assert graph.shared_leaves
    folded = outline_of(graph, Showing())
    apart = outline_of(graph, Showing(folding=False))
    assert len(marks_of(shared_uses(folded))) < len(marks_of(shared_uses(apart)))
