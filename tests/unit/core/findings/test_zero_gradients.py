"""Why nothing passes: a reason is told where there is one, and holds whatever arrives."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from gradviz.core.findings.zero_gradients import why_zero
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.recorder import record

Operation = Callable[[torch.Tensor], torch.Tensor]

OPERATIONS: Mapping[str, Operation] = {
    "relu": torch.relu,
    "threshold": lambda x: functional.threshold(x, 1.0, 0.0),
    "clamp": lambda x: x.clamp(0, 1),
    "clamp_min": lambda x: torch.clamp_min(x, 0),
    "clamp_max": lambda x: torch.clamp_max(x, 0),
    "hardtanh": lambda x: functional.hardtanh(x, -1, 1),
    "pow": lambda x: x**2,
    "pow 0": lambda x: x**0,
    "pow 0.5": lambda x: (x + 4) ** 0.5,
    "base 1": lambda x: 1**x,
    "base 2": lambda x: 2**x,
    "abs": torch.abs,
    "cos": torch.cos,
    "cosh": torch.cosh,
    "tanh": lambda x: torch.tanh(x * 30),
    "sigmoid": lambda x: torch.sigmoid(x * 100),
    "exp": lambda x: torch.exp(x * 100),
    "sign": torch.sign,
    "floor": torch.floor,
    "maximum": lambda x: torch.maximum(x, torch.ones_like(x)),
    "minimum": lambda x: torch.minimum(torch.ones_like(x), x),
    "where": lambda x: torch.where(x.detach() > 0, x, torch.ones_like(x)),
    "where not": lambda x: torch.where(x.detach() > 0, torch.ones_like(x), x),
    "masked": lambda x: x.masked_fill(x.detach() < 0, 0.0),
    "times detached": lambda x: x * x.detach(),
    "divided": lambda x: x.detach() / x,
    "divides": lambda x: x / (x.detach() + 4),
    "dot": lambda x: x @ x.detach(),
    "mm": lambda x: x[None] @ x.detach()[:, None],
    "addmm": lambda x: torch.addmm(torch.zeros(1, 1), x[None], x.detach()[:, None]),
    "add": lambda x: x + 1,
    "softmax": lambda x: x.softmax(0),
    "softmax of one": lambda x: x[:, None].softmax(1),
    "log softmax of one": lambda x: x[:, None].log_softmax(-1),
}


def reasons(operation: Operation, x: torch.Tensor) -> list[tuple[str, bool]]:
    """Return the reasons that are told for zeros, of what the output is made of directly.

    With each goes whether torch passes nothing along that edge, for what arrives by chance too.
    """
    with ForwardRecorder() as recorder:
        result = operation(x)
        output = result.sum()
    inner: Any = result.grad_fn
    retold = []
    with torch.no_grad():
        by_chance = inner(torch.rand_like(result) + 0.5)
    sent = by_chance if isinstance(by_chance, tuple) else (by_chance,)
    recording = record(output, {"x": x}, recorder)
    graph, trace = recording.graph, recording.trace
    for edge in graph.edges_into[graph.nodes[1].id]:
        step = next(step for step in trace.steps if step.node == edge.target)
        gradient, any_gradient = step.grad_inputs[edge.slot], sent[edge.slot]
        if gradient is not None and gradient.minimum == gradient.maximum == 0.0:
            nothing = any_gradient is None or not any_gradient.any()
            retold.append((why_zero(graph, step, edge), nothing))
    return retold


@given(
    st.sampled_from(sorted(OPERATIONS)),
    st.lists(st.sampled_from([-3.0, -1.0, 0.0, 0.5, 1.0, 2.0]), min_size=1, max_size=3),
)
def test_that_a_reason_holds_whatever_arrives(name: str, values: list[float]) -> None:
    x = torch.tensor(values, requires_grad=True)
    assert all(nothing for reason, nothing in reasons(OPERATIONS[name], x) if reason)


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("relu", [-2.0], "its input, −2, is not above 0"),
        ("relu", [-2.0, 0.0], "every element of its input is not above 0"),
        ("threshold", [1.0], "its input, 1, is not above 1"),
        ("clamp", [-1.0], "its input, −1, is below 0"),
        ("clamp", [2.0], "its input, 2, is above 1"),
        ("hardtanh", [1.0], "its input, 1, is not below 1"),
        ("pow", [0.0], "its base is 0"),
        ("pow 0", [2.0], "the exponent is 0"),
        ("base 1", [2.0], "the base is 1"),
        ("tanh", [2.0], "its result is rounded to the limit of Tanh, where that is flat"),
        ("maximum", [-1.0], "the other input is the larger one"),
        ("where", [-1.0], "the condition is nowhere true"),
        ("masked", [-1.0], "the mask fills every element"),
        ("times detached", [0.0, 0.0], "every element of the other factor is 0"),
        ("mm", [0.0, 0.0], "every element of the second matrix is 0"),
        ("softmax", [1.0, 1.0], ""),
    ],
)
def test_that_the_reason_is_told_from_what_was_kept(
    name: str, values: list[float], told: str
) -> None:
    x = torch.tensor(values, requires_grad=True)
    assert (told, bool(told)) in [
        (reason, nothing and bool(reason)) for reason, nothing in reasons(OPERATIONS[name], x)
    ]


def test_that_a_zero_that_arrived_is_told_as_the_reason() -> None:
    x = torch.tensor(-2.0, requires_grad=True)
    with ForwardRecorder() as recorder:
        output = torch.relu(x * 3)
    recording = record(output, {"x": x}, recorder)
    graph, step = recording.graph, recording.trace.steps[1]
    (edge,) = graph.edges_into[step.node]
    assert why_zero(graph, step, edge) == "what arrived is 0 itself"
