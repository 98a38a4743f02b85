"""oneDNN is off within, and as before afterwards."""

from types import SimpleNamespace

import pytest
import torch

from gradviz.engine.torch_internals.onednn import without_onednn


@pytest.mark.parametrize("before", [True, False])
def test_that_it_is_off_within_and_as_before_afterwards(
    before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.backends.mkldnn, "enabled", before)
    with without_onednn():
        assert not torch.backends.mkldnn.enabled
    assert bool(torch.backends.mkldnn.enabled) == before


def test_that_a_version_without_the_switch_computes_as_always(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch.backends, "mkldnn", SimpleNamespace())
    with without_onednn():
        assert torch.ones(2).sum().item() == 2
