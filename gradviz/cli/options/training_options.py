"""The options of a training, and the training that they choose."""

import argparse
from typing import Final

from gradviz.cli.options.own_options import training_loss
from gradviz.cli.options.schedule_options import add_scheduler, chosen_schedule
from gradviz.cli.refusals import InputError
from gradviz.core.choices.catalogue import suited_rate
from gradviz.core.choices.options import parsed_options
from gradviz.core.choices.settings import Training
from gradviz.core.errors import SettingError
from gradviz.core.language.saying import tr

# The steps of a training of which nobody says how long it is.
USUAL_STEPS: Final = 2000


def add_training(parser: argparse.ArgumentParser) -> None:
    """Add how the model is trained, and for how long; a session goes on."""
    _add_steps(parser, tr("default 2000; a session (.gviz) goes on for so many more"))


def add_fresh_training(parser: argparse.ArgumentParser) -> None:
    """Add how the model is trained from its first step, and for how long."""
    _add_steps(parser, tr("default 2000, or as many as the session (.gviz) is set to"))


def _add_steps(parser: argparse.ArgumentParser, told: str) -> None:
    parser.add_argument("--steps", type=int, metavar="N", help=told)
    add_optimizer(parser)


def add_at_step(parser: argparse.ArgumentParser) -> None:
    """Add the steps of training before the pass that is recorded, and how they are done."""
    parser.add_argument(
        "--at-step", type=int, default=0, metavar="N", help=tr("train N steps first (default 0)")
    )
    add_optimizer(parser)


def add_optimizer(parser: argparse.ArgumentParser) -> None:
    """Add how the model is trained."""
    parser.add_argument(
        "--lr", type=float, metavar="RATE", help=tr("learning rate (default: what suits the model)")
    )
    parser.add_argument(
        "--optimizer",
        metavar="NAME",
        help=tr("see gradviz optimizers (default: what suits the model)"),
    )
    add_loss(parser)
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=tr("a hyperparameter of the optimizer, such as betas=0.9,0.99; may be repeated"),
    )
    add_scheduler(parser)


def add_loss(parser: argparse.ArgumentParser) -> None:
    """Add the loss."""
    parser.add_argument(
        "--loss",
        default="",
        metavar="NAME",
        help=tr(
            'such as "L1Loss, mean"; for your own model with --target, such as CrossEntropyLoss'
        ),
    )


def chosen_training(options: argparse.Namespace, suited: Training, steps: int) -> Training:
    """Return the training that the options ask for, `suited` where they say nothing."""
    from gradviz.engine.optim.optimizers import optimizer_row

    name = options.optimizer or suited.optimizer
    try:
        entry = optimizer_row(name).entry
        parsed = parsed_options(entry.options, options.option)
        schedule = chosen_schedule(options)
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
        loss=training_loss(options),
        scheduler=options.scheduler,
        scheduler_options=schedule.options,
        composition=schedule.composition,
    )
