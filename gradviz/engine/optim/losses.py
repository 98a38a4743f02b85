"""The losses: one row for each; most take y_pred and y of shape (points,) and return shape ()."""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple, TypeAlias

import torch

from gradviz.core.choices.catalogue import LossEntry, Target
from gradviz.core.errors import SettingError

Loss: TypeAlias = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
#: The derivative of one point's loss by its residual, y_pred - y, for numbers of any precision.
Slope: TypeAlias = Callable[[Any], Any]


class LossRow(NamedTuple):
    """One loss: its entry in the catalogue, its function, and its formula for a check.

    Attributes:
        slope: The derivative for one point; without it, gradients are not compared with sympy's.
        mean: Whether the loss is the mean over the points; else it is the sum.
    """

    entry: LossEntry
    function: Loss
    slope: Slope | None = None
    mean: bool = False


def sum_of_squared_errors(y_pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the sum over all points of the squared difference, as the tutorial writes it."""
    return (y_pred - y).pow(2).sum()


def _doubled(residual: Any) -> Any:
    return 2 * residual


def _sign(residual: Any) -> int:
    return int(residual > 0) - int(residual < 0)


def _clipped(residual: Any) -> Any:
    """Return the derivative of Huber's loss and of SmoothL1Loss, with their bounds of 1."""
    return residual if abs(residual) < 1 else _sign(residual)


#: The losses of torch.nn for regression that need y_pred and y alone.
_OF_TORCH: Final[tuple[tuple[type[torch.nn.Module], Slope], ...]] = (
    (torch.nn.MSELoss, _doubled),
    (torch.nn.L1Loss, _sign),
    (torch.nn.SmoothL1Loss, _clipped),
    (torch.nn.HuberLoss, _clipped),
)


def _rows_of_torch() -> Iterator[LossRow]:
    for kind, slope in _OF_TORCH:
        for reduction in ("sum", "mean"):
            name = f"{kind.__name__}, {reduction}"
            criterion = f'torch.nn.{kind.__name__}(reduction="{reduction}")'
            entry = LossEntry(name=name, title=name, criterion=criterion)
            yield LossRow(entry, kind(reduction=reduction), slope, mean=reduction == "mean")


LOSSES: Final[tuple[LossRow, ...]] = (
    LossRow(
        LossEntry(name="squared errors", title="Σ (y_pred − y)²"), sum_of_squared_errors, _doubled
    ),
    *_rows_of_torch(),
    LossRow(
        LossEntry(
            name="cross-entropy",
            title="cross-entropy",
            target="classes",
            criterion="torch.nn.CrossEntropyLoss()",
        ),
        torch.nn.CrossEntropyLoss(),
    ),
)


def loss_entries() -> tuple[LossEntry, ...]:
    """Return the losses as the catalogue shows them."""
    return tuple(row.entry for row in LOSSES)


def loss_row(name: str, target: Target = "values") -> LossRow:
    """Return the row of that name; without one, raise SettingError with those for `target`."""
    for row in LOSSES:
        if row.entry.name == name:
            return row
    names = "; ".join(row.entry.name for row in LOSSES if row.entry.target == target)
    raise SettingError(f"There is no loss {name!r}.", f"Choose one of: {names}.")


def row_of(loss: Loss) -> LossRow | None:
    """Return the row whose function `loss` is; None where a model has made it its own."""
    return next((row for row in LOSSES if row.function is loss), None)
