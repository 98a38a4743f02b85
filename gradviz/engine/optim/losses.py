"""The losses by name; each takes y_pred and y, both of shape (points,), and returns shape ()."""

from collections.abc import Callable, Mapping
from typing import Final

import torch

from gradviz.core.choices.catalogue import LossEntry
from gradviz.core.errors import SettingError

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def sum_of_squared_errors(y_pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the sum over all points of the squared difference, as the tutorial writes it."""
    return (y_pred - y).pow(2).sum()


#: The losses of torch.nn for regression that need y_pred and y alone.
_OF_TORCH: Final = (
    torch.nn.MSELoss,
    torch.nn.L1Loss,
    torch.nn.SmoothL1Loss,
    torch.nn.HuberLoss,
)

#: The loss of a classifier, which the table does not have: its losses are of numbers.
CROSS_ENTROPY: Final = "cross-entropy"
_CROSS_ENTROPY: Final = torch.nn.CrossEntropyLoss()

LOSSES: Final[Mapping[str, Loss]] = {
    "squared errors": sum_of_squared_errors,
    **{
        f"{kind.__name__}, {reduction}": kind(reduction=reduction)
        for kind in _OF_TORCH
        for reduction in ("sum", "mean")
    },
}


def loss_entries() -> tuple[LossEntry, ...]:
    """Return the losses as the catalogue shows them."""
    titles = {"squared errors": "Σ (y_pred − y)²"}
    return tuple(LossEntry(name=name, title=titles.get(name, name)) for name in LOSSES)


def loss_named(name: str) -> Loss:
    """Return the loss of that name; raises SettingError when there is none."""
    if name == CROSS_ENTROPY:
        return _CROSS_ENTROPY
    if name not in LOSSES:
        names = "; ".join(LOSSES)
        raise SettingError(f"There is no loss {name!r}.", f"Choose one of: {names}.")
    return LOSSES[name]
