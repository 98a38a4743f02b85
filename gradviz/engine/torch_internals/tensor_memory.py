"""The memory that a tensor is in: which storage, and how often it was changed in place."""

from collections.abc import Callable
from typing import Final

import torch

_PLAIN: Final = (torch.Tensor, torch.nn.Parameter)
#: Tells a tensor that stands for others within torch.vmap, torch.func.grad and their like.
_stands_for_others: Final[Callable[[torch.Tensor], bool]] = getattr(
    getattr(torch._C, "_functorch", None), "is_functorch_wrapped_tensor", lambda _: False
)


def has_values(tensor: torch.Tensor) -> bool:
    """Tell whether `tensor` has numbers that can be read.

    One on the meta device has none, nor has one of a FakeTensorMode, nor one that stands for
    others within a transform of torch.func.
    """
    if tensor.is_meta or _stands_for_others(tensor):
        return False
    return type(tensor) in _PLAIN or not _is_fake(tensor)


def _is_fake(tensor: torch.Tensor) -> bool:
    return getattr(tensor, "fake_mode", None) is not None


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


def view_base(tensor: torch.Tensor) -> torch.Tensor | None:
    """Return the tensor that `tensor` is a view of, as autograd knows it; None where it is none."""
    try:
        return tensor._base if tensor._is_view() else None
    except (AttributeError, RuntimeError):
        return None
