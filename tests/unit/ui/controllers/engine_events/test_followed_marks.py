"""What is isolated or marked in a graph, when another one comes."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import shared_graph, shared_trace, tutorial_graph
from silent_engine import Bench

from gradviz.core.graphs.isolation import Isolated, followed
from gradviz.core.graphs.matching import matching

_NAMES = st.frozensets(st.sampled_from("abcdef"), min_size=1)


@pytest.fixture
def marked(bench: Bench) -> Bench:
    """Return a bench on whose graph a node is isolated and another one is marked."""
    bench.workbench.select("muld")
    bench.workbench.isolation.toggle("ancestors")
    bench.workbench.isolation.begin_way()
    bench.workbench.pick(frozenset({"d"}))
    assert bench.state.isolated is not None
    return bench


def test_that_another_model_has_nothing_isolated_though_its_nodes_have_the_same_names(
    marked: Bench,
) -> None:
    told: list[str] = []
    marked.state.isolation_changed.connect(lambda: told.append("isolation"))
    marked.state.picked_changed.connect(lambda: told.append("picked"))
    graph = tutorial_graph()
    nodes = [
        msgspec.structs.replace(node, op="Div") if node.id == "muld" else node
        for node in graph.nodes
    ]
    other = msgspec.structs.replace(graph, nodes=tuple(nodes))
    marked.workbench.choose_model("module")
    marked.build(graph=other)
    state = marked.state
    assert (state.isolated, state.way_begins, state.picked) == (None, None, frozenset())
    assert told == ["isolation", "picked"]


def test_that_the_same_model_keeps_what_is_isolated(marked: Bench) -> None:
    isolated, picked = marked.state.isolated, marked.state.picked
    marked.record(2)
    marked.workbench.choose_model("module")
    marked.build()
    assert (marked.state.isolated, marked.state.picked) == (isolated, picked)


def test_that_a_pass_of_another_shape_keeps_what_its_nodes_have_become(marked: Bench) -> None:
    graph = shared_graph()
    became = matching(tutorial_graph(), graph)
    marked.record(2, graph, shared_trace())
    assert marked.state.isolated == followed(Isolated("ancestors", frozenset({"muld"})), became)
    assert marked.state.picked == frozenset(became[n] for n in ("d",) if n in became)


@given(nodes=_NAMES, others=_NAMES, became=st.dictionaries(st.sampled_from("abcdef"), st.text()))
def test_that_a_choice_is_followed_as_long_as_each_end_has_a_node(
    nodes: frozenset[str], others: frozenset[str], became: dict[str, str]
) -> None:
    found = followed(Isolated("between", nodes, others), became)
    left = [{became[node] for node in end if node in became} for end in (nodes, others)]
    assert found == (Isolated("between", *map(frozenset, left)) if all(left) else None)
    alone = followed(Isolated("all", nodes), became)
    assert alone == (Isolated("all", frozenset(left[0])) if left[0] else None)
