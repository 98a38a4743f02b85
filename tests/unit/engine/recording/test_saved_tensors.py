"""What nodes kept for their backward, also when it can no longer be read."""

from typing import Any

import pytest
import torch
from captured_graphs import captured

from gradviz.engine.data.torch_functions import legendre_p3
from gradviz.engine.recording.backward_source import saved_names


def _saved(output: torch.Tensor) -> dict[str, object]:
    node = captured(output).nodes[0]
    return {
        saved.name: saved.setting if saved.tensor is None else saved.tensor.values
        for saved in node.saved
    }


def test_that_tensors_and_settings_are_listed_by_pytorchs_names() -> None:
    x = torch.tensor(3.0, requires_grad=True)
    assert _saved(x**2) == {"exponent": "2", "self": (3.0,)}


def test_that_what_was_not_needed_is_left_out() -> None:
    x = torch.tensor(3.0, requires_grad=True)
    assert _saved(x * 4.0) == {"other": (4.0,)}


def test_that_a_released_tensor_is_said_to_be_released() -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = x**2
    y.backward()  # type: ignore[no-untyped-call]
    assert _saved(y) == {"exponent": "2", "self": "released"}


def test_that_a_custom_functions_released_tensors_are_said_to_be_released() -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = legendre_p3(x)
    y.backward()  # type: ignore[no-untyped-call]
    assert _saved(y) == {"saved_tensors": "released"}


def test_that_a_tensor_changed_in_place_is_said_to_be() -> None:
    x = torch.tensor(3.0, requires_grad=True)
    factor = torch.tensor(2.0)
    y = x * factor
    factor.add_(1)
    assert _saved(y) == {"other": "changed in place since"}


def test_that_lists_of_tensors_are_numbered() -> None:
    x = torch.ones(2, requires_grad=True)
    saved = _saved(x[torch.tensor([1, 0])])
    assert saved["indices[0]"] == (1.0, 0.0)


def test_that_a_negative_dimension_is_written_as_it_was() -> None:
    x = torch.ones(2, 3, requires_grad=True)
    assert _saved(x.sum(-1))["dim"] == "(-1,)"


class _Product(torch.autograd.Function):
    """A product that keeps both factors, and takes them apart by name."""

    @staticmethod
    def forward(ctx: Any, left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
        ctx.save_for_backward(left, right)
        return left * right

    @staticmethod
    def backward(ctx: Any, grad: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        first, second = ctx.saved_tensors
        return grad * second, grad * first


def test_that_what_a_custom_function_kept_is_called_as_its_backward_calls_it() -> None:
    x, y = torch.tensor(3.0, requires_grad=True), torch.tensor(4.0)
    assert _saved(_Product.apply(x, y)) == {"first": (3.0,), "second": (4.0,)}  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("a, b = ctx.saved_tensors", ("a", "b")),
        ("(a,) = ctx.saved_tensors", ("a",)),
        ("[a, b] = ctx.saved_tensors", ("a", "b")),
        ("a = ctx.saved_tensors[0]; b = ctx.saved_tensors[1]", ("a", "b")),
        ("b = ctx.saved_tensors[1]", ()),
        ("a, _, _ = ctx.saved_tensors", ()),
        ("a, *rest = ctx.saved_tensors", ("a",)),
        ("kept = ctx.saved_tensors", ()),
        ("a, self.b = ctx.saved_tensors", ()),
        ("a, = ctx.saved_tensors[:1]", ()),
        ("this is no Python", ()),
    ],
)
def test_that_names_are_read_where_the_source_gives_each_its_own(
    line: str, names: tuple[str, ...]
) -> None:
    assert saved_names(f"def backward(ctx, grad):\n    {line}\n    return grad") == names
