"""A recorded pass of a machine in this process, before any training or after some of it."""

import argparse
from typing import TYPE_CHECKING, Final

import msgspec

from gradviz.cli.failures import InputError
from gradviz.cli.machine import RUN, accepted, built_in, chosen_training, model_of, trained
from gradviz.cli.output.printing import say
from gradviz.protocol.commands import BuildModel
from gradviz.protocol.events import BackwardRecorded, TrainingStopped

if TYPE_CHECKING:
    from gradviz.engine.machine import Machine

_MOST_STEPS: Final = 10_000_000


def recorded_in(machine: "Machine", options: argparse.Namespace) -> BackwardRecorded:
    """Return the newest pass of what the options ask for; `machine` can be asked about it.

    Raises:
        GradvizError: the options do not go together.
    """
    return _trained(machine, options) if options.at_step else _built(machine, options)


def _built(machine: "Machine", options: argparse.Namespace) -> BackwardRecorded:
    if any((options.lr, options.optimizer, options.loss, options.option, options.scheduler)):
        raise InputError("How it is trained matters after a step.", "Add --at-step N.")
    model = model_of(options)
    if options.at is not None:
        model = msgspec.structs.replace(model, mode="point", at=options.at)
    events = list(accepted(machine.handle(BuildModel(RUN, model)), model.source))
    return next(event for event in events if isinstance(event, BackwardRecorded))


def _trained(machine: "Machine", options: argparse.Namespace) -> BackwardRecorded:
    """Train; a training that diverges leaves the pass in which it did, which is what is asked."""
    if options.at is not None:
        raise InputError("What is taken at a point is not trained.", "Leave out --at.")
    if not 0 < options.at_step <= _MOST_STEPS:
        raise InputError(f"There is no step {options.at_step}.", "Use a number from 0 on.")
    model = msgspec.structs.replace(model_of(options), mode="fit")
    training = chosen_training(options, built_in(machine, model).training, options.at_step)
    newest: BackwardRecorded | None = None
    for event in trained(machine, training, model.source):
        if isinstance(event, BackwardRecorded):
            newest = event
        elif isinstance(event, TrainingStopped) and event.reason == "diverged":
            say(f"gradviz: {event.message}")
    if newest is None:
        raise AssertionError("a training records where it stops")
    return newest
