"""The learning rate schedulers, and the rate that one gives for any step.

A scheduler of torch.optim.lr_scheduler goes forward only. Here each one runs on an optimizer of
its own, which does nothing but hold the rate, so that the rate depends on the step alone: going
back, changing the rate and taking another optimizer keep it right. One that follows the loss goes
forward too, and has a memory to return to.
"""

import inspect
import math
import warnings
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import torch
from torch.optim import lr_scheduler
from torch.optim.lr_scheduler import LRScheduler

from gradviz.core.choices.catalogue import SchedulerEntry
from gradviz.core.choices.composed_schedules import checked_composition, last_step
from gradviz.core.choices.compositions import Composing, Composition, SchedulerPart
from gradviz.core.choices.options import OptionEntry, Options, checked_options
from gradviz.core.errors import SettingError, words_of
from gradviz.core.language.saying import listed, tr
from gradviz.engine.optim.optimizers import copied
from gradviz.engine.optim.signatures import entries_of
from gradviz.expression import factor_at, parsed_factor

#: The classes that the others derive from.
_UNFIT: Final = {"LRScheduler"}
#: They are made of other schedulers, which no option is: of a short warm-up and a decay at first.
_COMPOSING: Final[Mapping[str, Composing]] = {
    "SequentialLR": "in turn",
    "ChainedScheduler": "together",
}
_PARTS: Final = (SchedulerPart("LinearLR", {"total_iters": 100}), SchedulerPart("ExponentialLR"))
_MILESTONE: Final = 100
_NO_PARTS: Final = Composition()
#: Values of options without a default in the signature; by default a run has 2,000 steps.
_STARTS: Final[Mapping[str, Any]] = {
    "step_size": 500,
    "milestones": (1000, 1500),
    "gamma": 0.999,
    "T_max": 2000,
    "T_0": 500,
    "total_steps": 2000,
    "base_lr": 0.0,
}
#: The factor of the learning rate, typed as an expression in t.
_FACTOR: Final = "lr_lambda"
_FACTORS: Final[Mapping[str, str]] = {"LambdaLR": "0.999^t", "MultiplicativeLR": "0.999"}
#: Given by the training's learning rate.
_PEAK: Final = "max_lr"
#: The momentum is the optimizer's own; `gamma` works in a mode of CyclicLR that is not chosen.
_LEFT_OUT: Final = {"optimizer", "last_epoch", "cycle_momentum", "base_momentum", "max_momentum"}
_LEFT_OUT_OF: Final[Mapping[str, set[str]]] = {
    "CyclicLR": {"gamma", "step_size_down"},
    "OneCycleLR": {"epochs", "steps_per_epoch"},
}
#: Rates are kept in pieces of so many, and of that many pieces.
_CHUNK: Final = 512
_CHUNKS: Final = 64


class SchedulerRow(NamedTuple):
    """One scheduler: how the catalogue shows it, and its class in torch.optim.lr_scheduler."""

    entry: SchedulerEntry
    kind: type[LRScheduler]


def _arguments(kind: type[LRScheduler]) -> Iterator[tuple[str, Any, Any]]:
    """Yield name, default and annotation of each option; the default may be missing."""
    left_out = _LEFT_OUT | _LEFT_OUT_OF.get(kind.__name__, set())
    for name, parameter in inspect.signature(kind).parameters.items():
        if name in left_out or name == _PEAK:
            continue
        default = parameter.default
        if default is None or default is parameter.empty:
            default = _STARTS.get(name, default)
        if name == _FACTOR:
            default = _FACTORS.get(kind.__name__, default)
        yield name, default, parameter.annotation


def _rows() -> Iterator[SchedulerRow]:
    for name, kind in vars(lr_scheduler).items():
        if not isinstance(kind, type) or not issubclass(kind, LRScheduler):
            continue
        if name.startswith("_") or name in _UNFIT:
            continue
        if name in _COMPOSING:
            yield SchedulerRow(_composing(name), kind)
            continue
        arguments = list(_arguments(kind))
        if any(default is inspect.Parameter.empty for _, default, _ in arguments):
            # A scheduler that is not known here, and that needs something.
            continue
        options = (each for argument in arguments for each in _entries(*argument))
        peaks = _PEAK in inspect.signature(kind).parameters
        entry = SchedulerEntry(
            name=name,
            title=name,
            peaks=peaks,
            follows_loss=issubclass(kind, lr_scheduler.ReduceLROnPlateau),
            options=tuple(options),
            constructor=f"torch.optim.lr_scheduler.{name}",
        )
        yield SchedulerRow(entry, kind)


