"""A capture of tensors that have shapes alone, and within transforms: shapes, or one sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn
from torch._subclasses.fake_tensor import FakeTensorMode

import gradviz


def _fake() -> torch.Tensor:
    with FakeTensorMode():
        found: torch.Tensor = nn.Linear(3, 2)(torch.ones(1, 3)).sum()
    return found


def _meta() -> torch.Tensor:
    found: torch.Tensor = nn.Linear(3, 2, device="meta")(torch.ones(1, 3, device="meta")).sum()
    return found


@pytest.mark.parametrize("made", [_fake, _meta])
def test_that_a_graph_without_values_is_shown_by_its_shapes(
    made: Callable[[], torch.Tensor], tmp_path: Path
) -> None:
    output = made()
    found = gradviz.capture(output)
    assert found.graph.node[found.graph.output].value is not None
    assert sorted(tuple(each.shape) for each in found.gradients.values()) == [(2,), (2, 3)]
    assert {each.gradient for each in found.health().nodes.values()} == {None}
    assert found.missing() == ()
    assert found.save(tmp_path / "shapes.json").stat().st_size
    assert "Linear" not in gradviz.make_dot(output, show_saved=True).source
    with pytest.raises(gradviz.GradvizError, match="no values to check"):
        found.check()


def test_that_a_module_is_captured_within_a_mode_of_fake_tensors(tmp_path: Path) -> None:
    with FakeTensorMode():
        found = gradviz.capture(nn.Linear(3, 2), inputs=torch.ones(1, 3))
        assert {name: tuple(each.shape) for name, each in found.gradients.items()} == {
            "weight": (2, 3),
            "bias": (2,),
        }
        assert found.save(tmp_path / "fake.dot").exists()


def test_that_a_graph_within_a_transform_is_shown_and_not_run(tmp_path: Path) -> None:
    def squares(x: torch.Tensor) -> torch.Tensor:
        y = (x * x).sum()
        found = gradviz.capture(y)
        assert [node.name for node in found.nodes][:2] == ["SumBackward0", "MulBackward0"]
        assert found.save(tmp_path / "inner.json").exists()
        with pytest.raises(gradviz.GradvizError, match="functorch transform"):
            found.backward()
        return y

    gradient = torch.func.grad(squares)(torch.tensor([1.0, 3.0]))
    assert gradient.tolist() == [2.0, 6.0]


def test_that_a_function_mapped_over_a_batch_tells_that_it_has_no_graph_inside() -> None:
    slope = torch.ones(3, requires_grad=True)

    def scaled(x: torch.Tensor) -> torch.Tensor:
        y = (x * slope).sum()
        with pytest.raises(gradviz.GradvizError, match="has no graph"):
            gradviz.capture(y)
        return y

    mapped = torch.vmap(scaled)(torch.ones(2, 3))
    assert gradviz.capture(mapped.sum()).gradients["slope"].tolist() == [2.0, 2.0, 2.0]


def test_that_a_capture_within_a_backward_pass_leaves_that_pass_as_it_is() -> None:
    a = torch.ones(3, requires_grad=True)
    seen = []

    class Twice(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
            return x * 2

        @staticmethod
        def backward(
            ctx: torch.autograd.function.FunctionCtx, *gradients: torch.Tensor
        ) -> torch.Tensor:
            with torch.enable_grad():
                inner = (a.detach().requires_grad_() ** 2).sum()
                seen.append(gradviz.capture(inner).gradients)
            return gradients[0] * 2

    output: torch.Tensor = Twice.apply(a).sum()  # type: ignore[no-untyped-call]
    torch.autograd.backward(output)
    assert [next(iter(each.values())).tolist() for each in seen] == [[2.0, 2.0, 2.0]]
    assert a.grad is not None
    assert a.grad.tolist() == [2.0, 2.0, 2.0]


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
def test_that_a_ragged_leaf_is_captured() -> None:
    ragged = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)], requires_grad=True)
    found = gradviz.capture(ragged.to_padded_tensor(0.0).sum())
    assert any(node.kind == "leaf" for node in found.nodes)
