"""Explanations: every number in them was recorded, and what they say of growth is so."""

import math

import pytest
import torch
from engine_cases import trees
from hypothesis import assume, given
from hypothesis import strategies as st

from gradviz.core.explanation import explain, explain_forward, said
from gradviz.core.graph import Graph
from gradviz.core.settings import Model
from gradviz.core.trace import Trace
from gradviz.engine.program import Forward, compiled
from gradviz.engine.recorder import record
from gradviz.engine.run import Run
from gradviz.expression import Tree


def _recorded(source: str, **settings: object) -> tuple[Graph, Trace]:
    _, graph, trace = Run(Model(source=source, **settings)).record()  # type: ignore[arg-type]
    return graph, trace


def _last(source: str, leaf: str) -> str:
    graph, trace = _recorded(source)
    place = next(i for i, s in enumerate(trace.steps) if graph.node[s.node].op == leaf)
    return " ".join(explain(graph, trace, place))


def test_that_a_sum_is_explained_by_what_arrived() -> None:
    told = _last("5x^3 + 2x^2 + 4x + 8", "x")
    assert told.startswith("y grows by 72 for each unit that x grows")
    assert "because 4 from Mul 4·x, 8 from Pow x² and 60 from Pow x³ have arrived" in told
    assert told.endswith("together 72.")


def test_that_the_loss_is_said_to_fall_where_the_gradient_is_negative() -> None:
    graph, trace = _recorded("autograd")
    for leaf, gradient in trace.leaf_grads.items():
        value = gradient.scalar
        assert value is not None
        verb = "grows" if value > 0 else "falls"
        name = graph.node[leaf].op
        expected = f"The loss {verb} by {said(abs(value))} for each unit that {name} grows"
        assert _last("autograd", name).startswith(expected)


def test_that_nothing_is_said_to_pass_where_the_gradient_is_zero() -> None:
    graph, trace = _recorded("relu(x - 3)")
    assert "it sent 0: nothing passes along this way" in " ".join(explain(graph, trace, 0))
    assert "leaves y as it is" in _last("relu(x - 3)", "x")


def test_that_what_is_not_finite_is_said_to_be_so() -> None:
    assert "is not finite" in _last("1 / (x - 2)", "x")


def test_that_many_elements_are_told_by_their_range_and_not_as_one_number() -> None:
    graph, trace = _recorded("classifier")
    for place, step in enumerate(trace.steps):
        for gradient in step.grad_outputs:
            if gradient is not None and gradient.size > 1:
                assert "for each unit" not in " ".join(explain(graph, trace, place))


@pytest.mark.parametrize("source", ["numpy", "dynamic", "function", "nn"])
def test_that_every_step_of_every_kind_of_model_is_explained(source: str) -> None:
    graph, trace = _recorded(source)
    assert all(explain(graph, trace, place) for place in range(len(trace.steps)))
    assert all(explain_forward(graph, node.id) for node in graph.nodes)


@given(trees(), st.floats(-3, 3))
def test_that_growth_agrees_with_a_small_step(tree: Tree, at: float) -> None:
    x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    a = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(-1.3, dtype=torch.float64, requires_grad=True)
    forward = compiled(tree, {"a": a, "b": b})
    output = forward(x)
    assume(output.requires_grad)
    recording = record(output, {"x": x, "a": a, "b": b})
    graph, trace = recording.graph, recording.trace
    for place, step in enumerate(trace.steps):
        told = " ".join(explain(graph, trace, place))
        leaf = graph.node[step.node]
        if leaf.kind != "leaf" or not ("grows by" in told or "falls by" in told):
            continue
        tensor = {"x": x, "a": a, "b": b}[leaf.op]
        (gradient,) = (each.scalar for each in step.grad_outputs if each is not None)
        assert gradient is not None
        assert (f"grows by {said(gradient)}" in told) == (gradient > 0)
        slope = _slope(forward, x, tensor)
        if math.isfinite(slope) and abs(slope) > 1e-3 and abs(slope - gradient) < abs(slope) / 2:
            assert told.startswith("y grows by") == (slope > 0)


def _slope(forward: Forward, x: torch.Tensor, tensor: torch.Tensor) -> float:
    step, values = 1e-6, list[float]()
    with torch.no_grad():
        kept = tensor.item()
        for place in (kept + step, kept - step):
            tensor.fill_(place)
            values.append(forward(x).item())
        tensor.fill_(kept)
    return (values[0] - values[1]) / (2 * step)
