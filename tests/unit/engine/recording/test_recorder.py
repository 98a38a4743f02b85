"""One recorded backward pass: PyTorch's own order, and its gradients bit for bit."""

import math
from collections.abc import Callable
from functools import partial

import pytest
import torch
from engine_cases import trees
from hypothesis import assume, given
from hypothesis import strategies as st
from torch.autograd.graph import get_gradient_edge

from gradviz.core.errors import OwnModelError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Trace
from gradviz.engine.data.program import compiled
from gradviz.engine.data.torch_functions import legendre_p3
from gradviz.engine.recording.recorder import record
from gradviz.engine.torch_internals.hooks import has_node_hooks
from gradviz.expression import Tree


def _scalar(value: float) -> torch.Tensor:
    return torch.tensor(value, requires_grad=True)


def _polynomial(x: torch.Tensor) -> torch.Tensor:
    return 5 * x**3 + 2 * x**2 + 4 * x + 8


def _leaf_grad(graph: Graph, trace: Trace, name: str) -> TensorSummary | None:
    return next((trace.leaf_grads.get(n.id) for n in graph.nodes if n.op == name), None)


def _same(found: TensorSummary | None, expected: torch.Tensor | None) -> bool:
    """Compare bit for bit, where nan equals nan and no gradient equals no gradient."""
    if found is None or expected is None:
        return found is None and expected is None
    value, wanted = found.scalar, expected.item()
    assert value is not None
    return value == wanted or (math.isnan(value) and math.isnan(wanted))


def test_that_three_contributions_reach_x_in_pytorchs_order() -> None:
    x = _scalar(2.0)
    trace = record(_polynomial(x), {"x": x}).trace
    contributions = [c for step in trace.steps for c in step.contributions]
    assert [c.gradient.scalar for c in contributions] == [4.0, 8.0, 60.0]
    assert [c.total.scalar for c in contributions] == [4.0, 12.0, 72.0]
    assert [c.edge for c in contributions] == ["n3.0", "n7.0", "n6.0"]


def test_that_a_leaf_gets_its_sum_and_sends_nothing_on() -> None:
    x = _scalar(2.0)
    recording = record(_polynomial(x), {"x": x})
    graph, trace = recording.graph, recording.trace
    last = trace.steps[-1]
    assert graph.node[last.node].op == "x"
    assert [g and g.scalar for g in last.grad_outputs] == [72.0]
    assert last.grad_inputs == ()
    assert trace.leaf_grads[last.node].scalar == 72.0


def _note(seen: list[str], name: str, *_: object) -> None:
    seen.append(name)


def test_that_steps_are_in_the_order_of_execution() -> None:
    x = _scalar(2.0)
    seen: list[str] = []
    output = _polynomial(x)
    node = output.grad_fn
    assert node is not None
    waiting = [node]
    while waiting:
        current = waiting.pop()
        current.register_hook(partial(_note, seen, current.name()))
        waiting.extend(source for source, _ in current.next_functions if source is not None)
    recording = record(output, {"x": x})
    graph, trace = recording.graph, recording.trace
    # A node that several others use has several of these hooks; its step is one.
    once = [
        name for i, name in enumerate(seen) if i == 0 or seen[i - 1] != name or "Accum" not in name
    ]
    steps = [graph.node[step.node].name for step in trace.steps]
    assert steps == [name.rpartition("::")[2] for name in once]


def test_that_a_gradient_that_was_not_needed_is_none() -> None:
    x = _scalar(2.0)
    trace = record(x * 3, {"x": x}).trace
    assert trace.steps[0].grad_inputs[1] is None


def test_that_ids_are_those_of_the_graph() -> None:
    x = _scalar(2.0)
    recording = record(_polynomial(x), {"x": x})
    graph, trace = recording.graph, recording.trace
    assert sorted(step.node for step in trace.steps) == sorted(graph.node)
    edges = {edge.id for edge in graph.edges}
    assert {c.edge for step in trace.steps for c in step.contributions} <= edges


def test_that_two_uses_by_one_operation_are_two_contributions() -> None:
    x = _scalar(3.0)
    trace = record(x * x, {"x": x}).trace
    assert [c.edge for c in trace.steps[0].contributions] == ["n0.0", "n0.1"]
    assert [c.total.scalar for c in trace.steps[0].contributions] == [3.0, 6.0]


