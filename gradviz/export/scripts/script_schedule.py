"""The learning rate's scheduler as a script writes it."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gradviz.core.choices.catalogue import OptimizerEntry, SchedulerEntry
from gradviz.core.choices.options import OptionValue
from gradviz.core.choices.settings import Training
from gradviz.core.errors import ExportError, SettingError
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
    training: Training, optimizer: OptimizerEntry, scheduler: SchedulerEntry | None
) -> WrittenSchedule:
    """Return the scheduler with all of its options; raises ExportError for one without an entry.

    `scheduler` is the row of the catalogue that `training` names.
    """
    if not training.scheduler:
        return WrittenSchedule()
    if scheduler is None or scheduler.name != training.scheduler:
        raise ExportError(
            f"There is no script for the scheduler {training.scheduler}.", "Choose another one."
        )
    values = {each.name: each.default for each in scheduler.options} | training.scheduler_options
    by_hand = not optimizer.constructor
    given = ["max_lr=learning_rate", "cycle_momentum=False"] if scheduler.peaks else []
    listed = ", ".join(["holder" if by_hand else "optimizer", *given, *_texts(values)])
    step = "scheduler.step(loss.item())" if scheduler.follows_loss else "scheduler.step()"
    made = f"scheduler = {scheduler.constructor}({listed})"
    total = values.get("total_steps")
    last = int(total) - 1 if total is not None and training.steps > int(total) else None
    if not by_hand:
        return WrittenSchedule(made=(made,), after=(step,), last=last)
    return WrittenSchedule(
        made=(
            "# A scheduler changes the rate of an optimizer: this one holds it, and no more.",
            "holder = torch.optim.SGD([torch.zeros(())], lr=learning_rate)",
            made,
        ),
        before=("learning_rate = scheduler.get_last_lr()[0]",),
        after=("holder.step()", step),
        last=last,
    )


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
