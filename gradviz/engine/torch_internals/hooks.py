"""Hooks on tensors, on nodes and in modules, which PyTorch runs and does not list."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn
from torch.utils import hooks


def has_tensor_hooks(tensor: torch.Tensor) -> bool:
    """Tell whether a hook is set on a tensor; False where PyTorch does not tell."""
    return bool(getattr(tensor, "_backward_hooks", None))


def has_hooks_after_accumulation(leaf: torch.Tensor) -> bool:
    """Tell whether a hook runs once a gradient was added to `leaf.grad`; False where not told."""
    return bool(getattr(leaf, "_post_accumulate_grad_hooks", None))


@contextmanager
def without_hooks_after_accumulation(leaves: Iterable[torch.Tensor]) -> Iterator[None]:
    """Let no hook run within the context once a gradient was added to the `grad` of a leaf."""
    # PyTorch holds the dictionary itself, so that another one in its place would not be seen.
    found = {id(leaf): getattr(leaf, "_post_accumulate_grad_hooks", None) for leaf in leaves}
    kept = [(own, dict(own)) for own in found.values() if own]
    for own, _ in kept:
        own.clear()
    try:
        yield
    finally:
        for own, before in kept:
            own.update(before)


def has_node_hooks(node: Any) -> bool:
    """Tell whether hooks are set on a node itself, not on its tensor; False where not told.

    A hook's handle knows the dictionary that holds it, so the node is asked with a hook of ours.
    """
    handles = (node.register_hook(_hear_nothing), node.register_prehook(_hear_nothing))
    try:
        return any(len(_beside(handle)) > 1 for handle in handles)
    finally:
        for handle in handles:
            handle.remove()


def backward_hooks_of(module: nn.Module) -> list[Callable[..., Any]]:
    """Return the backward hooks of a module; none where PyTorch does not tell."""
    return list(getattr(module, "_backward_hooks", {}).values())


def called_hooks(value: object) -> list[Callable[..., Any]]:
    """Return the user's hooks that `value`, a local of PyTorch's code for hooks, is to call."""
    kind = getattr(hooks, "BackwardHook", None)
    if kind is None or not isinstance(value, kind):
        return []
    return list(getattr(value, "user_hooks", ()))


def calls_hooks(file: str) -> bool:
    """Tell whether a file is PyTorch's code that calls the hooks of modules."""
    return file == hooks.__file__


def _beside(handle: Any) -> dict[int, Any]:
    """Return all hooks of the dictionary that holds the hook of a handle."""
    reference = getattr(handle, "hooks_dict_ref", None)
    return (reference and reference()) or {}


def _hear_nothing(*_: Any) -> None:
    """Stand in as a hook that leaves everything as it is."""
