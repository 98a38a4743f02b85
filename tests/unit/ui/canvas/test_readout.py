"""The texts over the graph."""

import msgspec
import numpy as np
import pytest
from sample_graphs import labelled_graph, scalar, shared_graph, shared_trace, tutorial_graph

from gradviz.core.choices.catalogue import Mode
from gradviz.core.choices.settings import Model, Training
from gradviz.core.findings.snapshot import Snapshot
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.tensors import Array
from gradviz.core.graphs.trace import Trace
from gradviz.protocol.events import ModelBuilt
from gradviz.ui.canvas.readout import hover_text, readout_text
from gradviz.ui.state.window_state import State


def state_of(graph: Graph, trace: Trace | None, mode: Mode = "point") -> State:
    """Return a state in which `graph` stands."""
    state = State()
    state.graph, state.trace = graph, trace
    state.built = ModelBuilt(
        run=1,
        model=Model(source="x^2 + 4 x", at=2.0),
        mode=mode,
        modes=("point",),
        graph=graph,
        training=Training(optimizer="", learning_rate=1e-6),
        snapshot=Snapshot(parameters={}, equation="", prediction=Array.of(np.zeros(2))),
        output=12.0,
        x=Array.of(np.zeros(2)),
        inputs={"x": 2.0},
    )
    return state


def test_that_y_and_its_derivative_are_read_out_at_a_point() -> None:
    text = readout_text(state_of(shared_graph(), shared_trace()))
    assert "y = <b>12</b>" in text
    assert "dy/dx = <b>8</b>" in text
    assert "at x = 2" in text


def test_that_a_function_of_several_inputs_has_its_letter_and_partial_derivatives() -> None:
    graph = msgspec.structs.replace(shared_graph(), result="f")
    state = state_of(graph, shared_trace())
    assert state.built is not None
    state.built = msgspec.structs.replace(state.built, inputs={"x": 2.0, "y": 1.0})
    text = readout_text(state)
    assert "f = <b>12</b>" in text
    assert "∂f/∂x = <b>8</b>" in text
    assert "at x" not in text


def test_that_of_a_fit_the_step_is_read_out_and_nothing_before_a_recording() -> None:
    assert readout_text(State()) == ""
    assert readout_text(state_of(shared_graph(), None)) == ""
    assert readout_text(state_of(shared_graph(), shared_trace(), "fit")) == "step 0"


def test_that_a_graph_that_autograd_did_not_build_says_so() -> None:
    graph = msgspec.structs.replace(shared_graph(), note="Written <by> hand.")
    assert readout_text(state_of(graph, shared_trace(), "fit")) == (
        "step 0 &nbsp; Written &lt;by&gt; hand."
    )


def test_that_at_most_four_derivatives_are_read_out() -> None:
    graph = tutorial_graph()
    leaves = [node.id for node in graph.nodes]
    trace = Trace(steps=(), leaf_grads={leaf: scalar(1) for leaf in leaves})
    assert readout_text(state_of(graph, trace)).count("dy/d") == 4


def test_that_a_name_is_not_read_as_rich_text() -> None:
    graph = labelled_graph("<b>&")
    trace = Trace(steps=(), leaf_grads={"x": scalar(1)})
    assert "dy/d&lt;b&gt;&amp;" in readout_text(state_of(graph, trace))
    assert "&lt;b&gt;&amp;" in hover_text(graph, (), "x")


def test_that_hovering_tells_no_value_before_the_forward_step() -> None:
    graph = tutorial_graph()
    assert "value 0.8372" in hover_text(graph, (), "b")
    coming = hover_text(graph, (), "b", coming=True)
    assert "0.8372" not in coming
    assert "no value yet" in coming


def test_that_hovering_tells_the_essentials_of_a_node() -> None:
    text = hover_text(tutorial_graph(), (), "muld")
    for part in ("<b>Mul</b> MulBackward0", "d x³", "(2000,) float32 on cpu", "value ‖·‖ 508.2"):
        assert part in text


@pytest.mark.parametrize(("reached", "told"), [(0, False), (3, False), (4, True)])
def test_that_a_gradient_is_told_once_its_step_is_reached(reached: int, told: bool) -> None:
    steps = shared_trace().steps[:reached]
    assert ("gradient 8" in hover_text(shared_graph(), steps, "x")) == told


def test_that_a_gradient_that_is_none_is_left_out() -> None:
    step = msgspec.structs.replace(shared_trace().steps[0], grad_outputs=(None,))
    assert "gradient" not in hover_text(shared_graph(), (step,), "y")