def _composing(name: str) -> SchedulerEntry:
    composes = _COMPOSING[name]
    return SchedulerEntry(
        name=name,
        title=name,
        constructor=f"torch.optim.lr_scheduler.{name}",
        composes=composes,
        composition=Composition(_PARTS, (_MILESTONE,) if composes == "in turn" else ()),
    )


def _entries(name: str, default: Any, annotation: Any) -> Iterable[OptionEntry]:
    if name == _FACTOR:
        return (OptionEntry(name=name, kind="expression", default=default),)
    return entries_of(name, default, annotation)


SCHEDULERS: Final[tuple[SchedulerRow, ...]] = tuple(
    # Those for which an expression is typed, or that follow the loss, come late, and those made
    # of others last.
    sorted(
        _rows(),
        key=lambda row: (
            bool(row.entry.composes),
            row.entry.name in _FACTORS or row.entry.follows_loss,
        ),
    )
)


def scheduler_entries() -> tuple[SchedulerEntry, ...]:
    """Return the schedulers as the catalogue shows them."""
    return tuple(row.entry for row in SCHEDULERS)


def scheduler_row(name: str) -> SchedulerRow:
    """Return the row of that name; raises SettingError when there is none."""
    for row in SCHEDULERS:
        if row.entry.name == name:
            return row
    raise SettingError(
        tr("There is no scheduler {name!r}.", name=name),
        tr("Choose one of: {names}.", names=listed(row.entry.name for row in SCHEDULERS)),
    )


def scheduler_entry(name: str) -> SchedulerEntry:
    """Return the entry of that name; raises SettingError when there is none."""
    return scheduler_row(name).entry


class Schedule:
    """The learning rate before each step, as a scheduler of torch gives it.

    Attributes:
        settings: The name of the scheduler, its options, its parts where it is made of others, and
            the rate that it starts from.
    """

    def __init__(
        self,
        name: str,
        options: Options,
        learning_rate: float,
        composition: Composition = _NO_PARTS,
    ) -> None:
        """Begin at step 0.

        Raises:
            SettingError: there is no scheduler of that name, or an option or a part does not fit.
        """
        entry = scheduler_entry(name)
        self.settings = name, dict(options), learning_rate, composition
        self._entry = entry
        self._title = entry.title
        self._options = checked_options(entry.options, options, "scheduler")
        self._composition = checked_composition(entry, composition, scheduler_entry)
        self._learning_rate = learning_rate
        self._begin()

    def follow(self, loss: float) -> None:
        """Take the loss of the step that is done; here the rates follow from the step alone."""

    def memory(self) -> Any:
        """Return a copy of all that the next rates follow from besides the step; here nothing."""
        return None

    def recall(self, memory: Any) -> None:
        """Return to the state that `memory` gave."""

    def _begin(self) -> None:
        self._last = last_step(self._entry, self._options, self._composition, scheduler_entry)
        self._optimizer, self._scheduler = self._made()
        #: How the scheduler was before each piece of the rates.
        self._states: list[Any] = [self._state()]
        self._chunks: OrderedDict[int, array[float]] = OrderedDict()
        self.rate(0)

    def rate(self, step: int) -> float:
        """Return the learning rate of the step that follows on `step` steps.

        Raises:
            SettingError: the options do not go together, or a typed factor has no finite value.
        """
        number, place = divmod(step, _CHUNK)
        chunk = self._chunks.get(number)
        if chunk is None:
            while len(self._states) <= number:
                self._chunk(len(self._states) - 1)
            chunk = self._chunk(number)
        if not math.isfinite(chunk[place]):
            raise SettingError(
                tr(
                    "{scheduler}: the learning rate has no finite value at t = {step}.",
                    scheduler=self._title,
                    step=step,
                ),
                tr("Change its expression, such as 1/(1 + t) for 1/t."),
            )
        return chunk[place]

    def _chunk(self, number: int) -> "array[float]":
        """Compute a piece of the rates, and keep how the scheduler is after it."""
        self._restore(self._states[number])
        rates = array("d")
        with warnings.catch_warnings():
            # Where the next part begins, some versions of torch warn of their own call.
            warnings.filterwarnings("ignore", "The epoch parameter", UserWarning)
            for step in range(number * _CHUNK, (number + 1) * _CHUNK):
                rates.append(float(self._optimizer.param_groups[0]["lr"]))
                self._go_on(step)
        if len(self._states) == number + 1:
            self._states.append(self._state())
        self._chunks[number] = rates
        if len(self._chunks) > _CHUNKS:
            self._chunks.popitem(last=False)
        return rates

    def _go_on(self, step: int) -> None:
        # OneCycleLR ends; the rate stays the last one.
        if self._last is not None and step >= self._last:
            return
        try:
            self._scheduler.step()
        except (ValueError, ZeroDivisionError, OverflowError) as error:
            raise _refused(self._title, error) from error

    def _made(self) -> tuple[torch.optim.Optimizer, LRScheduler]:
        optimizer = torch.optim.SGD([torch.zeros(())], lr=self._learning_rate)
        if self._entry.composes:
            parts = [self._made_on(optimizer, part) for part in self._composition.parts]
            scheduler = self._composed(optimizer, parts)
        else:
            alone = SchedulerPart(self._entry.name, self._options)
            scheduler = self._made_on(optimizer, alone)
        # It warns of an optimizer that has done nothing.
        optimizer.step()
        return optimizer, scheduler

    def _made_on(self, optimizer: torch.optim.Optimizer, part: SchedulerPart) -> LRScheduler:
        """Return one scheduler that is made of no others, which sets the rate of `optimizer`."""
        entry, kind = scheduler_row(part.name)
        arguments = arguments_of(kind, part.options)
        if entry.peaks:
            arguments |= {_PEAK: self._learning_rate, "cycle_momentum": False}
        try:
            return kind(optimizer, **arguments)
        except (ValueError, ZeroDivisionError, OverflowError) as error:
            raise _refused(entry.title, error) from error

    def _composed(self, optimizer: torch.optim.Optimizer, parts: list[LRScheduler]) -> LRScheduler:
        if self._entry.composes == "together":
            return lr_scheduler.ChainedScheduler(parts, optimizer)
        milestones = list(self._composition.milestones)
        return lr_scheduler.SequentialLR(optimizer, parts, milestones)

    def _state(self) -> Any:
        return copied(self._scheduler.state_dict()), self._optimizer.param_groups[0]["lr"]

    def _restore(self, state: Any) -> None:
        of_scheduler, rate = state
        self._scheduler.load_state_dict(copied(of_scheduler))
        self._optimizer.param_groups[0]["lr"] = rate


