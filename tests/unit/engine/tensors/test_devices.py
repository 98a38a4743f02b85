"""Devices: those there are, those there are not, and one that does not start."""

import pytest
import torch

from gradviz.core.errors import DeviceError
from gradviz.engine.tensors import devices as module
from gradviz.engine.tensors.devices import devices, resolved


class _Accelerator:
    """Stands for a machine with two CUDA devices; the computation still fails or not here."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(torch.accelerator, "is_available", lambda: True)
        monkeypatch.setattr(torch.accelerator, "device_count", lambda: 2)
        monkeypatch.setattr(torch.accelerator, "current_accelerator", lambda: torch.device("cuda"))
        monkeypatch.setitem(module._TITLES, "cuda", lambda index: f"Card {index}")


def test_that_the_cpu_is_always_there_and_starts() -> None:
    assert devices()[0].name == "cpu"
    assert resolved("cpu") == torch.device("cpu")


@pytest.mark.parametrize("name", ["cuda:97", "warp drive", "", "meta", "cpu:1", "cuda:x"])
def test_that_a_device_that_is_not_there_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(DeviceError, match="cpu"):
        resolved(name)


def test_that_every_device_of_the_accelerator_is_listed_by_index_and_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _Accelerator(monkeypatch)
    assert [(d.name, d.title) for d in devices()[1:]] == [
        ("cuda:0", "Card 0"),
        ("cuda:1", "Card 1"),
    ]


def test_that_a_device_without_an_index_is_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    _Accelerator(monkeypatch)
    tried: list[torch.device] = []
    monkeypatch.setattr(module, "_try_out", tried.append)
    assert resolved("cuda") == torch.device("cuda", 0)
    assert tried == [torch.device("cuda", 0)]


def test_that_a_device_that_does_not_start_is_an_error_with_its_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> torch.Tensor:
        raise RuntimeError("CUDA driver is too old\nmore")

    _Accelerator(monkeypatch)
    monkeypatch.setattr(torch, "ones", fail)
    with pytest.raises(
        DeviceError, match=r"cuda:1 does not start: CUDA driver is too old Choose another device"
    ):
        resolved("cuda:1")


def test_that_a_device_whose_name_cannot_be_read_is_listed_by_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_: int) -> str:
        raise RuntimeError("no driver")

    _Accelerator(monkeypatch)
    monkeypatch.setitem(module._TITLES, "cuda", fail)
    assert devices()[1].title == "CUDA 0"
