"""Modules that torch.compile has wrapped, and code that its compiler leaves alone."""

import importlib

from torch import nn


def uncompiled(module: nn.Module) -> nn.Module:
    """Return the module that a compiled one was made of; itself where there is none."""
    inner = getattr(module, "_orig_mod", None)
    return inner if isinstance(inner, nn.Module) else module


def keep_from_compiler(package: str) -> None:
    """Have PyTorch's compiler run the functions of a package as they are written.

    Those that PyTorch calls while a compiled function runs, such as a mode's, would be compiled
    too. The compiler is imported for it, which takes over a second.
    """
    try:
        importlib.import_module("torch._dynamo.trace_rules").add(package)
    except (ImportError, AttributeError):
        # They are compiled then, which takes a while and changes no result.
        return
