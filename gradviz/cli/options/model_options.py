"""The options of the model: its source, its data, its point, and all that it is built with."""

import argparse
from typing import Final

import msgspec

from gradviz.cli.options.data_options import add_data, data_choices
from gradviz.cli.options.order_options import order_choices
from gradviz.cli.options.own_options import add_own, own_choices
from gradviz.cli.options.point_options import point_choices
from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import note
from gradviz.core.choices.plane_targets import suited_data
from gradviz.core.choices.settings import Model
from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import marked, sentences, tr
from gradviz.expression.euler import NOTES, reading_of_e, with_e
from gradviz.expression.networks import names_network, parse_network
from gradviz.own.source import FORWARD_ALONE, names_onnx, own_source

_MODEL_HELP: Final = marked(
    "an expression or the layers of a network in quotes, a model's name (see gradviz models), "
    "path/to/file.py:Name, a file of torch.export or TorchScript (.pt2, .pt), or a session or "
    "recorded pass (.gviz); gradviz graph "
    "takes an ONNX file (.onnx) too"
)

#: The option by which e is taken otherwise than it is.
_WAYS: Final = {
    "number": marked("With --e parameter it is a parameter."),
    "parameter": marked("With --e number it is Euler's number, 2.718…"),
    "both": marked("With --e number or --e parameter it is one of them everywhere."),
}


def add_model(parser: argparse.ArgumentParser, usual: str = "") -> None:
    """Add the model and the options that it is built with; it may be left out for the usual one."""
    if usual:
        told = tr("{help} (default {usual})", help=tr(_MODEL_HELP), usual=usual)
        parser.add_argument("model", metavar="MODEL", nargs="?", default=usual, help=told)
    else:
        parser.add_argument("model", metavar="MODEL", help=tr(_MODEL_HELP))
    parser.add_argument("--device", default="cpu", help=tr("default cpu (see gradviz devices)"))
    parser.add_argument(
        "--seed",
        type=int,
        default=0,
        help=tr("the seed of the parameters' initial values, default 0"),
    )
    parser.add_argument(
        "--data-folder",
        default="",
        metavar="FOLDER",
        help=tr("for classifier: where FashionMNIST's four .gz files are (default: drawn shapes)"),
    )
    parser.add_argument(
        "--e",
        choices=("number", "parameter"),
        help=tr(
            "take each e of an expression as Euler's number or as a parameter; without it, e is "
            "the number where it has an exponent"
        ),
    )
    add_data(parser)
    add_own(parser)


def model_of(options: argparse.Namespace) -> Model:
    """Return the model of `add_model`, `add_point` and `add_order`, as far as a verb has them.

    Raises:
        InputError: the options do not go together.
    """
    source = options.model.strip()
    if names_onnx(source):
        raise InputError(tr(FORWARD_ALONE), tr("See gradviz graph {name}.", name=source))
    if options.data_folder:
        _check_learns_images(source)
    model = Model(
        source=_read_e(source, options),
        seed=options.seed,
        device=options.device,
        data_folder=options.data_folder,
    )
    chosen = {**data_choices(options), **own_choices(options), **order_choices(options)}
    model = msgspec.structs.replace(model, **chosen, **point_choices(options))
    if options.target is None and names_network(source):
        # Without a target, a network of two inputs has another one than sin(x).
        model = msgspec.structs.replace(model, **suited_data(model, parse_network(source).inputs))
    return model


def fitted_model_of(options: argparse.Namespace) -> Model:
    """Return the model to be trained; raises InputError as `model_of` does."""
    return msgspec.structs.replace(model_of(options), mode="fit")


def _read_e(source: str, options: argparse.Namespace) -> str:
    """Return an expression with its e as it is wanted, and tell how it is taken."""
    from gradviz.engine.models import model_named

    if model_named(source) is not None or _is_file(source):
        return source
    wanted = getattr(options, "e", None)
    text = with_e(source, wanted) if wanted else source
    reading = reading_of_e(source)
    if reading:
        told = [tr(NOTES[wanted])] if wanted else [tr(NOTES[reading]), tr(_WAYS[reading])]
        note(f"gradviz: {sentences(told)}")
    return text


def _is_file(source: str) -> bool:
    try:
        return own_source(source) is not None
    except GradvizError:
        # The engine says what is wrong with it.
        return True


def _check_learns_images(source: str) -> None:
    from gradviz.engine.models import model_entries

    learners = [entry.name for entry in model_entries() if entry.images]
    if source not in learners:
        raise InputError(
            tr("--data-folder is for the model {names}.", names=tr(" or ").join(learners)),
            tr("Leave it out."),
        )
