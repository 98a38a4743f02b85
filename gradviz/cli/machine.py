"""The engine in this process, as the verbs use it."""

import argparse
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from gradviz.cli.data import data_choices
from gradviz.cli.failures import InputError, RefusedError
from gradviz.cli.orders import order_choices
from gradviz.cli.own import own_choices
from gradviz.core.choices.catalogue import suited_rate
from gradviz.core.choices.options import Options, parsed_options
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import SettingError
from gradviz.protocol.commands import BuildModel, StartTraining
from gradviz.protocol.events import BackwardRecorded, CommandFailed, Event, ModelBuilt

if TYPE_CHECKING:
    from gradviz.engine.machine import Machine

RUN: Final = 1


def model_of(options: argparse.Namespace) -> Model:
    """Return the model that the arguments of `add_model` ask for."""
    source = options.model.strip()
    if options.data_folder and source != "classifier":
        raise InputError("--data-folder is for the model classifier.", "Leave it out.")
    model = Model(
        source=source, seed=options.seed, device=options.device, data_folder=options.data_folder
    )
    return msgspec.structs.replace(
        model, **data_choices(options), **own_choices(options), **order_choices(options)
    )


def built_with(
    options: argparse.Namespace, machine: "Machine | None" = None
) -> tuple[ModelBuilt, BackwardRecorded]:
    """Build the model, in `machine` if it is to be asked more, until its graph is known."""
    from gradviz.engine.machine import Machine

    machine = machine or Machine()
    model = model_of(options)
    if options.at is not None:
        model = msgspec.structs.replace(model, mode="point", at=options.at)
    built: ModelBuilt | None = None
    for event in accepted(machine.handle(BuildModel(RUN, model)), model.source):
        if isinstance(event, ModelBuilt):
            built = event
        elif isinstance(event, BackwardRecorded) and built is not None:
            return built, event
    raise AssertionError("a machine builds or says why not")


def built_in(machine: "Machine", model: Model) -> ModelBuilt:
    """Build `model` in `machine`, which can train it then."""
    events = list(accepted(machine.handle(BuildModel(RUN, model)), model.source))
    return next(event for event in events if isinstance(event, ModelBuilt))


def chosen_training(options: argparse.Namespace, suited: Training, steps: int) -> Training:
    """Return the training that the options ask for, `suited` where they say nothing."""
    from gradviz.engine.optim.optimizers import optimizer_row

    name = options.optimizer or suited.optimizer
    try:
        entry = optimizer_row(name).entry
        parsed = parsed_options(entry.options, options.option)
        schedule = _schedule(options)
    except SettingError as error:
        raise InputError(error.message, error.hint) from error
    rate = suited.learning_rate
    if name == suited.optimizer:
        parsed = {**suited.options, **parsed}
    else:
        rate = suited_rate(entry, (optimizer_row(suited.optimizer).entry, rate))
    return Training(
        optimizer=name,
        learning_rate=rate if options.lr is None else options.lr,
        steps=steps,
        options=parsed,
        loss=options.loss,
        scheduler=options.scheduler,
        scheduler_options=schedule,
    )


def _schedule(options: argparse.Namespace) -> Options:
    """Return the options of the scheduler; raises SettingError where they do not fit."""
    from gradviz.engine.optim.schedulers import scheduler_row

    if options.scheduler:
        entries = scheduler_row(options.scheduler).entry.options
        return parsed_options(entries, options.scheduler_option, "scheduler")
    if options.scheduler_option:
        raise SettingError(
            "--scheduler-option is for a scheduler.", "Name one: --scheduler StepLR."
        )
    return {}


def trained(machine: "Machine", training: Training, source: str) -> Iterator[Event]:
    """Yield what happens until the training stands still."""
    yield from accepted(machine.handle(StartTraining(RUN, training)), source)
    while machine.training:
        yield from accepted(machine.advance(), source)


def accepted(events: Iterable[Event], model: str) -> Iterator[Event]:
    """Yield the events; raise RefusedError when one of them says that nothing was done."""
    for event in events:
        if isinstance(event, CommandFailed):
            raise RefusedError(event, model)
        yield event


def headline(built: ModelBuilt) -> str:
    """Return the output in one line."""
    return f"{'loss' if built.mode == 'fit' else 'y'} = {built.output:.6g}"
