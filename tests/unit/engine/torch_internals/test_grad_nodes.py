"""What a node of PyTorch's graph tells of itself, and where it has no such attribute."""

from typing import Any

import pytest
import torch
from torch.autograd.function import Function

from gradviz.core.findings.rule import SourceText
from gradviz.engine.recording import capture, forward_order, saved_tensors
from gradviz.engine.recording.backward_source import own_backward
from gradviz.engine.recording.recorder import record
from gradviz.engine.torch_internals.grad_nodes import (
    feeds_of,
    function_of,
    newest_sequence_number,
    results_of,
    saved_attributes,
    sequence_number,
)


class Bare:
    """A node without any attribute."""


class Twice(Function):
    @staticmethod
    def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
        return x + x

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor) -> torch.Tensor:
        return 2 * gradient


def product() -> torch.Tensor:
    a = torch.ones(2, 3, requires_grad=True)
    return (a * torch.full((3,), 2.0)).sum()


def twice() -> torch.Tensor:
    made: torch.Tensor = Twice.apply(torch.ones(2, requires_grad=True))  # type: ignore[no-untyped-call]
    return made


def test_that_the_sources_of_a_node_are_its_next_functions() -> None:
    node = product().grad_fn
    assert node is not None
    assert feeds_of(node) == node.next_functions
    assert feeds_of(Bare()) == ()


def test_that_numbers_rise_with_each_node_that_is_made() -> None:
    node = product().grad_fn
    assert node is not None
    source, _ = feeds_of(node)[0]
    before, after = sequence_number(source), sequence_number(node)
    assert before is not None
    assert after is not None
    assert before < after < newest_sequence_number()


def test_that_no_number_is_told_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(torch._C._autograd, "_get_sequence_nr")
    assert newest_sequence_number() == -1
    assert sequence_number(Bare()) is None


def test_that_the_forward_order_without_numbers_has_sources_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = record(product()).trace.forward
    monkeypatch.setattr(forward_order, "sequence_number", lambda node: None)
    assert record(product()).trace.forward == known


def test_that_the_results_of_a_node_have_their_shape_and_type() -> None:
    for output, shape in ((product(), ()), (twice(), (2,))):
        (result,) = results_of(output.grad_fn)
        assert (tuple(result.shape), result.dtype) == (shape, torch.float32)
    assert results_of(Bare()) == ()


def test_that_a_node_whose_result_is_not_told_is_recorded_without_its_shape(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(capture, "results_of", lambda node: ())
    output = product()
    walk = capture.Walk(output, {})
    shape, dtype, device = capture._described(walk.root)
    assert (shape, dtype, device) == ((), "", "")


def test_that_the_function_of_a_node_is_told_by_node_and_class() -> None:
    node = twice().grad_fn
    assert function_of(node) is function_of(type(node)) is Twice
    assert function_of(Bare()) is None
    assert function_of(product().grad_fn) is None


def test_that_the_source_of_a_backward_is_not_told_where_the_function_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    node = twice().grad_fn
    assert isinstance(own_backward(node), SourceText)
    monkeypatch.setattr(type(node), "_forward_cls", None)
    assert own_backward(node) is None


def test_that_saved_tensors_have_pytorchs_names() -> None:
    (source, _), *_ = feeds_of(product().grad_fn)
    names = {name for _, name in saved_attributes(source)}
    assert names == {"self", "other"}
    assert saved_attributes(Bare()) == ()


def test_that_a_recording_without_names_of_saved_tensors_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(saved_tensors, "saved_attributes", lambda node: ())
    assert all(node.saved == () for node in record(product()).graph.nodes)
