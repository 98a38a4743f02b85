"""The options of the model: its source, its data, its point, and all that it is built with."""

import argparse
from typing import Final

import msgspec

from gradviz.cli.options.data_options import add_data, data_choices
from gradviz.cli.options.order_options import order_choices
from gradviz.cli.options.own_options import add_own, own_choices
from gradviz.cli.options.point_options import point_choices
from gradviz.cli.refusals import InputError
from gradviz.core.choices.settings import Model

_MODEL_HELP: Final = (
    "an expression in quotes, a model's name (see gradviz models), or path/to/file.py:Name"
)


def add_model(parser: argparse.ArgumentParser) -> None:
    """Add the model and the options that it is built with."""
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


def model_of(options: argparse.Namespace) -> Model:
    """Return the model of `add_model`, `add_point` and `add_order`, as far as a verb has them.

    Raises:
        InputError: the options do not go together.
    """
    source = options.model.strip()
    if options.data_folder:
        _check_learns_images(source)
    model = Model(
        source=source, seed=options.seed, device=options.device, data_folder=options.data_folder
    )
    chosen = {**data_choices(options), **own_choices(options), **order_choices(options)}
    return msgspec.structs.replace(model, **chosen, **point_choices(options))


def fitted_model_of(options: argparse.Namespace) -> Model:
    """Return the model to be trained; raises InputError as `model_of` does."""
    return msgspec.structs.replace(model_of(options), mode="fit")


def _check_learns_images(source: str) -> None:
    from gradviz.engine.models import model_entries

    learners = [entry.name for entry in model_entries() if entry.images]
    if source not in learners:
        raise InputError(
            f"--data-folder is for the model {' or '.join(learners)}.", "Leave it out."
        )
