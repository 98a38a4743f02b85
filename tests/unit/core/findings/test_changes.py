"""What changed, as numbers and as sentences, without any engine."""

import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import large, scalar, tutorial_graph

from gradviz.core.findings.changes import (
    Change,
    Changes,
    came_and_went,
    most_first,
    settings_changed,
    shape_changed,
)
from gradviz.core.graphs.graph import SavedTensor
from gradviz.core.graphs.matching import matching

NONE = Changes(came=(), went=(), changed=(), changed_nodes=frozenset(), count=0, compared=7)
FINITE = st.floats(-1e6, 1e6)


def change(old: float, new: float) -> Change:
    return Change(
        node="n", before="n", title="value", old=scalar(old), new=scalar(new), difference=new - old
    )


@given(old=FINITE.filter(lambda x: abs(x) > 1e-6), new=FINITE)
def test_that_relative_and_ratio_are_beside_the_old_one(old: float, new: float) -> None:
    found = change(old, new)
    assert found.relative == abs(new - old) / abs(old)
    assert found.ratio == new / old


def test_that_beside_zero_any_change_is_infinite_and_has_no_ratio() -> None:
    assert (change(0, 2).relative, change(0, 2).ratio) == (math.inf, None)
    assert change(0, 0).relative == 0


def test_that_norms_have_a_ratio_too() -> None:
    found = Change(node="n", before="n", title="value", old=large(2), new=large(3), difference=1.5)
    assert (found.relative, found.ratio) == (0.75, 1.5)


@given(st.lists(st.tuples(FINITE, FINITE), max_size=8))
def test_that_the_largest_relative_change_comes_first(pairs: list[tuple[float, float]]) -> None:
    found = [each.relative for each in most_first(change(*pair) for pair in pairs)]
    assert found == sorted(found, key=lambda x: -1.0 if x is None else x, reverse=True)


@pytest.mark.parametrize(
    ("doubt", "said"),
    [
        ({}, "Identical bit for bit: 7 tensors compared."),
        ({"unknown": 1}, "No change was found. Of 1 tensor only equal statistics are known."),
        ({"count": 1}, "1 value or gradient changed."),
        ({"came": ("a", "b"), "went": ("c",)}, "2 nodes came; 1 node went."),
        ({"other_kinds": 2}, "2 saved or sent-on tensors changed."),
    ],
)
def test_that_identical_is_said_only_where_nothing_is_in_doubt(
    doubt: dict[str, object], said: str
) -> None:
    changes = msgspec.structs.replace(NONE, **doubt)
    assert changes.summary == said
    assert changes.identical == (not doubt)


def test_that_a_graph_without_a_node_lacks_just_that_one() -> None:
    graph = tutorial_graph()
    less = msgspec.structs.replace(
        graph,
        nodes=tuple(node for node in graph.nodes if node.id != "d"),
        edges=tuple(edge for edge in graph.edges if edge.source != "d"),
    )
    assert came_and_went(graph, less, matching(graph, less)) == ((), ("d",))
    assert came_and_went(less, graph, matching(less, graph)) == (("d",), ())
    assert came_and_went(graph, graph, matching(graph, graph)) == ((), ())


def test_that_settings_and_shapes_are_told_in_words() -> None:
    node = tutorial_graph().node["pow"]
    squared, cubed = (
        msgspec.structs.replace(node, saved=(SavedTensor("exponent", None, each),))
        for each in ("2", "3")
    )
    (found,) = settings_changed(squared, cubed)
    assert (found.title, found.told) == ("setting exponent", "2 → 3")
    assert not list(settings_changed(squared, squared))
    other = shape_changed("n", "n", "value", large(1), large(1, (5, 5)))
    assert other is not None
    assert other.told == "(2000,) → (5, 5)"
    assert shape_changed("n", "n", "value", large(1), large(2)) is None
