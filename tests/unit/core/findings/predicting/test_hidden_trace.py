"""Passes with hidden gradients: no number of a later step is left in them."""

from dataclasses import dataclass

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import tutorial_trace

from gradviz.core.findings.predicting.hidden_trace import HiddenTraces, is_hidden, sends_something
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Contribution, Step, Trace


def number(value: float) -> TensorSummary:
    return TensorSummary(shape=(), dtype="float32", device="cpu", norm=abs(value), values=(value,))


@dataclass
class Pass:
    """A pass over a chain that ends in one leaf, with a number of its own for each gradient."""

    length: int

    def trace(self) -> Trace:
        steps = [
            Step(node=f"n{i}", grad_outputs=(number(100 + i),), grad_inputs=(number(200 + i), None))
            for i in range(self.length)
        ]
        sent = Contribution(leaf="x", edge="e", gradient=number(300), total=number(400))
        steps[-1] = msgspec.structs.replace(steps[-1], contributions=(sent,))
        leaf = Step(node="x", grad_outputs=(number(500),), grad_inputs=())
        return Trace(steps=(*steps, leaf), leaf_grads={"x": number(500)})


@given(st.integers(1, 12).flatmap(lambda n: st.tuples(st.just(n), st.integers(-2, n + 3))))
def test_that_no_number_of_a_later_step_is_left(case: tuple[int, int]) -> None:
    length, count = case
    trace = Pass(length).trace()
    shown = HiddenTraces(trace).shown_until(count)
    count = max(0, min(count, length + 1))
    assert shown.steps[:count] == trace.steps[:count]
    left = repr([msgspec.structs.asdict(step) for step in shown.steps[count:]])
    for later in range(count, length):
        assert f"({200 + later},)" not in left
        assert is_hidden(shown.steps[later])
        assert later == count or f"({100 + later},)" not in left
    if count < length:
        assert shown.steps[count].grad_outputs == trace.steps[count].grad_outputs
        assert shown.leaf_grads["x"].hidden
        assert "300" not in left
        assert "400" not in left
    else:
        assert shown is trace
    assert [each.node for each in shown.steps] == [each.node for each in trace.steps]
    assert all(step.grad_inputs[1] is None for step in shown.steps[:length])


def test_that_equal_ones_are_the_same_object() -> None:
    hidden = HiddenTraces(tutorial_trace())
    assert hidden.shown_until(2) is hidden.shown_until(2)
    assert hidden.shown_until(1) is not hidden.shown_until(2)
    assert not any(map(is_hidden, hidden.trace.steps))
    assert any(map(sends_something, hidden.trace.steps))
