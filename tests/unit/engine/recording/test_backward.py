"""The backward pass of a training step: what loss.backward() gives, bit for bit."""

import pytest
import torch
from engine_cases import trees
from hypothesis import assume, given
from hypothesis import strategies as st

from gradviz.engine.data.program import compiled
from gradviz.engine.recording import backward
from gradviz.engine.recording.backward import run_backward
from gradviz.expression import Tree


@given(trees(), st.floats(-3, 3, width=32))
def test_that_the_gradients_are_those_of_backward(tree: Tree, at: float) -> None:
    found = []
    for direct in (True, False):
        leaves = [torch.tensor(value, requires_grad=True) for value in (at, 1.25, -0.5)]
        x, a, b = leaves
        loss = compiled(tree, {"a": a, "b": b})(x)
        assume(loss.requires_grad)
        if direct:
            run_backward(loss, torch.ones_like(loss))
        else:
            loss.backward()  # type: ignore[no-untyped-call]
        found.append(
            [None if leaf.grad is None else leaf.grad.numpy().tobytes() for leaf in leaves]
        )
    assert found[0] == found[1]


def test_that_gradients_accumulate_and_a_torch_without_the_engines_name_does_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a = torch.tensor(3.0, requires_grad=True)
    run_backward(a * a, torch.ones(()))
    monkeypatch.setattr(backward, "_direct", None)
    run_backward(a * a, torch.ones(()))
    assert a.grad is not None
    assert a.grad.item() == 12.0
