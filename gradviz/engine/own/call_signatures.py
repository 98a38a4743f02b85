"""The arguments that a user's functions take, by name; none where that is not known."""

import inspect
from typing import Any

from torch import nn

from gradviz.engine.torch_internals.compiled_modules import uncompiled


def signature_text(called: Any) -> str:
    """Return the signature, `(in_features, bias=True)`; empty where it is not known."""
    try:
        return str(inspect.signature(called))
    except (TypeError, ValueError):
        return ""


def input_names(module: nn.Module, count: int) -> tuple[str, ...]:
    """Return the names that forward has for its first `count` inputs."""
    own = [
        each.name
        for each in _parameters(module)
        if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)
    ]
    return tuple(own[i] if i < len(own) else f"input {i + 1}" for i in range(count))


def needed_inputs(module: nn.Module) -> list[str]:
    """Return the names of the inputs without which forward cannot be called."""
    return [
        each.name
        for each in _parameters(module)
        if each.default is each.empty
        and each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)
    ]


def _parameters(module: nn.Module) -> tuple[inspect.Parameter, ...]:
    # A compiled module takes what the module takes that it was made of.
    try:
        return tuple(inspect.signature(uncompiled(module).forward).parameters.values())
    except (TypeError, ValueError):
        return ()
