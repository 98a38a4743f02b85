"""The memory that a tensor is in: which storage, and how often it was changed in place."""

import torch


def version_of(tensor: torch.Tensor) -> int:
    """Return how often `tensor` was changed in place; 0 where PyTorch does not count it.

    It does not in inference mode; see `counts_changes` for all others.
    """
    try:
        return tensor._version
    except (AttributeError, RuntimeError):
        return 0


def counts_changes(tensor: torch.Tensor) -> bool:
    """Tell whether `version_of` counts the changes of `tensor`: else nothing is known of them."""
    return not tensor.is_inference() and hasattr(tensor, "_version")


def storage_id(tensor: torch.Tensor) -> int:
    """Return the identity of the storage of `tensor`, which views share; 0 where it has none.

    It is unique among the storages that are alive. Without PyTorch's own name for a storage it is
    the address of its data, which those without data do not have.
    """
    try:
        storage = tensor.untyped_storage()
    except (NotImplementedError, RuntimeError):
        return 0
    try:
        return int(storage._cdata)
    except AttributeError:
        return storage.data_ptr()


def covers_storage(tensor: torch.Tensor) -> bool:
    """Tell whether `tensor` is all of its storage, and no view of a part."""
    return tensor.untyped_storage().nbytes() == tensor.numel() * tensor.itemsize