def _refused(title: str, error: Exception) -> SettingError:
    return SettingError(
        tr("{name}: {error}.", name=title, error=words_of(error)), tr("Change one of its options.")
    )


class LossSchedule(Schedule):
    """The learning rate of a scheduler that follows the loss, which knows that of now alone."""

    def rate(self, step: int) -> float:
        """Return the learning rate of the next step."""
        return float(self._optimizer.param_groups[0]["lr"])

    def follow(self, loss: float) -> None:
        """Take the loss of the step that is done."""
        if isinstance(self._scheduler, lr_scheduler.ReduceLROnPlateau):
            self._scheduler.step(loss)

    def memory(self) -> Any:
        """Return a copy of the scheduler's state, and the rate."""
        return self._state()

    def recall(self, memory: Any) -> None:
        """Return to the state that `memory` gave."""
        self._restore(memory)

    def _begin(self) -> None:
        self._optimizer, self._scheduler = self._made()


def schedule_of(
    name: str,
    options: Options,
    learning_rate: float,
    composition: Composition = _NO_PARTS,
) -> Schedule:
    """Return the schedule of that name before the first step; raises SettingError as it does."""
    kind = LossSchedule if scheduler_row(name).entry.follows_loss else Schedule
    return kind(name, options, learning_rate, composition)


def arguments_of(kind: type[LRScheduler], options: Options) -> dict[str, Any]:
    """Return every option as the constructor takes it, those of a list put together."""
    found: dict[str, Any] = {}
    for name, default, _ in _arguments(kind):
        if isinstance(default, tuple):
            found[name] = [
                options.get(f"{name}_{i}", value) for i, value in enumerate(default, start=1)
            ]
        elif name == _FACTOR:
            found[name] = _factor(str(options.get(name, default)))
        elif isinstance(default, bool | int | float):
            found[name] = options.get(name, default)
    return found


def _factor(text: str) -> Callable[[int], float]:
    """Return the function that a typed factor is; raises SettingError where it cannot be read."""
    tree = parsed_factor(text)

    def factor(step: int) -> float:
        return factor_at(tree, step)

    return factor
