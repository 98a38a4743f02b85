"""What the engine offers, as data from which menus, forms and JSON are made."""

from typing import Literal

import msgspec

from gradviz.core.choices.options import OptionEntry

Mode = Literal["point", "fit"]


class ModelEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A ready-made model: the name to type, a title, one sentence, and its modes.

    `expression` is what it computes in the language of the expression field, where that can
    be said in it; else empty.
    """

    name: str
    title: str
    summary: str
    expression: str = ""
    modes: tuple[Mode, ...] = ("fit",)


class DeviceEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A device that torch offers here: its name in torch (`cuda:0`) and what it is."""

    name: str
    title: str


class OptimizerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An optimizer by the name that `Training.optimizer` takes, and its hyperparameters.

    `learning_rate` is what its signature starts from; None where the step is proportional to
    the gradient, so that what suits depends on the model.
    """

    name: str
    title: str
    learning_rate: float | None = None
    options: tuple[OptionEntry, ...] = ()


class LossEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A loss by the name that `Training.loss` takes."""

    name: str
    title: str


class SchedulerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A learning rate scheduler by the name that `Training.scheduler` takes, and its options.

    `peaks` says that the learning rate of the training is its `max_lr`; else it is the rate that
    the scheduler starts from.
    """

    name: str
    title: str
    peaks: bool = False
    options: tuple[OptionEntry, ...] = ()


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """All that can be chosen, and the versions that stand behind it."""

    models: tuple[ModelEntry, ...]
    devices: tuple[DeviceEntry, ...]
    optimizers: tuple[OptimizerEntry, ...]
    losses: tuple[LossEntry, ...] = ()
    schedulers: tuple[SchedulerEntry, ...] = ()
    torch: str
    python: str


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
