"""The options of the learning rate's scheduler, and of those that it is made of."""

import argparse
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gradviz.core.choices.catalogue import SchedulerEntry
from gradviz.core.choices.composed_schedules import checked_composition
from gradviz.core.choices.compositions import Composition, SchedulerPart
from gradviz.core.choices.options import Options, parsed_options
from gradviz.core.errors import SettingError
from gradviz.core.language.saying import marked, tr

_PART: Final = re.compile(r"(\w+)\s*(?:\((.*)\))?", re.DOTALL)
_OPENING: Final = "([{"
_CLOSING: Final = ")]}"
_EXAMPLE: Final = marked('Write such as "LinearLR(total_iters=10), ExponentialLR(gamma=0.9)".')


class ChosenSchedule(NamedTuple):
    """The options of a scheduler, and its parts where it is made of others."""

    options: Options
    composition: Composition


def add_scheduler(parser: argparse.ArgumentParser) -> None:
    """Add how the learning rate changes with the steps."""
    parser.add_argument(
        "--scheduler",
        default="",
        metavar="NAME",
        help=tr(
            "how the learning rate changes with the steps (see gradviz schedulers; default: "
            "it stays as it is)"
        ),
    )
    parser.add_argument(
        "--scheduler-option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=tr("an option of the scheduler, such as step_size=500; may be repeated"),
    )
    parser.add_argument(
        "--schedulers",
        default="",
        metavar="LIST",
        help=tr(
            "for SequentialLR and ChainedScheduler: the schedulers that it is made of, such as "
            '"LinearLR(total_iters=10), ExponentialLR(gamma=0.9)"'
        ),
    )
    parser.add_argument(
        "--milestones",
        default="",
        metavar="N,…",
        help=tr(
            "for SequentialLR: the step at which each of them but the first begins, such as 10"
        ),
    )


def chosen_schedule(options: argparse.Namespace) -> ChosenSchedule:
    """Return the schedule of the options of `add_scheduler`; raises SettingError."""
    from gradviz.engine.optim.schedulers import scheduler_entry

    entry = scheduler_entry(options.scheduler) if options.scheduler else None
    _check_asked(options, entry)
    if entry is None:
        return ChosenSchedule({}, Composition())
    found = parsed_options(entry.options, options.scheduler_option, "scheduler")
    return ChosenSchedule(found, _composition(options, entry))


def _check_asked(options: argparse.Namespace, entry: SchedulerEntry | None) -> None:
    """Raise SettingError for an option that the scheduler has no use for."""
    if entry is None and options.scheduler_option:
        raise SettingError(
            tr("--scheduler-option is for a scheduler."), tr("Name one: --scheduler StepLR.")
        )
    for name in ("schedulers", "milestones"):
        if getattr(options, name) and (entry is None or not entry.composes):
            raise SettingError(
                tr("{option} is for a scheduler that is made of others.", option=f"--{name}"),
                tr("Name one: --scheduler SequentialLR."),
            )


def _composition(options: argparse.Namespace, entry: SchedulerEntry) -> Composition:
    from gradviz.engine.optim.schedulers import scheduler_entry

    shown = entry.composition
    if not options.schedulers and not options.milestones:
        return Composition()
    parts = tuple(map(_part, _separated(options.schedulers))) if options.schedulers else shown.parts
    milestones = tuple(_milestones(options.milestones))
    return checked_composition(entry, Composition(parts, milestones), scheduler_entry)


def _milestones(text: str) -> Iterator[int]:
    for part in text.split(",") if text.strip() else ():
        try:
            yield int(part)
        except ValueError:
            raise SettingError(
                tr("“{text}” is no milestone.", text=part.strip()),
                tr("Write numbers of steps, such as 10,50."),
            ) from None


def _part(text: str) -> SchedulerPart:
    """Return the scheduler in a text such as `MultiStepLR(milestones=[10, 20], gamma=0.5)`."""
    from gradviz.engine.optim.schedulers import scheduler_entry

    match = _PART.fullmatch(text)
    if match is None:
        raise SettingError(
            tr("“{text}” is no scheduler with its options.", text=text), tr(_EXAMPLE)
        )
    entry = scheduler_entry(match[1])
    if entry.composes:
        # Its parts are no options; which parts there may be is said by the check of them.
        return SchedulerPart(entry.name)
    settings = [_unlisted(each) for each in _separated(match[2] or "")]
    return SchedulerPart(entry.name, parsed_options(entry.options, settings, "scheduler"))


def _unlisted(setting: str) -> str:
    """Return `milestones=10, 20` of `milestones=[10, 20]`, and any other text as it is."""
    name, equals, value = setting.partition("=")
    value = value.strip()
    in_brackets = value.startswith("[") and value.endswith("]")
    return f"{name}{equals}{value[1:-1] if in_brackets else value}"


def _separated(text: str) -> Iterator[str]:
    """Yield the parts between the commas that stand in no bracket; raises SettingError."""
    depth, start = 0, 0
    for place, character in enumerate(text):
        depth += (character in _OPENING) - (character in _CLOSING)
        if depth < 0:
            break
        if character == "," and depth == 0:
            yield text[start:place].strip()
            start = place + 1
    if depth:
        raise SettingError(tr("The brackets in “{text}” do not match.", text=text), tr(_EXAMPLE))
    if text[start:].strip():
        yield text[start:].strip()
