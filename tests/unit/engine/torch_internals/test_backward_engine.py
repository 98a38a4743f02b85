"""The backward pass without its checks in Python, where PyTorch has an entry for it."""

import pytest
import torch

from gradviz.engine.torch_internals.backward_engine import direct_backward


def test_that_the_direct_pass_gives_the_gradients_of_backward() -> None:
    run = direct_backward()
    assert run is not None
    a = torch.tensor([1.0, 2.0], requires_grad=True)
    run((a * a).sum(), torch.ones(()))
    assert a.grad is not None
    assert a.grad.tolist() == [2, 4]


def test_that_without_the_engines_name_there_is_no_direct_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(torch.autograd.Variable, "_execution_engine")
    assert direct_backward() is None
