"""Whether gradients and parameters are finite, told at next to no cost while all is well."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

import torch

#: The looks at gradients and parameters take at most this share of a training.
SHARE: Final = 0.01


class Fault(NamedTuple):
    """A step that cannot be done though its loss is finite.

    Attributes:
        kind: Whether a gradient is not finite, or a parameter would not be after the step.
        name: The first such parameter.
        loss: The loss before the step.
    """

    kind: Literal["gradient", "parameter"]
    name: str
    loss: float


def spoilt_parameter(parameters: Mapping[str, torch.Tensor]) -> str:
    """Return the name of the first parameter that is not finite; empty where all are."""
    with torch.no_grad():
        return next((name for name, each in parameters.items() if not _is_finite(each)), "")


def spoilt_gradient(parameters: Mapping[str, torch.Tensor]) -> str:
    """Return the name of the first parameter whose gradient is not finite; empty if none is."""
    with torch.no_grad():
        for name, parameter in parameters.items():
            if parameter.grad is not None and not _is_finite(parameter.grad):
                return name
    return ""


def _is_finite(tensor: torch.Tensor) -> bool:
    """Tell whether all elements are finite: their sum is then, unless it grows too large."""
    if tensor.layout is torch.sparse_coo:
        tensor = tensor.coalesce().values()
    return bool(tensor.sum().isfinite()) or bool(tensor.isfinite().all())
