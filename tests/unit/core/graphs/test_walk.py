"""The timeline of a recording: where its cursor can stand, and what has been taken there."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import scalar, shared_graph, shared_trace

from gradviz.core.graphs.trace import Step, Trace
from gradviz.core.graphs.walk import (
    TURN,
    cursor_at,
    first_cursor,
    forward_done,
    forward_now,
    forward_steps,
    last_cursor,
    on_timeline,
    still_to_come,
)


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    """Return passes over up to eight nodes: there in one order, back in another, or only back."""
    nodes = [f"n{index}" for index in range(draw(st.integers(0, 8)))]
    back = draw(st.permutations(nodes))
    reached = back[: draw(st.integers(0, len(back)))]
    there = draw(st.one_of(st.permutations(nodes), st.just([])))
    one = (scalar(1.0),)
    steps = tuple(Step(node=node, grad_outputs=one, grad_inputs=()) for node in reached)
    return Trace(steps=steps, leaf_grads={}, forward=tuple(there))


@st.composite
def places(draw: st.DrawFn) -> tuple[Trace, int]:
    """Return a pass and a place on its timeline."""
    trace = draw(traces())
    return trace, draw(st.integers(first_cursor(trace), last_cursor(trace)))


@given(traces())
def test_that_the_timeline_holds_each_step_there_and_back_once_and_the_turn(trace: Trace) -> None:
    there, back = len(trace.forward), len(trace.steps)
    begin = -there - 1 if there else TURN
    assert (first_cursor(trace), last_cursor(trace)) == (begin, back)
    moved = [place for place in range(begin, back + 1) if place not in (begin, TURN)]
    assert len(moved) == there + back


@given(traces(), st.integers(-30, 30))
def test_that_every_number_has_its_nearest_place_on_the_timeline(trace: Trace, asked: int) -> None:
    all_places = range(first_cursor(trace), last_cursor(trace) + 1)
    assert on_timeline(trace, asked) == min(all_places, key=lambda place: abs(place - asked))


@given(places())
def test_that_a_forward_step_is_taken_or_still_to_come(given_place: tuple[Trace, int]) -> None:
    trace, cursor = given_place
    done = trace.forward[: forward_done(trace, cursor)]
    coming = still_to_come(trace, cursor)
    assert set(done) | coming == set(trace.forward)
    assert not set(done) & coming
    if cursor >= TURN:
        assert not coming
    elif cursor > first_cursor(trace):
        assert forward_done(trace, cursor) == forward_done(trace, cursor - 1) + 1


@given(places())
def test_that_the_node_of_this_moment_is_the_one_that_came_last(
    given_place: tuple[Trace, int],
) -> None:
    trace, cursor = given_place
    now = forward_now(trace, cursor)
    if cursor >= TURN or cursor == first_cursor(trace):
        assert now is None
    else:
        (came,) = still_to_come(trace, cursor - 1) - still_to_come(trace, cursor)
        assert now == came


@given(traces())
def test_that_a_node_is_found_where_it_has_just_had_its_step(trace: Trace) -> None:
    for node in trace.forward:
        place = cursor_at(trace, node, forward=True)
        assert place is not None
        assert place < TURN
        assert forward_now(trace, place) == node
    for index, step in enumerate(trace.steps, start=1):
        assert cursor_at(trace, step.node, forward=False) == index
    for forward in (True, False):
        assert cursor_at(trace, "another", forward=forward) is None


def test_that_three_forward_steps_count_up_to_the_last_before_the_turn() -> None:
    trace = Trace(steps=(), leaf_grads={}, forward=("x", "square", "y"))
    assert [forward_now(trace, cursor) for cursor in range(-4, 1)] == [
        *(None, "x", "square", "y"),
        None,
    ]
    assert [forward_done(trace, cursor) for cursor in range(-4, 1)] == [0, 1, 2, 3, 3]


def test_that_without_a_recording_only_the_turn_is_there() -> None:
    assert first_cursor(None) == last_cursor(None) == on_timeline(None, 7) == TURN
    assert forward_done(None, -3) == 0
    assert forward_now(None, -3) is None
    assert still_to_come(None, -3) == frozenset()


def test_that_a_forward_step_tells_what_fed_it_and_what_it_gave() -> None:
    graph = shared_graph()
    order = tuple(node.id for node in reversed(graph.nodes))
    trace = msgspec.structs.replace(shared_trace(), forward=order)
    steps = forward_steps(graph, trace)
    assert [step.node for step in steps] == list(order)
    for step in steps:
        assert step.value == graph.node[step.node].value
        assert step.edges == tuple(edge.id for edge in graph.edges if edge.target == step.node)
