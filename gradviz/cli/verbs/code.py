"""`gradviz code`: the script that does the same in plain PyTorch."""

import argparse
from pathlib import Path
from typing import Final

from gradviz.cli.begun_runs import fresh_run
from gradviz.cli.in_process_engine import Engine
from gradviz.cli.options.arguments import Parsers, new_verb
from gradviz.cli.options.model_options import add_model
from gradviz.cli.options.point_options import add_point
from gradviz.cli.options.training_options import add_fresh_training
from gradviz.cli.terminal import DONE, note, print_lines
from gradviz.core.language.saying import tr

_EXAMPLES: Final = (
    "gradviz code autograd",
    "gradviz code optim -o fit.py",
    "gradviz code fit.gviz -o fit.py",
)


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(
        verbs, "code", tr("print the script that does the same in plain PyTorch"), _EXAMPLES
    )
    add_model(parser)
    add_point(parser)
    add_fresh_training(parser)
    parser.add_argument(
        "-o",
        "--file",
        dest="output",
        type=Path,
        metavar="FILE.py",
        help=tr("write to this file; a file of that name is replaced"),
    )
    parser.set_defaults(verb=_code)


def _code(options: argparse.Namespace) -> int:
    from gradviz.engine.catalogue import catalogue
    from gradviz.export.atomic import write_bytes
    from gradviz.export.scripts.script import script

    run = fresh_run(options)
    built, _ = Engine().first_pass(run.model)
    training = run.trained(options, built.training)
    text = script(built.model, training, built.mode, catalogue(), built.own)
    if options.output is None:
        print_lines(text.rstrip())
    else:
        write_bytes(options.output, text.encode(), waiting=True)
        note("gradviz: " + tr("wrote {path}", path=options.output))
    return DONE