@given(trees(), st.floats(-3, 3, width=32), st.integers(0, 9))
def test_that_gradients_equal_autograds_bit_for_bit(tree: Tree, at: float, seed: int) -> None:
    torch.manual_seed(seed)
    names = {"x": _scalar(at), "a": torch.randn((), requires_grad=True), "b": _scalar(0.5)}
    parameters = {"a": names["a"], "b": names["b"]}
    output = compiled(tree, parameters)(names["x"])
    assume(output.requires_grad)
    expected = torch.autograd.grad(
        output, list(names.values()), retain_graph=True, allow_unused=True
    )
    recording = record(output, names)
    graph, trace = recording.graph, recording.trace
    for name, gradient in zip(names, expected, strict=True):
        assert _same(_leaf_grad(graph, trace, name), gradient)


@given(trees(), st.floats(-3, 3, width=32))
def test_that_the_last_total_at_a_leaf_is_its_gradient(tree: Tree, at: float) -> None:
    x, a, b = _scalar(at), _scalar(1.25), _scalar(-0.5)
    output = compiled(tree, {"a": a, "b": b})(x)
    assume(output.requires_grad)
    assume(output.grad_fn is not None)
    trace = record(output, {"x": x, "a": a, "b": b}).trace
    totals = {c.leaf: c.total for step in trace.steps for c in step.contributions}
    assert totals.keys() == trace.leaf_grads.keys()
    assert all(
        total.scalar == trace.leaf_grads[leaf].scalar or not total.finite
        for leaf, total in totals.items()
    )


def _check_gradients_of_fit(
    forward: Callable[[dict[str, torch.Tensor], torch.Tensor], torch.Tensor],
) -> None:
    torch.manual_seed(0)
    names = {name: torch.randn((), requires_grad=True) for name in "abcd"}
    x = torch.linspace(-math.pi, math.pi, 2000)
    loss = (forward(names, x) - torch.sin(x)).pow(2).sum()
    expected = torch.autograd.grad(loss, list(names.values()), retain_graph=True)
    recording = record(loss, names)
    graph, trace = recording.graph, recording.trace
    for name, gradient in zip(names, expected, strict=True):
        assert _same(_leaf_grad(graph, trace, name), gradient)


def test_that_the_tutorials_gradients_over_2000_points_are_bit_for_bit() -> None:
    _check_gradients_of_fit(lambda p, x: p["a"] + p["b"] * x + p["c"] * x**2 + p["d"] * x**3)


def test_that_a_custom_functions_gradients_are_bit_for_bit() -> None:
    _check_gradients_of_fit(lambda p, x: p["a"] + p["b"] * legendre_p3(p["c"] + p["d"] * x))


def test_that_gradients_there_were_before_are_untouched() -> None:
    x = _scalar(2.0)
    before = x.grad = torch.tensor(5.0)
    trace = record(x**2, {"x": x}).trace
    assert x.grad is before
    assert before.item() == 5.0
    assert [g.scalar for g in trace.leaf_grads.values()] == [4.0]


@pytest.mark.parametrize("hooked", [False, True])
def test_that_no_hook_is_left(*, hooked: bool) -> None:
    x = _scalar(2.0)
    y = x + x
    nodes = [get_gradient_edge(each).node for each in (y, x)]
    handle = x.register_hook(torch.neg) if hooked else None  # type: ignore[no-untyped-call]
    record(y, {"x": x})
    if handle is not None:
        handle.remove()
    assert not any(has_node_hooks(node) for node in nodes)
    y.backward()  # type: ignore[no-untyped-call]
    assert x.grad is not None
    assert x.grad.item() == 2.0


def test_that_gradients_come_back_when_backward_fails() -> None:
    x = _scalar(2.0)
    before = x.grad = torch.tensor(5.0)
    y = x**2
    y.backward()  # type: ignore[no-untyped-call]
    x.grad = before
    with pytest.raises(OwnModelError, match="second time"):
        record(y, {"x": x})
    assert x.grad is before


def test_that_an_output_of_several_elements_starts_with_ones() -> None:
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    trace = record(x * 3, {"x": x}).trace
    assert [g and g.values for g in trace.steps[0].grad_outputs] == [(1.0, 1.0)]
    assert [g.values for g in trace.leaf_grads.values()] == [(3.0, 3.0)]


def test_that_a_leaf_alone_has_the_gradient_one() -> None:
    x = _scalar(2.0)
    recording = record(x, {"x": x})
    graph, trace = recording.graph, recording.trace
    assert trace.leaf_grads[graph.output].scalar == 1.0


def test_that_a_deep_chain_is_recorded() -> None:
    x = _scalar(0.0)
    y = x
    for _ in range(5000):
        y = y + 1
    trace = record(y, {"x": x}).trace
    assert len(trace.steps) == 5001


def test_that_the_training_step_is_noted() -> None:
    x = _scalar(2.0)
    assert record(x * 2, at_step=17).trace.at_step == 17
