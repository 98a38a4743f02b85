"""The modes that hear the functions of torch, and the calls by which they tell themselves."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

import torch
from torch.overrides import TorchFunctionMode

#: A context within which no mode hears what is called. Where PyTorch has none it is empty: then a
#: mode hears its own reading of tensors too.
unheard: Final[Callable[[], AbstractContextManager[Any]]] = getattr(
    torch._C, "DisableTorchFunction", nullcontext
)


def innermost_mode() -> TorchFunctionMode | None:
    """Return the mode that hears first; None where torch does not tell."""
    current = getattr(torch.overrides, "_get_current_function_mode", None)
    found: TorchFunctionMode | None = None if current is None else current()
    return found


def is_gradient_switch(function: Callable[..., Any]) -> bool:
    """Tell whether a function is the one that turns gradients on or off, by its first argument.

    It is not found where PyTorch has another one.
    """
    return function is getattr(torch._C, "_set_grad_enabled", None)
