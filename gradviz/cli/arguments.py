"""The arguments that several verbs share."""

import argparse
from typing import Final, TypeAlias

from gradviz.cli.data import add_data
from gradviz.cli.own import add_own
from gradviz.core.choices.orders import ORDERS

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

_MODEL_HELP: Final = (
    "an expression in quotes, a model's name (see gradviz models), or path/to/file.py:Name"
)
JSON_HELP: Final = 'print JSON; numbers that are not finite are "NaN", "Infinity", "-Infinity"'


def new_verb(verbs: Parsers, name: str, purpose: str) -> argparse.ArgumentParser:
    """Add a verb that does what `purpose` says."""
    return verbs.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")


def add_model(parser: argparse.ArgumentParser) -> None:
    """Add the model and what it is built with."""
    parser.add_argument("model", metavar="MODEL", help=_MODEL_HELP)
    parser.add_argument("--device", default="cpu", help="default cpu (see gradviz devices)")
    parser.add_argument(
        "--seed", type=int, default=0, help="the seed of the parameters' initial values, default 0"
    )
    parser.add_argument(
        "--data-folder",
        default="",
        metavar="FOLDER",
        help="for classifier: where FashionMNIST's four .gz files are (default: drawn shapes)",
    )
    add_data(parser)
    add_own(parser)


def add_point(parser: argparse.ArgumentParser) -> None:
    """Add the x of the gradient at a point."""
    parser.add_argument(
        "--at",
        type=float,
        metavar="X",
        help="take the gradient at this x; without it, what has parameters is fitted to the "
        "target, and the gradient of anything else is taken at 2",
    )


def add_order(parser: argparse.ArgumentParser) -> None:
    """Add how often the output is differentiated, and along what."""
    parser.add_argument(
        "--create-graph",
        action="store_true",
        help="show the graph of the gradient, whose backward gives a Hessian-vector product",
    )
    parser.add_argument(
        "--order",
        type=int,
        choices=ORDERS,
        help="differentiate so often (default 1; 2 with --create-graph)",
    )
    parser.add_argument(
        "--direction",
        metavar="NAME",
        help="with --create-graph: ones, gradient, random (from the seed), or a leaf such as d or "
        "weight[3] (default ones)",
    )


def add_training(parser: argparse.ArgumentParser) -> None:
    """Add how the model is trained, and for how long."""
    parser.add_argument("--steps", type=int, default=2000, metavar="N", help="default 2000")
    add_optimizer(parser)


def add_optimizer(parser: argparse.ArgumentParser) -> None:
    """Add how the model is trained."""
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
        "--scheduler",
        default="",
        metavar="NAME",
        help="how the learning rate changes with the steps (see gradviz schedulers; default: "
        "it stays as it is)",
    )
    parser.add_argument(
        "--scheduler-option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="an option of the scheduler, such as step_size=500; may be repeated",
    )
