"""Explanations: every number in them was recorded, and what they say of growth is so."""

import math
import sys

import pytest
import torch
from engine_cases import trees
from hypothesis import assume, example, given
from hypothesis import strategies as st

from gradviz.core.choices.settings import Model
from gradviz.core.findings.explanation import explain, explain_forward
from gradviz.core.findings.spoken_numbers import said
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Trace
from gradviz.engine.data.program import Forward, compiled
from gradviz.engine.recording.recorder import record
from gradviz.engine.runs.run import Run
from gradviz.expression import Call, Negate, Tree, Variable


def _recorded(source: str, **settings: object) -> tuple[Graph, Trace]:
    _, graph, trace = Run(Model(source=source, **settings)).record()  # type: ignore[arg-type]
    return graph, trace


def _last(source: str, leaf: str) -> str:
    graph, trace = _recorded(source)
    place = next(i for i, s in enumerate(trace.steps) if graph.node[s.node].op == leaf)
    return " ".join(explain(graph, trace, place))


def test_that_a_sum_is_explained_by_what_arrived() -> None:
    told = _last("5x^3 + 2x^2 + 4x + 8", "x")
    assert told.startswith("For a small change of x, y changes 72 times as much")
    assert "because 4 from Mul 4·x, 8 from Pow x² and 60 from Pow x³ have arrived" in told
    assert told.endswith("together 72.")


def test_that_the_loss_is_said_to_fall_where_the_gradient_is_negative() -> None:
    graph, trace = _recorded("autograd")
    for leaf, gradient in trace.leaf_grads.items():
        value = gradient.scalar
        assert value is not None
        way = "" if value > 0 else ", in the opposite direction"
        name = graph.node[leaf].op
        expected = (
            f"For a small change of {name}, the loss changes {said(abs(value))} times as much{way}"
        )
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


def test_that_a_reason_is_said_where_nothing_passes() -> None:
    graph, trace = _recorded("relu(x - 3)")
    assert explain(graph, trace, 0)[-1] == (
        "To Sub x − 3 it sent 0: nothing passes along this way, "
        "because its input, −1, is not above 0."
    )


@given(trees(), st.floats(-3, 3))
@example(Call("P3", Variable()), 0.7)
@example(Call("sigmoid", Negate(Variable())), 0.7)
def test_that_growth_agrees_with_a_small_step(tree: Tree, at: float) -> None:
    x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    a = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(-1.3, dtype=torch.float64, requires_grad=True)
    forward = compiled(tree, {"a": a, "b": b})
    output = forward(x)
    assume(output.requires_grad)
    recording = record(output, {"x": x, "a": a, "b": b})
    graph, trace = recording.graph, recording.trace
    largest = _largest(graph, trace)
    for place, step in enumerate(trace.steps):
        leaf = graph.node[step.node]
        if leaf.kind != "leaf":
            continue
        slope = _slope(forward, x, {"x": x, "a": a, "b": b}[leaf.op])
        if slope is None or largest > 1e3 * abs(slope):
            continue
        told = " ".join(explain(graph, trace, place))
        (gradient,) = (each.scalar for each in step.grad_outputs if each is not None)
        assert gradient is not None
        if not math.isfinite(gradient):
            # a / (a / x) is x, but at x = 0 there is an infinity on the way.
            assert told.endswith("is not finite.") or "is not finite, because" in told
            continue
        assert abs(gradient - slope) <= abs(slope) / 5
        size = said(abs(gradient))
        much = "just as much" if abs(gradient) == 1 else f"{size} times as much"
        assert told.startswith(f"For a small change of {leaf.op}, y changes {much}")
        assert ("in the opposite direction" in told) == (slope < 0)


def _largest(graph: Graph, trace: Trace) -> float:
    """Return the largest gradient on the way: terms that cancel leave what rounding made of them.

    It is infinite where a number is so small or large that rounding decides what follows.
    """
    gradients = [gradient for step in trace.steps for gradient in step.grad_outputs]
    gradients += [part.gradient for step in trace.steps for part in step.contributions]
    numbers = [*(node.value for node in graph.nodes), *gradients]
    if any(0 < size < 1e-9 or 1e9 < size < math.inf for size in _sizes(numbers)):
        return math.inf
    return max((size for size in _sizes(gradients) if math.isfinite(size)), default=0.0)


def _sizes(numbers: list[TensorSummary | None]) -> list[float]:
    return [abs(each.scalar) for each in numbers if each is not None and each.scalar is not None]


def _slope(forward: Forward, x: torch.Tensor, tensor: torch.Tensor) -> float | None:
    """Return by how much the output grows with `tensor`, None where small steps do not tell.

    They tell where steps of two sizes to either side agree, and by more than what rounding makes
    of the output: neither a kink nor a jump nor an edge of what is defined is that near.
    """
    slopes, largest = list[float](), 0.0
    with torch.no_grad():
        kept, here = tensor.item(), forward(x).item()
        for step in (1e-4, -1e-4, 1e-5, -1e-5):
            tensor.fill_(kept + step)
            there = forward(x).item()
            slopes.append((there - here) / step)
            largest = max(largest, abs(here), abs(there))
        tensor.fill_(kept)
    low, high = min(slopes, key=abs), max(slopes, key=abs)
    rounding = 1e4 * sys.float_info.epsilon * largest / 1e-5
    if not all(math.isfinite(slope) for slope in slopes) or abs(low) <= rounding:
        return None
    agree = low * high > 0 and abs(high) < 1.1 * abs(low) and min(slopes) * max(slopes) > 0
    return slopes[2] if agree else None
