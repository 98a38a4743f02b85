"""The identity of a tensor's memory, and the count of its changes in place."""

import pytest
import torch
from fresh_modules import ABSENT

from gradviz.engine.torch_internals.tensor_memory import (
    counts_changes,
    covers_storage,
    storage_id,
    version_of,
)


def test_that_views_share_the_identity_of_their_storage_and_copies_do_not() -> None:
    tensor = torch.arange(6.0)
    assert storage_id(tensor) == storage_id(tensor[2:].view(2, 2))
    assert storage_id(tensor) != storage_id(tensor.clone())


def test_that_a_tensor_without_a_storage_has_no_identity() -> None:
    assert storage_id(torch.eye(2).to_sparse()) == 0


def test_that_a_change_in_place_counts_for_every_view() -> None:
    tensor = torch.zeros(4)
    view = tensor[1:]
    before = version_of(view)
    tensor.add_(1)
    assert version_of(view) == version_of(tensor) == before + 1


def test_that_inference_mode_counts_no_changes() -> None:
    with torch.inference_mode():
        tensor = torch.zeros(2)
        tensor.add_(1)
    assert version_of(tensor) == 0


def test_that_a_view_of_a_part_does_not_cover_its_storage() -> None:
    tensor = torch.zeros(2, 3)
    assert covers_storage(tensor)
    assert covers_storage(tensor.T)
    assert not covers_storage(tensor[0])


def test_that_without_pytorchs_count_nothing_is_known_of_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tensor = torch.zeros(2).add_(1)
    assert counts_changes(tensor)
    monkeypatch.setattr(torch.Tensor, "_version", ABSENT, raising=False)
    assert version_of(tensor) == 0
    assert not counts_changes(tensor)


def test_that_changes_in_inference_mode_are_not_known() -> None:
    with torch.inference_mode():
        tensor = torch.zeros(2)
    assert not counts_changes(tensor)


def test_that_without_pytorchs_name_the_address_of_the_data_is_the_identity_of_a_storage(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch.UntypedStorage, "_cdata", ABSENT, raising=False)
    tensor = torch.arange(6.0)
    assert storage_id(tensor[2:].view(2, 2)) == storage_id(tensor) == tensor.data_ptr()
    assert storage_id(tensor) != storage_id(tensor.clone())
    assert storage_id(torch.empty(2, device="meta")) == 0
