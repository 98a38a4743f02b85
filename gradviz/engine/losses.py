"""The losses by name; each takes y_pred and y, both of shape (points,), and returns shape ()."""

from collections.abc import Callable, Mapping
from typing import Final

import torch

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def sum_of_squared_errors(y_pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the sum over all points of the squared difference, as the tutorial writes it."""
    return (y_pred - y).pow(2).sum()


LOSSES: Final[Mapping[str, Loss]] = {
    "squared errors": sum_of_squared_errors,
    "MSELoss, sum": torch.nn.MSELoss(reduction="sum"),
}
