"""The memory that a tensor is in: which storage, and how often it was changed in place."""

import torch


def version_of(tensor: torch.Tensor) -> int:
    """Return how often `tensor` was changed in place; 0 where inference mode does not count it."""
    try:
        return tensor._version
    except RuntimeError:
        return 0


def storage_id(tensor: torch.Tensor) -> int:
    """Return the identity of the storage of `tensor`, which views share; 0 where it has none.

    It is unique among the storages that are alive.
    """
    try:
        return int(tensor.untyped_storage()._cdata)
    except (NotImplementedError, RuntimeError):
        return 0


def covers_storage(tensor: torch.Tensor) -> bool:
    """Tell whether `tensor` is all of its storage, and no view of a part."""
    return tensor.untyped_storage().nbytes() == tensor.numel() * tensor.itemsize
