"""`gradviz train`: a model fitted without a window."""

import argparse
import json
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from gradviz.cli.arguments import Parsers, add_model, new_verb
from gradviz.cli.failures import InputError
from gradviz.cli.machine import RUN, accepted, model_of, trained
from gradviz.cli.output import DONE, FAILED, print_json, print_lines, say
from gradviz.core.catalogue import suited_rate
from gradviz.core.errors import SettingError
from gradviz.core.options import parsed_options
from gradviz.core.settings import Training
from gradviz.protocol.commands import BuildModel
from gradviz.protocol.events import Event, FrameTrained, ModelBuilt, TrainingStopped

#: The tutorial prints the loss of every hundredth step.
_LOSS_EVERY: Final = 100


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "train", "fit a model to sin(x) on 2,000 points from -pi to pi")
    add_model(parser)
    parser.add_argument("--steps", type=int, default=2000, metavar="N", help="default 2000")
    parser.add_argument(
        "--lr", type=float, metavar="RATE", help="learning rate (default: what suits the model)"
    )
    parser.add_argument(
        "--optimizer",
        metavar="NAME",
        help="see gradviz optimizers (default: what suits the model)",
    )
    parser.add_argument("--loss", default="", metavar="NAME", help='such as "L1Loss, mean"')
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a hyperparameter of the optimizer, such as betas=0.9,0.99; may be repeated",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object a line, the result last"
    )
    parser.set_defaults(verb=_train)


def _train(options: argparse.Namespace) -> int:
    from gradviz.engine.machine import Machine

    machine = Machine()
    model = msgspec.structs.replace(model_of(options), mode="fit")
    training: Training | None = None
    for event in accepted(machine.handle(BuildModel(RUN, model)), model.source):
        if isinstance(event, ModelBuilt):
            training = event.training
    if training is None:
        return FAILED
    chosen = chosen_training(options, training)
    return _report_training(trained(machine, chosen, model.source), options.json)


def chosen_training(options: argparse.Namespace, suited: Training) -> Training:
    """Return the training that the options ask for, `suited` where they say nothing."""
    from gradviz.engine.optimizers import optimizer_row

    name = options.optimizer or suited.optimizer
    try:
        entry = optimizer_row(name).entry
        parsed = parsed_options(entry.options, options.option)
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
        steps=options.steps,
        options=parsed,
        loss=options.loss,
    )


def _report_training(events: Iterable[Event], as_json: bool) -> int:
    frame: FrameTrained | None = None
    for event in events:
        match event:
            case FrameTrained():
                frame = event
                print_lines(*_loss_lines(frame, as_json))
            case TrainingStopped() if event.reason == "diverged":
                say(f"gradviz: {event.message}")
                return FAILED
    if frame is None:
        return FAILED
    if as_json:
        print_json(
            {
                "result": dict(frame.parameters),
                "equation": frame.equation,
                "steps_per_second": frame.steps_per_second,
            }
        )
    else:
        print_lines(f"Result: {frame.equation}")
    return DONE


def _loss_lines(frame: FrameTrained, as_json: bool) -> Iterator[str]:
    """Yield the losses of every hundredth step; the first step is number 0, as in the tutorial."""
    losses = [float(loss) for loss in frame.losses.numpy()]
    for step, loss in enumerate(losses, start=frame.step - len(losses)):
        if step % _LOSS_EVERY == _LOSS_EVERY - 1:
            yield json.dumps({"step": step, "loss": loss}) if as_json else f"{step} {loss}"
