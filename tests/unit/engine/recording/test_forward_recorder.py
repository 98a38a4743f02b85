"""What the recorder hears of a forward pass: terms as they are written, and values."""

import gc
import weakref
from collections.abc import Callable

import pytest
import torch
from torch.nn import functional

from gradviz.engine.data.torch_functions import legendre_p3
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.terms import LONGEST_LABEL


def _label(compute: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> str:
    a = torch.tensor(0.5, requires_grad=True)
    x = torch.tensor(0.25)
    with ForwardRecorder() as recorder:
        recorder.name(a, "a")
        recorder.name(x, "x")
        result = compute(a, x)
        recorder.hear(result)
    return str(recorder.label(result.grad_fn))


@pytest.mark.parametrize(
    ("compute", "expected"),
    [
        (lambda a, x: a * x, "a·x"),
        (lambda a, x: 2 * a, "2·a"),
        (lambda a, x: a * 3.14, "3.14·a"),
        (lambda a, x: a - x, "a − x"),
        (lambda a, x: 1 - a, "1 − a"),
        (lambda a, x: a / x, "a/x"),
        (lambda a, x: 2**a, "2^a"),
        (lambda a, x: a**2, "a²"),
        (lambda a, x: -a, "−a"),
        (lambda a, x: torch.sin(a * x), "sin(a·x)"),
        (lambda a, x: torch.relu(a), "relu(a)"),
        (lambda a, x: a + x**3, "a + x³"),
        (lambda a, x: legendre_p3(a * x), "P3(a·x)"),
        (lambda a, x: x * legendre_p3(a), "x·P3(a)"),
    ],
)
def test_that_an_operation_is_labelled_as_it_is_written(
    compute: Callable[[torch.Tensor, torch.Tensor], torch.Tensor], expected: str
) -> None:
    assert _label(compute) == expected


def test_that_a_term_with_something_unknown_in_it_has_no_label() -> None:
    assert _label(lambda a, x: torch.cumsum(a.reshape(1), 0) * x) == ""


def test_that_a_term_too_long_for_a_node_has_no_label() -> None:
    def long_sum(a: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
        total = a * x
        for _ in range(LONGEST_LABEL):
            total = total + a
        return total

    assert _label(long_sum) == ""


def test_that_a_named_tensor_is_called_by_its_name() -> None:
    a = torch.tensor(0.5, requires_grad=True)
    with ForwardRecorder() as recorder:
        y_pred = a * 2
        recorder.name(y_pred, "y_pred")
        error = y_pred - 1
    assert recorder.label(y_pred.grad_fn) == "y_pred"
    assert recorder.label(error.grad_fn) == "y_pred − 1"


def test_that_a_value_is_kept_as_it_was_when_it_is_changed_in_place() -> None:
    a = torch.tensor([0.5], requires_grad=True)
    with ForwardRecorder() as recorder:
        double = a * 2
        node = double.grad_fn
        held = recorder.value(node)
        assert held is double
        double.add_(1)
    kept = recorder.value(node)
    assert kept is not None
    assert (kept.item(), double.item()) == (1.0, 2.0)


def test_that_the_value_of_a_custom_function_is_kept() -> None:
    a = torch.tensor(0.5, requires_grad=True)
    with ForwardRecorder() as recorder:
        inner = legendre_p3(a)
        _ = inner * 2
    assert recorder.value(inner.grad_fn) is inner


def test_that_the_result_is_the_same_with_a_forward_recorder() -> None:
    a = torch.tensor(0.3, requires_grad=True)
    with ForwardRecorder():
        heard = torch.exp(a * 3 - a**2)
    assert torch.equal(heard, torch.exp(a * 3 - a**2))


@pytest.mark.parametrize(
    ("call", "label"),
    [
        (functional.gelu, "gelu(x)"),
        (functional.logsigmoid, "logsigmoid(x)"),
        (functional.softsign, "softsign(x)"),
        (functional.leaky_relu, "leakyrelu(x)"),
        (torch.arctanh, "atanh(x)"),
        (lambda x: functional.leaky_relu(x, 0.2), ""),
        (lambda x: functional.elu(x, alpha=2.0), ""),
        (lambda x: functional.gelu(x, approximate="tanh"), ""),
        (lambda x: torch.add(x, x, alpha=2), ""),
    ],
)
def test_that_a_function_is_named_only_where_its_settings_are_those_of_its_name(
    call: Callable[[torch.Tensor], torch.Tensor], label: str
) -> None:
    x = torch.tensor(0.5, requires_grad=True)
    recorder = ForwardRecorder()
    recorder.name(x, "x")
    with recorder:
        y = call(x)
    assert recorder.label(y.grad_fn) == label


def test_that_the_newest_tensor_is_let_go_first() -> None:
    freed: list[int] = []

    def chain() -> None:
        x = torch.ones((), requires_grad=True)
        for place in range(5):
            x = x * 2
            weakref.finalize(x, freed.append, place)

    with ForwardRecorder() as recorder:
        chain()
    assert freed == []
    del recorder
    gc.collect()
    assert freed == [4, 3, 2, 1, 0]
