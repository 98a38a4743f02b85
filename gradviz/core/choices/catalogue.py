"""The engine's offers, as data from which menus, forms, scripts and JSON are made."""

from collections.abc import Iterable
from typing import Literal, Protocol, TypeVar

import msgspec

from gradviz.core.choices.compositions import Composing, Composition
from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.options import OptionEntry

Mode = Literal["point", "fit"]
#: A loss compares the output with numbers, or with the numbers of classes.
Target = Literal["values", "classes"]


class ModelEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A ready-made model.

    Attributes:
        name: The name to type.
        title: Its line in a list.
        summary: One sentence.
        expression: The model in the language of the expression field; empty where that cannot
            say it.
        modes: Its modes, the one that suits it best first.
        loss: Its own loss, a name of the catalogue.
        target: The kind of its target, and so of its losses.
        images: Whether it learns from images, which may be those of a folder.
        script: Its part of a script; a model without one has no script.
    """

    name: str
    title: str
    summary: str
    expression: str = ""
    modes: tuple[Mode, ...] = ("fit",)
    loss: str = "squared errors"
    target: Target = "values"
    images: bool = False
    script: ModelScript | None = None


class DeviceEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A device that torch offers here: its name in torch (`cuda:0`) and the device's own."""

    name: str
    title: str


class OptimizerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An optimizer by the name that `Training.optimizer` takes, and its hyperparameters.

    Attributes:
        learning_rate: The one that its signature starts from; None where the step is proportional
            to the gradient, so that a suitable one depends on the model.
        constructor: Its class in a script, such as `torch.optim.SGD`; empty where the update is
            written out.
        closure: Whether a step computes the loss several times, by a closure.
    """

    name: str
    title: str
    learning_rate: float | None = None
    options: tuple[OptionEntry, ...] = ()
    constructor: str = ""
    closure: bool = False


class LossEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A loss by the name that `Training.loss` takes.

    Attributes:
        target: The kind of target that it compares the output with.
        criterion: The expression that makes it in a script, such as `torch.nn.MSELoss()`; empty
            for the sum of squared errors, which a script writes out.
    """

    name: str
    title: str
    target: Target = "values"
    criterion: str = ""


class SchedulerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A learning rate scheduler by the name that `Training.scheduler` takes, and its options.

    Attributes:
        peaks: Whether the learning rate of the training is its `max_lr`; else it is the rate that
            the scheduler starts from.
        follows_loss: Whether its rates follow from the losses, and not from the step alone.
        constructor: Its class in a script, such as `torch.optim.lr_scheduler.StepLR`.
        composes: How the schedulers that it is made of work; empty where it is made of none.
        composition: The parts that it begins with, where it is made of others.
    """

    name: str
    title: str
    peaks: bool = False
    follows_loss: bool = False
    options: tuple[OptionEntry, ...] = ()
    constructor: str = ""
    composes: Composing = ""
    composition: Composition = Composition()


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """All that can be chosen, and the versions that stand behind it."""

    models: tuple[ModelEntry, ...]
    devices: tuple[DeviceEntry, ...]
    optimizers: tuple[OptimizerEntry, ...]
    losses: tuple[LossEntry, ...] = ()
    schedulers: tuple[SchedulerEntry, ...] = ()
    torch: str
    python: str

    def model(self, source: str) -> ModelEntry | None:
        """Return the ready-made model of that name; None where `source` is something else."""
        return _named(self.models, source.strip())

    def optimizer(self, name: str) -> OptimizerEntry | None:
        """Return the optimizer of that name; None where there is none."""
        return _named(self.optimizers, name)

    def loss(self, name: str) -> LossEntry | None:
        """Return the loss of that name; None where there is none."""
        return _named(self.losses, name)

    def scheduler(self, name: str) -> SchedulerEntry | None:
        """Return the scheduler of that name; None where there is none."""
        return _named(self.schedulers, name)


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_Entry = TypeVar("_Entry", bound=_Named)


def _named(entries: Iterable[_Entry], name: str) -> _Entry | None:
    return next((entry for entry in entries if entry.name == name), None)


#: The tutorial's, for the sum of squared errors.
_TUTORIALS_RATE = 1e-6


def suited_rate(new: OptimizerEntry, *used: tuple[OptimizerEntry, float]) -> float:
    """Return the learning rate to begin with, where optimizers were used with their rates.

    Where the step is proportional to the gradient, it is the first rate that was used with
    another such optimizer.
    """
    if new.learning_rate is not None:
        return new.learning_rate
    rates = (rate for entry, rate in used if entry.learning_rate is None)
    return next(rates, _TUTORIALS_RATE)
