"""The options of the data that a model is fitted to, and of the values that it starts at."""

import argparse
import math
from collections.abc import Mapping
from typing import Any, Final

from gradviz.cli.refusals import InputError
from gradviz.core.choices.drawn_points import PLANES
from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import listed, tr
from gradviz.core.typed_paths import typed_path
from gradviz.expression.names import parameter_named
from gradviz.own.source import names_file, own_source

#: The options by the fields of the model that they set.
_OPTIONS: Final[Mapping[str, str]] = {
    "target": "--target",
    "noise": "--noise",
    "data_file": "--data",
    "points": "--points",
    "range": "--range",
    "dtype": "--dtype",
}
#: What a file says itself.
_IN_FILE: Final = ("target", "noise", "points", "range")


def add_data(parser: argparse.ArgumentParser) -> None:
    """Add the data, and the values that the parameters start at."""
    group = parser.add_argument_group(tr("the data"), tr("for a model that is a curve over x"))
    group.add_argument(
        "--target",
        metavar="EXPR",
        help=tr(
            "what it is fitted to, in x alone (default sin(x)); for a network of two inputs "
            "{planes}; for your own model and --loss, "
            'tensors such as "randint(0, 9, (2,))"',
            planes=listed(PLANES),
        ),
    )
    group.add_argument(
        "--noise",
        type=float,
        metavar="S",
        help=tr("the standard deviation of noise on the target, drawn from the seed (default 0)"),
    )
    group.add_argument(
        "--data",
        dest="data_file",
        metavar="FILE.csv",
        help=tr("fit two columns of a file, x and y, in place of a target"),
    )
    group.add_argument("--points", type=int, metavar="N", help=tr("how many x (default 2000)"))
    group.add_argument(
        "--range",
        nargs=2,
        type=float,
        metavar=("LOW", "HIGH"),
        help=tr("from where to where x goes (default -pi pi)"),
    )
    group.add_argument(
        "--dtype", choices=("float32", "float64"), help=tr("the precision (default float32)")
    )
    group.add_argument(
        "--init",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=tr(
            "start a parameter at this value, such as a=0.3; may be repeated "
            "(default: drawn from the seed)"
        ),
    )


def data_choices(options: argparse.Namespace) -> dict[str, Any]:
    """Return the fields of the model that the options set.

    Raises:
        InputError: an option cannot be used, or not for this model.
    """
    given = {name: getattr(options, name) for name in _OPTIONS}
    given = {name: value for name, value in given.items() if value is not None}
    if names_file(options.model):
        # The target of a user's own model is one of its choices.
        given.pop("target", None)
    if given and not _over_x(options.model.strip()):
        raise InputError(
            tr(
                "{option} is for a model that is a curve over x.",
                option=_OPTIONS[next(iter(given))],
            ),
            tr("Leave it out."),
        )
    if "data_file" in given:
        if not given["data_file"].strip():
            raise InputError(
                tr("--data names no file."), tr("Give the path of a file with two columns.")
            )
        # A script that is written elsewhere is to find the file too.
        given["data_file"] = str(typed_path(given["data_file"].strip()).absolute())
        spare = next((name for name in _IN_FILE if name in given), None)
        if spare:
            raise InputError(
                tr("{option} does not go with --data.", option=_OPTIONS[spare]),
                tr("The file has x and y itself."),
            )
    if "range" in given:
        given["low"], given["high"] = given.pop("range")
    initial = dict(_start(text) for text in options.init)
    return {**given, **({"initial": initial} if initial else {})}


def _over_x(source: str) -> bool:
    from gradviz.engine.models import model_named

    try:
        if own_source(source) is not None:
            return False
    except GradvizError:
        # What is wrong with the file is told by who reads it.
        return True
    named = model_named(source)
    return named is None or named.plotted


def _start(text: str) -> tuple[str, float]:
    name, equals, number = text.partition("=")
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not equals or not name.strip() or not math.isfinite(value):
        raise InputError(
            tr("--init {text} is no start of a parameter.", text=text),
            tr("Write the name and a finite number, such as a=0.3."),
        )
    name = name.strip()
    # A letter of Greek may be typed for its name.
    return name if name.isascii() else parameter_named(name) or name, value
