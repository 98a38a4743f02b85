"""Leaves that lie in the same memory: to move one of them moves the other, too."""

from collections.abc import Iterator, Mapping
from itertools import combinations

import torch


def shared_memory(leaves: Mapping[str, torch.Tensor]) -> dict[str, str]:
    """Return by its name each leaf that shares memory with another one, and the other's name.

    Two strided tensors share memory where the ranges from their first to their last elements do.
    """
    ranges = {name: found for name, leaf in leaves.items() for found in _range(leaf)}
    shared: dict[str, str] = {}
    for one, other in combinations(ranges, 2):
        (device, first, last), (device_of_other, first_of_other, last_of_other) = (
            ranges[one],
            ranges[other],
        )
        if device == device_of_other and first < last_of_other and first_of_other < last:
            shared.setdefault(one, other)
            shared.setdefault(other, one)
    return shared


def _range(leaf: torch.Tensor) -> Iterator[tuple[torch.device, int, int]]:
    """Yield the device and the addresses of a tensor, from the first byte to the one after all."""
    if leaf.layout != torch.strided or leaf.is_nested or not leaf.numel():
        return
    if leaf.device.type == "meta":
        return
    last = sum((size - 1) * step for size, step in zip(leaf.shape, leaf.stride(), strict=True))
    begin = leaf.data_ptr()
    yield leaf.device, begin, begin + (last + 1) * leaf.itemsize
