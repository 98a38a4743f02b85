"""The point of a gradient: `--at 2`, or `--at x=2,y=3,z=1`."""

import argparse
import math
from collections.abc import Collection, Mapping
from typing import Any, Final

from gradviz.cli.refusals import InputError
from gradviz.core.choices.settings import INPUTS
from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import listed, marked, tr
from gradviz.expression import parse
from gradviz.own.source import own_source

_HELP: Final = marked(
    "take the gradient at this x, or at these inputs of an expression, x=2,y=3,z=1, of which those "
    "that are left out are x=2, y=1, z=1; without it, what has parameters is fitted to the target, "
    "and the gradient of anything else is taken at 2"
)
_HINT: Final = marked(
    "Write a number for x, as in --at 2, or each input's, as in --at x=2,y=3,z=1."
)


def add_point(parser: argparse.ArgumentParser) -> None:
    """Add the inputs of the gradient at a point."""
    parser.add_argument("--at", metavar="X|x=X,y=Y,z=Z", help=tr(_HELP))


def point_choices(options: argparse.Namespace) -> dict[str, Any]:
    """Return the fields of the model that `--at` sets, as far as a verb has it.

    Raises:
        InputError: it cannot be read, or names an input that the model does not have.
    """
    text: str | None = getattr(options, "at", None)
    if text is None:
        return {}
    point = parsed_point(text)
    _check_inputs(options.model.strip(), point)
    chosen = {"at": point.pop("x")} if "x" in point else {}
    return {"mode": "point", "point": point, **chosen}


def parsed_point(text: str) -> dict[str, float]:
    """Return the values of the inputs by name.

    Raises:
        InputError: a letter is unknown or given twice, or a number is none or not finite.
    """
    if "=" not in text and "," not in text:
        return {"x": _number(text, text)}
    point: dict[str, float] = {}
    for part in text.split(","):
        name, equals, number = (each.strip() for each in part.partition("="))
        if not equals:
            found = part.strip() or tr("nothing")
            raise _refused(text, tr("{text} stands there without a letter", text=found))
        if name not in INPUTS:
            found = name or tr("nothing")
            raise _refused(text, tr("{name} is no input, and x, y and z are", name=found))
        if name in point:
            raise _refused(text, tr("{name} is given twice", name=name))
        point[name] = _number(number, text)
    return point


def _number(number: str, text: str) -> float:
    try:
        value = float(number)
    except ValueError:
        found = number.strip() or tr("nothing")
        raise _refused(text, tr("{text} is no number", text=found)) from None
    if not math.isfinite(value):
        raise _refused(text, tr("{text} is no finite number", text=number.strip()))
    return value


def _refused(text: str, why: str) -> InputError:
    return InputError(
        tr("--at {text} is no point: {reason}.", text=text[:40], reason=why[:80]), tr(_HINT)
    )


def _check_inputs(source: str, point: Mapping[str, float]) -> None:
    """Raise InputError where the model has no such input."""
    has = _inputs_of(source)
    unknown = [name for name in point if name not in has] if has else []
    if unknown:
        raise InputError(
            tr("{model} has no input {name}.", model=source[:40], name=unknown[0]),
            tr("Its inputs are {names}.", names=listed(has)),
        )


def _inputs_of(source: str) -> Collection[str]:
    """Return the inputs of a model at a point; none where another refusal tells what is wrong."""
    from gradviz.engine.models import model_named

    try:
        if own_source(source) is not None:
            return ()
        return ("x",) if model_named(source) is not None else parse(source).inputs or ("x",)
    except GradvizError:
        return ()
