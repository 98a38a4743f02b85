"""The devices that torch offers here, and a device that is shown to start before it is used."""

from collections.abc import Callable, Mapping
from typing import Final

import torch

from gradviz.core.choices.catalogue import DeviceEntry
from gradviz.core.errors import DeviceError
from gradviz.core.language.saying import listed, tr

_TITLES: Final[Mapping[str, Callable[[int], str]]] = {
    "cuda": torch.cuda.get_device_name,
    "xpu": torch.xpu.get_device_name,
    "mps": lambda _index: "Apple GPU",
    "mtia": lambda _index: "MTIA accelerator",
}


def devices() -> tuple[DeviceEntry, ...]:
    """Return the CPU, and every device of the accelerator that torch finds."""
    return (DeviceEntry(name="cpu", title="CPU"), *_accelerators())


def resolved(name: str) -> torch.device:
    """Return the device, after a small computation on it.

    Raises:
        DeviceError: there is no such device here, or it does not start.
    """
    known = [entry.name for entry in devices()]
    try:
        device = torch.device(name)
    except RuntimeError:
        raise _unknown(name, known) from None
    if device.index is None and f"{name}:0" in known:
        device = torch.device(name, 0)
    if str(device) not in known:
        raise _unknown(name, known)
    _try_out(device)
    return device


def _accelerators() -> list[DeviceEntry]:
    if not torch.accelerator.is_available():
        return []
    accelerator = torch.accelerator.current_accelerator()
    if accelerator is None:
        return []
    kind = accelerator.type
    return [
        DeviceEntry(name=f"{kind}:{index}", title=_title(kind, index))
        for index in range(torch.accelerator.device_count())
    ]


def _title(kind: str, index: int) -> str:
    """Return the maker's name of a device; one that does not start is listed by its number."""
    if kind not in _TITLES:
        return f"{kind.upper()} {index}"
    try:
        return _TITLES[kind](index)
    except (RuntimeError, AssertionError):
        return f"{kind.upper()} {index}"


def _try_out(device: torch.device) -> None:
    try:
        torch.ones(2, device=device).sum().item()
    except (RuntimeError, AssertionError) as error:
        reason = (str(error).splitlines() or [tr("it gives no reason")])[0]
        raise DeviceError(
            tr("{device} does not start: {reason}", device=device, reason=reason),
            tr("Choose another device."),
        ) from error


def _unknown(name: str, known: list[str]) -> DeviceError:
    return DeviceError(
        tr("There is no device {name} here.", name=repr(name)),
        tr("There are: {names}.", names=listed(known)),
    )
