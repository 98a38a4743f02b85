"""Closed and open groups show the pass of the true graph, and a step shows all that it changes."""

import math
from collections.abc import Sequence

import pytest
from graphs_in_groups import grouped, groupings, recorded
from hypothesis import given
from hypothesis import strategies as st
from picture_differences import assert_difference

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Outline, Showing, outline_of
from gradviz.core.graphs.trace import Trace
from gradviz.core.graphs.walk import TURN, first_cursor, forward_done, last_cursor
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.groups.outline_pictures import OutlinePictures
from gradviz.render.picture import FrameView, GroupView, Picture, picture

_SOURCES = ("5x^3 + 2x^2 + 4x + 8", "autograd", "dynamic", "numpy")


def _pictures(graph: Graph, showing: Showing, trace: Trace) -> OutlinePictures:
    return OutlinePictures(OutlineIndex(outline_of(graph, showing), graph), trace)


@given(st.data(), st.sampled_from(_SOURCES))
def test_that_a_picture_after_steps_is_that_made_anew(data: st.DataObject, source: str) -> None:
    graph, trace = recorded(source)
    graph = data.draw(groupings(graph))
    opened = data.draw(st.frozensets(st.sampled_from([group.id for group in graph.groups])))
    places = data.draw(st.lists(st.integers(-40, 40), min_size=2, max_size=12))
    walked = _pictures(graph, Showing(opened), trace)
    for place in places:
        assert walked.at(place) == _pictures(graph, Showing(opened), trace).at(place)


@given(st.data(), st.sampled_from(_SOURCES))
def test_that_a_picture_in_groups_knows_what_a_step_has_changed(
    data: st.DataObject, source: str
) -> None:
    graph, trace = recorded(source)
    graph = data.draw(groupings(graph))
    opened = data.draw(st.frozensets(st.sampled_from([group.id for group in graph.groups])))
    walked = _pictures(graph, Showing(opened), trace)
    before = walked.at(0)
    for place in data.draw(st.lists(st.integers(-12, 12), min_size=1, max_size=8)):
        after = walked.at(place)
        assert_difference(before, after)
        before = after


@given(st.data(), st.sampled_from(_SOURCES), st.integers(-40, 40))
def test_that_closed_and_open_groups_show_the_pass_of_the_true_graph(
    data: st.DataObject, source: str, place: int
) -> None:
    graph, trace = recorded(source)
    graph = data.draw(groupings(graph))
    opened = data.draw(st.frozensets(st.sampled_from([group.id for group in graph.groups])))
    outline = outline_of(graph, Showing(opened))
    shown = OutlinePictures(OutlineIndex(outline, graph), trace).at(place)
    true = picture(graph, trace, place)
    for key, view in shown.nodes.items():
        if not isinstance(view, GroupView):
            assert view == true.nodes[key]
    _assert_groups_follow(graph, trace, place, outline, shown, true)


def _assert_groups_follow(
    graph: Graph, trace: Trace, place: int, outline: Outline, shown: Picture, true: Picture
) -> None:
    index = OutlineIndex(outline, graph)
    for key, view in {**shown.nodes, **shown.frames}.items():
        if not isinstance(view, GroupView | FrameView):
            continue
        within = index.members(key)
        states = [true.nodes[node].state for node in within]
        assert (view.state == "now") == ("now" in states)
        taken, total = _counted(trace, place, within)
        if 0 < taken < total:
            assert (view.taken, view.total) == (taken, total)
        if view.state == "done":
            assert taken == total


def _counted(trace: Trace, place: int, within: Sequence[str]) -> tuple[int, int]:
    if place < TURN and trace.forward:
        done = trace.forward[: forward_done(trace, max(place, first_cursor(trace)))]
        return len(set(done) & set(within)), len(set(trace.forward) & set(within))
    every = {step.node for step in trace.steps}
    done = tuple(step.node for step in trace.steps[: max(0, place)])
    return len(set(done) & set(within)), len(every & set(within))


@pytest.mark.parametrize("source", _SOURCES)
def test_that_every_edge_between_nodes_that_are_drawn_is_as_in_the_true_picture(
    source: str,
) -> None:
    graph, trace = recorded(source)
    graph = grouped(graph, all=[node.id for node in graph.nodes])
    outline = outline_of(graph, Showing(frozenset({"all"})))
    pictures = OutlinePictures(OutlineIndex(outline, graph), trace)
    for place in range(first_cursor(trace), last_cursor(trace) + 1):
        shown, true = pictures.at(place), picture(graph, trace, place)
        for key, view in shown.edges.items():
            if view.count == 1:
                assert view == true.edges[key]


def test_that_a_closed_group_shows_the_norm_of_what_leaves_it() -> None:
    graph, trace = recorded("5x^3 + 2x^2 + 4x + 8")
    leaves = {node.id for node in graph.nodes if node.kind == "leaf"}
    graph = grouped(graph, all=[node.id for node in graph.nodes if node.id not in leaves])
    shown = _pictures(graph, Showing(), trace).at(last_cursor(trace))
    steps = {step.node: step for step in trace.steps}
    sent = [steps[e.target].grad_inputs[e.slot] for e in graph.edges if e.source in leaves]
    norms = [gradient.norm for gradient in sent if gradient is not None]
    view = shown.nodes["@all"]
    assert isinstance(view, GroupView)
    assert view.leaving == pytest.approx(math.hypot(*[norm for norm in norms if norm is not None]))
    assert view.gradient.startswith("grad ‖·‖ ")


@given(st.data(), st.sampled_from(_SOURCES))
def test_that_edges_between_shown_nodes_alone_show_local_derivatives(
    data: st.DataObject, source: str
) -> None:
    graph, trace = recorded(source)
    graph = data.draw(groupings(graph))
    opened = data.draw(st.frozensets(st.sampled_from([group.id for group in graph.groups])))
    outline = outline_of(graph, Showing(opened))
    local = {edge.id: float(place) for place, edge in enumerate(graph.edges)}
    shown = OutlinePictures(OutlineIndex(outline, graph), trace, local).at(1).local
    by_id = {edge.id: edge for edge in graph.edges}
    for key, number in shown.items():
        (edge,) = outline.bundles[key]
        assert number == local[edge]
        assert {by_id[edge].source, by_id[edge].target} <= outline.graph.node.keys()
    if all(node.kind != "group" for node in outline.graph.nodes):
        assert len(shown) == sum(len(edges) == 1 for edges in outline.bundles.values())
