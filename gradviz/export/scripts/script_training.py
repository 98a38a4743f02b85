"""The choices of a training as a script writes them: optimizer, loss and scheduler."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from gradviz.core.choices.catalogue import Catalogue, LossEntry, OptimizerEntry, Target
from gradviz.core.choices.options import OptionEntry, OptionValue
from gradviz.core.choices.settings import Model, Training, told_every
from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.export.scripts.script_schedule import WrittenSchedule, written_schedule
from gradviz.expression.networks import names_network, parse_network

#: An element of a pair of hyperparameters, such as `betas_1`.
_ELEMENT: Final = re.compile(r"(.+)_[1-9]")
#: The loss of a model that is in no catalogue.
_LOSS: Final = "squared errors"


class WrittenTraining(NamedTuple):
    """The rows of the catalogue that a training names, and its schedule.

    Attributes:
        settings: The training.
        own_loss: The name of the model's own loss.
        loss: The chosen loss; None where the catalogue has none of that name for the model.
    """

    settings: Training
    optimizer: OptimizerEntry
    own_loss: str
    loss: LossEntry | None
    schedule: WrittenSchedule

    @property
    def criterion(self) -> str:
        """Return the expression that makes the loss; empty for the sum of squared errors."""
        if self.loss is None:
            raise ExportError(
                tr("There is no script for the loss {name}.", name=self.settings.loss),
                tr("Choose another loss."),
            )
        return self.loss.criterion

    def printed(self, count: str, loss: str, indent: str) -> Iterator[str]:
        """Yield the lines that print the loss, at the steps at which training tells it."""
        steps = self.settings.steps
        every = told_every(steps)
        if every == 1:
            yield f"{indent}print({count}, {loss})"
        else:
            ends = f" or {count} in (0, {steps - 1})" if steps < 100 else ""
            yield f"{indent}if {count} % {every} == {every - 1}{ends}:"
            yield f"{indent}    print({count}, {loss})"

    def made_optimizer(self, group: str) -> Iterator[str]:
        """Yield the line that makes the optimizer of the parameters `group`; none by hand."""
        if self.optimizer.constructor:
            changed = _changed(self.optimizer.options, self.settings.options)
            listed = ", ".join([group, "lr=learning_rate", *changed])
            yield f"optimizer = {self.optimizer.constructor}({listed})"


def written_training(model: Model, training: Training, catalogue: Catalogue) -> WrittenTraining:
    """Return the training of `model` with its rows of the catalogue.

    Raises:
        ExportError: the catalogue has no such optimizer or scheduler.
    """
    optimizer = catalogue.optimizer(training.optimizer)
    if optimizer is None:
        raise ExportError(
            tr("There is no script for the optimizer {name}.", name=training.optimizer),
            tr("Choose another one."),
        )
    entry = catalogue.model(model.source)
    own_loss, target = _of_typed(model.source) if entry is None else (entry.loss, entry.target)
    loss = catalogue.loss(training.loss or own_loss)
    return WrittenTraining(
        training,
        optimizer,
        own_loss,
        loss if loss is not None and loss.target == target else None,
        written_schedule(training, optimizer, catalogue),
    )


def _of_typed(source: str) -> tuple[str, Target]:
    """Return the own loss of what is typed, and the kind of its target."""
    if not names_network(source):
        return _LOSS, "values"
    network = parse_network(source)
    return network.loss, network.target


def _changed(entries: tuple[OptionEntry, ...], options: Mapping[str, OptionValue]) -> Iterator[str]:
    """Yield the arguments that have another value than their default, pairs put together."""
    values: dict[str, list[str]] = {}
    changed: set[str] = set()
    for entry in entries:
        pair = _ELEMENT.fullmatch(entry.name)
        name = pair[1] if pair else entry.name
        value = options.get(entry.name, entry.default)
        values.setdefault(name, []).append(repr(value))
        if value != entry.default:
            changed.add(name)
    for name, texts in values.items():
        if name in changed:
            listed = ", ".join(texts)
            yield f"{name}={listed if len(texts) == 1 else f'({listed})'}"
