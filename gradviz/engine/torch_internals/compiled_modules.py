"""Modules that torch.compile has wrapped."""

from torch import nn


def uncompiled(module: nn.Module) -> nn.Module:
    """Return the module that a compiled one was made of; itself where there is none."""
    inner = getattr(module, "_orig_mod", None)
    return inner if isinstance(inner, nn.Module) else module
