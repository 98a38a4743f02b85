"""A module and its inputs on another device, as a copy: the user's own stays where it is."""

import copy
from typing import Any

import torch
from torch import nn

from gradviz.engine.tensors.devices import resolved


def on_device(module: nn.Module, inputs: Any, device: str) -> tuple[nn.Module, Any]:
    """Return copies of both on `device`; on meta they take no memory, and have no values.

    Raises:
        DeviceError: there is no such device.
    """
    place = torch.device("meta") if device == "meta" else resolved(device)
    # Each tensor is copied right onto the device: a large model is not held twice.
    memo: dict[int, Any] = {}
    for tensor in (*module.parameters(), *module.buffers()):
        memo[id(tensor)] = _moved(tensor, place)
    with torch.no_grad():
        return copy.deepcopy(module, memo), _moved_within(inputs, place)


def _moved(tensor: torch.Tensor, device: torch.device) -> torch.Tensor:
    moved = tensor.detach().to(device)
    if moved.data_ptr() == tensor.data_ptr() and not moved.is_meta:
        moved = moved.clone()
    if isinstance(tensor, nn.Parameter):
        return nn.Parameter(moved, requires_grad=tensor.requires_grad)
    return moved.requires_grad_(tensor.requires_grad)


def _moved_within(value: Any, device: torch.device) -> Any:
    """Return the tensors in a nesting of tuples, lists and dicts on `device`."""
    if isinstance(value, torch.Tensor):
        return _moved(value, device)
    if isinstance(value, dict):
        return {name: _moved_within(each, device) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return type(value)([_moved_within(each, device) for each in value])
    return value
