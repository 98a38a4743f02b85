"""Where a number that is not finite was made, and why: the node itself, in true recordings."""

from collections.abc import Callable, Mapping

import pytest
import torch
from torch import nn
from torch.nn import functional

from gradviz.core.findings.non_finite import Origin, first_non_finite
from gradviz.core.graphs.graph import Graph
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.recorder import record

Operation = Callable[[torch.Tensor], torch.Tensor]
_INF = float("inf")
_IGNORED = torch.full((2,), -100)
_ROW_MASK = torch.tensor([[0.0, -_INF], [-_INF, -_INF]])


def _origin(operation: Operation, start: torch.Tensor) -> tuple[Graph, Origin | None]:
    x = start.clone().requires_grad_()
    recorder = ForwardRecorder()
    with recorder:
        output = operation(x).sum()
    recording = record(output, {"x": x}, recorder)
    return recording.graph, first_non_finite(recording.graph, recording.trace)


def _line(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float32)


def _attended(x: torch.Tensor) -> torch.Tensor:
    """Attend within a module of PyTorch, whose inner results nobody hears."""
    attention = nn.MultiheadAttention(2, 1)
    each = x.view(2, 1, 2)
    attended, _ = attention(each, each, each, attn_mask=_ROW_MASK)
    first: torch.Tensor = attended[0] ** 2
    return first


FORWARDS: Mapping[str, tuple[Operation, torch.Tensor, str, str]] = {
    "log 0": (lambda x: (x * 2).log().view(3), _line(0, 1, 2), "Log", "log of 0 is −inf"),
    "log −1": (torch.log, _line(-1, 1, 2), "Log", "below 0 is not a number"),
    "sqrt": (lambda x: x.sqrt() + 1, _line(-1, 1), "Sqrt", "root of a negative number"),
    "0/0": (lambda x: (x / x) * 3, _line(0, 1), "Div", "0 / 0 is not a number"),
    "1/0": (lambda x: 1 / (x / 1), _line(0, 1), "Reciprocal", "1 / 0 is infinite"),
    "divided": (lambda x: (x + 1) / x, _line(0, 1), "Div", "it divides by 0"),
    "power": (lambda x: (x**0.5).view(2), _line(-1, 1), "Pow", "to the power of 0.5"),
    "half": (lambda x: (x.half() * 300).float(), _line(300, 1), "Mul", "65504"),
    "exp": (lambda x: x.exp() * 2, _line(100, 1), "Exp", "largest number of float32"),
    "times": (lambda x: x.log() * 0, _line(0, 1), "Log", "log of 0"),
    "masked row": (
        lambda x: torch.softmax(x.view(2, 2) + _ROW_MASK, 1),
        _line(1, 2, 3, 4),
        "Softmax",
        "every element is −inf",
    ),
    "filled row": (
        lambda x: torch.softmax(x.masked_fill(torch.ones(2, dtype=torch.bool), -_INF), 0),
        _line(1, 2),
        "Softmax",
        "every element is −inf",
    ),
    "attention": (_attended, _line(1, 2, 3, 4), "Softmax", "every element is −inf"),
    "ignored": (
        lambda x: functional.cross_entropy(x.view(2, 2), _IGNORED),
        _line(1, 2, 3, 4),
        "NllLoss",
        "every target is ignored",
    ),
    "spread": (lambda x: x.view(1, 2).std(0) + 1, _line(1, 2), "Std", "single element"),
    "data": (lambda x: x * _line(1.0, float("nan")), _line(1, 2), "Mul", "such as the data"),
    "hidden": (
        lambda x: (x**x).nan_to_num(),
        _line(-0.5, 4.0),
        "Pow",
        "a negative number to the power of −0.5",
    ),
}

BACKWARDS: Mapping[str, tuple[Operation, torch.Tensor, str, str]] = {
    "where": (
        lambda x: torch.where(x > 1, (2 * x).log(), 2 * x),
        _line(0, 2, 3),
        "Log",
        "in the branch of where that is not taken",
    ),
    "sqrt": (lambda x: (x * 2).sqrt().view(2), _line(0, 1), "Sqrt", "sqrt at 0 is infinite"),
    "norm": (lambda x: x.square().sum().sqrt(), _line(0, 0), "Sqrt", "sqrt at 0"),
    "power": (lambda x: (x * 1) ** 0.5, _line(0, 1), "Pow", "power of 0.5 at 0 is infinite"),
    "acos": (lambda x: torch.acos(x) + 1, _line(1, 0), "Acos", "±1 is infinite"),
    "beyond": (lambda x: torch.acos(x).nan_to_num(), _line(2, 0), "Acos", "beyond ±1"),
    "root": (lambda x: (x**0.5).nan_to_num(), _line(-1, 4), "Pow", "to the power of 0.5"),
    "hypot": (lambda x: torch.hypot(x, x * 1), _line(0, 1), "Hypot", "0 / 0"),
    "eigh": (
        lambda x: torch.linalg.eigh(torch.eye(2) * x)[1] ** 3,
        _line(1, 1),
        "LinalgEigh",
        "two of the eigenvalues are equal",
    ),
    "svd": (
        lambda x: torch.linalg.svd(torch.eye(2) * x)[0] ** 3,
        _line(1, 1),
        "LinalgSvd",
        "two of the singular values are equal",
    ),
}


@pytest.mark.filterwarnings("ignore:std.*degrees of freedom")
@pytest.mark.parametrize("name", FORWARDS)
def test_that_the_forward_node_that_made_it_is_named_with_the_reason(name: str) -> None:
    operation, start, op, reason = FORWARDS[name]
    graph, origin = _origin(operation, start)
    assert origin is not None
    assert (graph.node[origin.node].op, origin.forward) == (op, True)
    assert reason in origin.reason


@pytest.mark.parametrize("name", BACKWARDS)
def test_that_the_backward_node_that_made_it_is_named_with_the_reason(name: str) -> None:
    operation, start, op, reason = BACKWARDS[name]
    graph, origin = _origin(operation, start)
    assert origin is not None
    assert (graph.node[origin.node].op, origin.forward) == (op, False)
    assert reason in origin.reason


def test_that_an_infinite_mask_that_harms_nobody_is_no_origin() -> None:
    mask = torch.tensor([True, False])
    _, origin = _origin(lambda x: torch.softmax(x.masked_fill(mask, -_INF), 0) ** 2, _line(1, 2))
    assert origin is None


def test_that_only_numbers_that_grew_too_large_count_as_overflow() -> None:
    _, grown = _origin(lambda x: x.exp(), _line(100, 1))
    _, zero = _origin(torch.log, _line(0, 1))
    assert grown is not None
    assert zero is not None
    assert (grown.overflow, zero.overflow) == (True, False)
