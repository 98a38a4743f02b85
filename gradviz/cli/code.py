"""`gradviz code`: the script that does the same in plain PyTorch."""

import argparse
from pathlib import Path

import msgspec

from gradviz.cli.arguments import Parsers, add_model, add_point, add_training, new_verb
from gradviz.cli.machine import built_in, chosen_training, model_of
from gradviz.cli.output import DONE, print_lines, say


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "code", "print the script that does the same in plain PyTorch")
    add_model(parser)
    add_point(parser)
    add_training(parser)
    parser.add_argument(
        "-o",
        "--file",
        dest="output",
        type=Path,
        metavar="FILE.py",
        help="write to this file; a file of that name is replaced",
    )
    parser.set_defaults(verb=_code)


def _code(options: argparse.Namespace) -> int:
    from gradviz.engine.machine import Machine
    from gradviz.engine.optim.optimizers import optimizer_row
    from gradviz.engine.optim.schedulers import scheduler_row
    from gradviz.export.atomic import write_bytes
    from gradviz.export.script import script

    model = model_of(options)
    if options.at is not None:
        model = msgspec.structs.replace(model, mode="point", at=options.at)
    built = built_in(Machine(), model)
    training = chosen_training(options, built.training, options.steps)
    name = training.scheduler
    text = script(
        built.model,
        training,
        built.mode,
        optimizer_row(training.optimizer).entry,
        built.own,
        scheduler_row(name).entry if name else None,
    )
    if options.output is None:
        print_lines(text.rstrip())
    else:
        write_bytes(options.output, text.encode())
        say(f"gradviz: wrote {options.output}")
    return DONE
