"""The learning rate's scheduler as a script writes it."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gradviz.core.choices.catalogue import Catalogue, OptimizerEntry, SchedulerEntry
from gradviz.core.choices.composed_schedules import checked_composition, last_step
from gradviz.core.choices.compositions import Composition
from gradviz.core.choices.options import Options, OptionValue
from gradviz.core.choices.settings import Training
from gradviz.core.errors import ExportError, SettingError
from gradviz.core.language.saying import tr
from gradviz.export.scripts.python_text import text_of_numbers
from gradviz.expression import parsed_factor

#: An element of a list of options, such as `milestones_1`.
_ELEMENT: Final = re.compile(r"(.+)_[1-9]")


class WrittenSchedule(NamedTuple):
    """Lines of a script, without their indent; none where the learning rate stays as it is.

    Attributes:
        made: Before the loop, where `learning_rate` and an optimizer, if there is one, are made.
        before: At the beginning of each step.
        after: At its end.
        last: After how many steps the scheduler stands still; None where it never does.
    """

    made: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    last: int | None = None

    @property
    def imports(self) -> tuple[str, ...]:
        """Return the line that imports math, for an expression in t that names it."""
        return ("import math",) if any("math." in line for line in self.made) else ()

    def ending(self, count: str, indent: str) -> Iterator[str]:
        """Yield the lines at the end of a step, where `count` is the number of the step."""
        if not self.after:
            return
        yield ""
        if self.last is None:
            yield from (f"{indent}{line}" for line in self.after)
            return
        yield f"{indent}if {count} < {self.last}:"
        yield from (f"{indent}    {line}" for line in self.after)

    def beginning(self, indent: str) -> Iterator[str]:
        """Yield the lines at the beginning of a step."""
        yield from (f"{indent}{line}" for line in self.before)


def written_schedule(
    training: Training, optimizer: OptimizerEntry, catalogue: Catalogue
) -> WrittenSchedule:
    """Return the scheduler with all of its options, whose row is in the catalogue.

    Raises:
        ExportError: there is no such row, or a part does not fit.
    """
    if not training.scheduler:
        return WrittenSchedule()

    def named(name: str) -> SchedulerEntry:
        entry = catalogue.scheduler(name)
        if entry is None:
            raise ExportError(
                tr("There is no script for the scheduler {name}.", name=name),
                tr("Choose another one."),
            )
        return entry

    scheduler = named(training.scheduler)
    try:
        composition = checked_composition(scheduler, training.composition, named)
        last = last_step(scheduler, training.scheduler_options, composition, named)
    except SettingError as error:
        raise ExportError(error.message, error.hint) from error
    holder = "optimizer" if optimizer.constructor else "holder"
    step = "scheduler.step(loss.item())" if scheduler.follows_loss else "scheduler.step()"
    if scheduler.composes:
        parts = [_constructed(named(part.name), part.options, holder) for part in composition.parts]
        made = tuple(_composed(scheduler, parts, composition, holder))
    else:
        made = (f"scheduler = {_constructed(scheduler, training.scheduler_options, holder)}",)
    if last is not None and training.steps <= last + 1:
        last = None
    if optimizer.constructor:
        return WrittenSchedule(made=made, after=(step,), last=last)
    return WrittenSchedule(
        made=(
            "# A scheduler changes the rate of an optimizer: this one holds it, and no more.",
            "holder = torch.optim.SGD([torch.zeros(())], lr=learning_rate)",
            *made,
        ),
        before=("learning_rate = scheduler.get_last_lr()[0]",),
        after=("holder.step()", step),
        last=last,
    )


def _constructed(scheduler: SchedulerEntry, options: Options, optimizer: str) -> str:
    """Return the call that makes a scheduler which is made of no others."""
    values = {each.name: each.default for each in scheduler.options} | options
    given = ["max_lr=learning_rate", "cycle_momentum=False"] if scheduler.peaks else []
    return f"{scheduler.constructor}({', '.join([optimizer, *given, *_texts(values)])})"


def _composed(
    scheduler: SchedulerEntry, parts: list[str], composition: Composition, optimizer: str
) -> Iterator[str]:
    yield "schedulers = ["
    yield from (f"    {part}," for part in parts)
    yield "]"
    if scheduler.composes == "together":
        yield f"scheduler = {scheduler.constructor}(schedulers, {optimizer})"
    else:
        milestones = list(composition.milestones)
        yield f"scheduler = {scheduler.constructor}({optimizer}, schedulers, {milestones})"


def _texts(values: dict[str, OptionValue]) -> Iterator[str]:
    """Yield each option as an argument, those of a list put together."""
    found: dict[str, list[str]] = {}
    for name, value in values.items():
        element = _ELEMENT.fullmatch(name)
        found.setdefault(element[1] if element else name, []).append(_written(value))
        if element:
            found[element[1]].append("")
    for name, texts in found.items():
        elements = [text for text in texts if text]
        yield f"{name}=[{', '.join(elements)}]" if "" in texts else f"{name}={elements[0]}"


def _written(value: OptionValue) -> str:
    """Return the value as Python; an expression in t is a function of the number of steps."""
    if not isinstance(value, str):
        return repr(value)
    try:
        return f"lambda t: {text_of_numbers(parsed_factor(value))}"
    except SettingError as error:
        raise ExportError(error.message, error.hint) from error
