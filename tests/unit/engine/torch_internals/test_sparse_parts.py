"""The parts of a sparse tensor, as it stores them or each index once."""

import pytest
import torch
from fresh_modules import ABSENT

from gradviz.engine.torch_internals.sparse_parts import stored_parts


@pytest.fixture
def doubled() -> torch.Tensor:
    """A tensor that has the index 1 twice."""
    return torch.sparse_coo_tensor(
        torch.tensor([[1, 1, 0]]), torch.tensor([1.0, 2.0, 4.0]), (3,), check_invariants=False
    )


def test_that_an_index_that_is_stored_twice_is_told_twice(doubled: torch.Tensor) -> None:
    values, indices = stored_parts(doubled)
    assert (values.tolist(), indices.tolist()) == ([1, 2, 4], [[1, 1, 0]])


def test_that_without_access_to_what_is_stored_each_index_is_told_once(
    doubled: torch.Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.Tensor, "_values", ABSENT, raising=False)
    values, indices = stored_parts(doubled)
    assert (values.tolist(), indices.tolist()) == ([4, 3], [[0, 1]])
