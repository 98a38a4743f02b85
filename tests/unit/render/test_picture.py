"""What the graph shows at each moment of the backward pass."""

import msgspec
import pytest
from sample_graphs import (
    labelled_graph,
    scalar,
    shared_graph,
    shared_trace,
    tutorial_graph,
    tutorial_trace,
)

from gradviz.core.graphs.graph import BY_HAND, Graph
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.catalogues import speak
from gradviz.render.picture import Picture, idle_view, picture


def states(shown: Picture, state: str) -> set[str]:
    return {key for key, view in shown.nodes.items() if view.state == state}


def edges(shown: Picture, state: str) -> set[str]:
    return {key for key, view in shown.edges.items() if view.state == state}


@pytest.mark.parametrize("cursor", [0, -3])
def test_that_before_the_first_step_nothing_shows_a_gradient(cursor: int) -> None:
    shown = picture(tutorial_graph(), tutorial_trace(), cursor)
    assert shown.now is None
    assert len(states(shown, "idle")) == 13
    assert len(edges(shown, "idle")) == 12
    assert not any(view.gradient for view in shown.nodes.values())


def test_that_a_graph_without_a_trace_is_idle() -> None:
    assert picture(tutorial_graph()) == picture(tutorial_graph(), tutorial_trace(), 0)


def test_that_the_fifth_step_is_at_its_node_and_four_are_done() -> None:
    shown = picture(tutorial_graph(), tutorial_trace(), 5)
    assert shown.now == "muld"
    assert states(shown, "now") == {"muld"}
    assert states(shown, "done") == {"sum", "pow", "sub", "add3"}
    assert {key for key, view in shown.nodes.items() if view.tick} == states(shown, "done")


def test_that_edges_tell_where_the_gradient_arrived_went_and_waits() -> None:
    shown = picture(tutorial_graph(), tutorial_trace(), 5)
    assert edges(shown, "now") == {"muld>add3"}
    assert edges(shown, "sent") == {"d>muld"}
    assert edges(shown, "waiting") == {"add2>add3"}
    assert edges(shown, "done") == {"pow>sum", "sub>pow", "add3>sub"}
    assert all(view.backward == (view.state != "idle") for view in shown.edges.values())


def test_that_only_the_edge_of_the_current_step_carries_a_chip() -> None:
    shown = picture(tutorial_graph(), tutorial_trace(), 5)
    chips = {key: view.chip for key, view in shown.edges.items() if view.chip}
    assert chips == {"muld>add3": "grad ‖·‖ 958.5"}


def test_that_each_edge_into_a_shared_node_carries_its_own_contribution() -> None:
    trace = shared_trace()
    steps = (
        trace.steps[0],
        msgspec.structs.replace(trace.steps[1], grad_inputs=(scalar(60),)),
        *trace.steps[2:],
    )
    shown = picture(shared_graph(), msgspec.structs.replace(trace, steps=steps), 4)
    assert shown.edges["x>lin"].chip == "grad 60"
    assert shown.edges["x>sq"].chip == "grad 4"


@pytest.mark.parametrize(
    ("cursor", "gradient"), [(0, ""), (1, ""), (2, "grad 4"), (3, "grad 8"), (4, "grad 8")]
)
def test_that_a_shared_leaf_shows_what_has_come_in_so_far(cursor: int, gradient: str) -> None:
    shown = picture(shared_graph(), shared_trace(), cursor)
    assert shown.nodes["x"].gradient == gradient


def test_that_nodes_not_yet_visited_show_no_gradient() -> None:
    for cursor in range(14):
        shown = picture(tutorial_graph(), tutorial_trace(), cursor)
        for view in shown.nodes.values():
            if view.kind != "leaf":
                assert bool(view.gradient) == (view.state != "idle")


def test_that_after_the_last_step_everything_is_visited() -> None:
    for cursor in (13, 99):
        shown = picture(tutorial_graph(), tutorial_trace(), cursor)
        assert not states(shown, "idle")
        assert not edges(shown, "idle")
        assert shown.nodes["d"].gradient == "grad 497938"


def test_that_no_gradient_shown_where_pytorch_passed_none() -> None:
    trace = shared_trace()
    steps = (msgspec.structs.replace(trace.steps[0], grad_inputs=(None, scalar(1))),)
    shown = picture(shared_graph(), Trace(steps=steps, leaf_grads={}), 1)
    assert shown.edges["sq>y"].state == "idle"
    assert shown.edges["lin>y"].state == "sent"


def test_that_texts_name_the_operation_and_what_it_computes() -> None:
    shown = picture(tutorial_graph())
    mul, add, leaf = (shown.nodes[key] for key in ("muld", "add1", "a"))
    assert (mul.title, mul.aside, mul.subtitle, mul.value) == (
        "Mul",
        "MulBackward0",
        "d x³",
        "(2000,)",
    )
    assert (add.subtitle, add.value) == ("(2000,)", "")
    assert (leaf.title, leaf.aside, leaf.subtitle, leaf.value) == ("a", "", "0.0586", "")
    assert shown.nodes["sum"].value == "9.046"


def test_that_a_name_with_control_characters_can_be_seen() -> None:
    shown = picture(labelled_graph("a\nb"))
    assert shown.nodes["x"].title == shown.nodes["y"].subtitle == "a␊b"


def test_that_a_trace_of_another_graph_does_no_harm() -> None:
    shown = picture(shared_graph(), tutorial_trace(), 13)
    assert len(states(shown, "idle")) == 4
    assert picture(Graph(nodes=(), edges=(), output=""), tutorial_trace(), 3).nodes == {}


def test_that_a_node_by_hand_is_named_in_the_language_that_is_spoken() -> None:
    (node, *_) = labelled_graph("b x").nodes
    written = msgspec.structs.replace(node, name=BY_HAND, kind="operation")
    assert idle_view(written).aside == "by hand"
    speak("zh_CN")
    assert idle_view(written).aside == "手写"
    assert idle_view(msgspec.structs.replace(written, name="MulBackward0")).aside == "MulBackward0"
