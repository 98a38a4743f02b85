"""Compositions of schedulers: which ones there may be, and when one stands still."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from gradviz.core.choices.catalogue import SchedulerEntry
from gradviz.core.choices.compositions import Composition, SchedulerPart
from gradviz.core.choices.options import Options, OptionValue, checked_options
from gradviz.core.errors import SettingError
from gradviz.core.language.saying import listed, tr, tr_n

#: Returns the scheduler of that name; raises SettingError where there is none.
Lookup = Callable[[str], SchedulerEntry]


def checked_composition(
    entry: SchedulerEntry, chosen: Composition, scheduler: Lookup
) -> Composition:
    """Return the chosen composition of `entry`, or the one that it shows where none is chosen.

    Raises:
        SettingError: a part can be none, an option does not fit, or the milestones do not.
    """
    if not entry.composes:
        if chosen != Composition():
            raise SettingError(
                tr("{name} has no parts.", name=entry.title),
                tr("Choose SequentialLR or ChainedScheduler for them."),
            )
        return chosen
    composition = chosen if chosen.parts else entry.composition
    rows = [_part_entry(entry, part, scheduler) for part in composition.parts]
    parts = tuple(
        SchedulerPart(part.name, checked_options(row.options, part.options, "scheduler"))
        for part, row in zip(composition.parts, rows, strict=True)
    )
    _check_milestones(entry, composition)
    checked = msgspec.structs.replace(composition, parts=parts)
    last_step(entry, {}, checked, scheduler)
    return checked


def last_step(
    entry: SchedulerEntry, options: Options, composition: Composition, scheduler: Lookup
) -> int | None:
    """Return after how many steps the learning rate stays as it is; None where that is never.

    OneCycleLR ends after its steps, and so does a composition in which it is the last to come.

    Raises:
        SettingError: a part ends before the milestone of the next one.
    """
    if not entry.composes:
        return _length(entry, options)
    rows = [scheduler(part.name) for part in composition.parts]
    lengths = [
        _length(row, part.options) for row, part in zip(rows, composition.parts, strict=True)
    ]
    if entry.composes == "together":
        return min((each for each in lengths if each is not None), default=None)
    begins = (0, *composition.milestones)
    _check_lengths(rows, lengths, begins)
    return None if lengths[-1] is None else begins[-1] + lengths[-1]


def _check_lengths(
    rows: Sequence[SchedulerEntry], lengths: Sequence[int | None], begins: Sequence[int]
) -> None:
    for row, length, begin, end in zip(rows, lengths, begins, begins[1:], strict=False):
        if length is not None and begin + length < end - 1:
            raise SettingError(
                tr_n(
                    "{name} ends after its {count} steps, before the milestone {milestone}.",
                    "{name} ends after its {count} step, before the milestone {milestone}.",
                    length + 1,
                    name=row.title,
                    milestone=end,
                ),
                tr("Set its total_steps to {number} or more.", number=end - begin),
            )


def _length(entry: SchedulerEntry, options: Mapping[str, OptionValue]) -> int | None:
    """Return how often it may be asked for its next rate; None where that is without an end."""
    for option in entry.options:
        if option.name == "total_steps":
            return int(options.get(option.name, option.default)) - 1
    return None


def _part_entry(owner: SchedulerEntry, part: SchedulerPart, scheduler: Lookup) -> SchedulerEntry:
    entry = scheduler(part.name)
    if entry.composes:
        raise SettingError(
            tr(
                "{name} is made of parts itself, and can be no part of {owner}.",
                name=entry.title,
                owner=owner.title,
            ),
            tr("List its parts themselves."),
        )
    if entry.follows_loss:
        raise SettingError(
            tr(
                "{name} follows the loss, and can be no part of {owner}.",
                name=entry.title,
                owner=owner.title,
            ),
            tr("Use it alone, or take another part."),
        )
    return entry


def _check_milestones(entry: SchedulerEntry, composition: Composition) -> None:
    milestones, count = composition.milestones, len(composition.parts)
    if entry.composes == "together":
        if milestones:
            raise SettingError(
                tr("{name} has no milestones: its parts work at every step.", name=entry.title),
                tr("Leave them out, or choose SequentialLR."),
            )
        return
    if len(milestones) != count - 1:
        raise SettingError(
            tr_n(
                "{count} schedulers in turn need {milestones}, and here are {given}.",
                "{count} scheduler in turn needs {milestones}, and here are {given}.",
                count,
                milestones=tr_n("{count} milestones", "{count} milestone", count - 1),
                given=len(milestones),
            ),
            tr("Give the step at which each of them but the first begins."),
        )
    if list(milestones) != sorted({*milestones}) or any(each < 1 for each in milestones):
        raise SettingError(
            tr(
                "The milestones {milestones} do not increase from 1 on.",
                milestones=listed(map(str, milestones)),
            ),
            tr("Give each a larger number of steps than the one before."),
        )
