"""The losses: one row for each; most take y_pred and y of shape (points,) and return shape ()."""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple, TypeAlias

import torch

from gradviz.core.choices.catalogue import LossEntry, Target
from gradviz.core.errors import FieldError, SettingError
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import short

Loss: TypeAlias = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
#: The derivative of one point's loss by its residual, y_pred - y, for numbers of any precision.
Slope: TypeAlias = Callable[[Any], Any]


class TakenNumbers(NamedTuple):
    """The numbers that a loss takes, in words and as a test of each; and the way to such numbers.

    NaN is in no domain. The texts are English: they are translated where they are shown.
    """

    told: str
    holds: Callable[[torch.Tensor], torch.Tensor]
    hint: str

    def outside(self, numbers: torch.Tensor) -> float | None:
        """Return the first of the numbers that is not in the domain; None where all are."""
        found = numbers.detach()[~self.holds(numbers.detach())]
        return None if not len(found) else float(found[0].item())


class LossRow(NamedTuple):
    """One loss: its entry in the catalogue, its function, and its formula for a check.

    Attributes:
        slope: The derivative for one point; without it, gradients are not compared with sympy's.
        mean: Whether the loss is the mean over the points; else it is the sum.
        targets: The targets that it takes; None where it takes all numbers.
        outputs: The outputs of a model that it takes; None where it takes all numbers.
    """

    entry: LossEntry
    function: Loss
    slope: Slope | None = None
    mean: bool = False
    targets: TakenNumbers | None = None
    outputs: TakenNumbers | None = None

    def check_target(self, y: torch.Tensor, field: str = "") -> None:
        """Raise SettingError unless the loss takes every number of the target.

        With a field of the data, where the target is typed, it is a FieldError.
        """
        found = None if self.targets is None else self.targets.outside(y)
        if self.targets is None or found is None:
            return
        message = tr(
            "{loss} needs {numbers} as target, and here is {found}.",
            loss=tr(self.entry.title),
            numbers=tr(self.targets.told),
            found=short(found),
        )
        hint = tr(self.targets.hint)
        if field:
            raise FieldError(message, hint, field=field)
        raise SettingError(message, hint)

    def check_output(self, y_pred: torch.Tensor) -> None:
        """Raise SettingError unless the loss takes every number of the output."""
        found = None if self.outputs is None else self.outputs.outside(y_pred)
        if self.outputs is not None and found is not None:
            raise SettingError(
                tr(
                    "{loss} needs {numbers} as output, and here is {found}.",
                    loss=tr(self.entry.title),
                    numbers=tr(self.outputs.told),
                    found=short(found),
                ),
                tr(self.outputs.hint),
            )


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


def _from_0_to_1(numbers: torch.Tensor) -> torch.Tensor:
    return (numbers >= 0) & (numbers <= 1)


_COUNTS: Final = TakenNumbers(
    marked("numbers from 0 on"),
    lambda numbers: numbers >= 0,
    marked("Choose a target such as x^2, or another loss."),
)
_PROBABILITIES: Final = TakenNumbers(
    marked("numbers from 0 to 1"),
    _from_0_to_1,
    marked("Choose a target such as sigmoid(3 x), or another loss."),
)
_SIGNS: Final = TakenNumbers(
    marked("-1 or 1 for each point"),
    lambda numbers: numbers.abs() == 1,
    marked("Choose a target such as x / abs(x), or another loss."),
)
#: The losses that compare an output with counts, with probabilities or with one of two classes.
#: KLDivLoss, MarginRankingLoss, CosineEmbeddingLoss, TripletMarginLoss, CTCLoss and those of
#: several labels are not among them: one number for each point is none of their targets.
_OF_SOME_TARGETS: Final[
    tuple[tuple[type[torch.nn.Module], TakenNumbers, TakenNumbers | None], ...]
] = (
    (torch.nn.PoissonNLLLoss, _COUNTS, None),
    (
        torch.nn.BCELoss,
        _PROBABILITIES,
        TakenNumbers(
            marked("numbers from 0 to 1"),
            _from_0_to_1,
            marked("End the model in a sigmoid, or choose BCEWithLogitsLoss."),
        ),
    ),
    (torch.nn.BCEWithLogitsLoss, _PROBABILITIES, None),
    (torch.nn.SoftMarginLoss, _SIGNS, None),
    (torch.nn.HingeEmbeddingLoss, _SIGNS, None),
)


def _row_of_torch(kind: type[torch.nn.Module], reduction: str) -> LossRow:
    name = f"{kind.__name__}, {reduction}"
    criterion = f'torch.nn.{kind.__name__}(reduction="{reduction}")'
    entry = LossEntry(name=name, title=name, criterion=criterion)
    return LossRow(entry, kind(reduction=reduction), mean=reduction == "mean")


def _rows_of_torch() -> Iterator[LossRow]:
    for kind, slope in _OF_TORCH:
        for reduction in ("sum", "mean"):
            yield _row_of_torch(kind, reduction)._replace(slope=slope)
    for kind, targets, outputs in _OF_SOME_TARGETS:
        for reduction in ("sum", "mean"):
            row = _row_of_torch(kind, reduction)._replace(targets=targets, outputs=outputs)
            yield row if outputs is None else row._replace(function=_checking(row))


def _checking(row: LossRow) -> Loss:
    """Return the loss of `row`, which says of an output that it does not take what to change.

    Without the check, torch raises its own error, and on a GPU it ends the process.
    """

    def loss(y_pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        row.check_output(y_pred)
        return row.function(y_pred, y)

    return loss


def negative_log_likelihood(logits: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return NLLLoss, which takes logarithms of probabilities, of log_softmax of the logits."""
    return torch.nn.functional.nll_loss(logits.log_softmax(1), y)


LOSSES: Final[tuple[LossRow, ...]] = (
    LossRow(
        LossEntry(name="squared errors", title="Σ (y_pred − y)²"), sum_of_squared_errors, _doubled
    ),
    *_rows_of_torch(),
    LossRow(
        LossEntry(
            name="cross-entropy",
            title=marked("cross-entropy"),
            target="classes",
            criterion="torch.nn.CrossEntropyLoss()",
        ),
        torch.nn.CrossEntropyLoss(),
    ),
    LossRow(
        LossEntry(
            name="NLLLoss",
            title=marked("NLLLoss of log_softmax"),
            target="classes",
            criterion="lambda logits, y: nn.functional.nll_loss(logits.log_softmax(1), y)",
        ),
        negative_log_likelihood,
    ),
    LossRow(
        LossEntry(
            name="MultiMarginLoss",
            title="MultiMarginLoss",
            target="classes",
            criterion="torch.nn.MultiMarginLoss()",
        ),
        torch.nn.MultiMarginLoss(),
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
    raise SettingError(
        tr("There is no loss {name!r}.", name=name), tr("Choose one of: {names}.", names=names)
    )


def row_of(loss: Loss) -> LossRow | None:
    """Return the row whose function `loss` is; None where a model has made it its own."""
    return next((row for row in LOSSES if row.function is loss), None)
