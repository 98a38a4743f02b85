"""The point of a gradient: `--at 2`, or `--at x=2,y=3,z=1`."""

import argparse
import math
from collections.abc import Collection, Mapping
from typing import Any, Final

from gradviz.cli.refusals import InputError
from gradviz.core.choices.settings import INPUTS
from gradviz.core.errors import GradvizError
from gradviz.expression import parse
from gradviz.own.source import own_source

_HELP: Final = (
    "take the gradient at this x, or at these inputs of an expression, x=2,y=3,z=1, of which those "
    "that are left out are x=2, y=1, z=1; without it, what has parameters is fitted to the target, "
    "and the gradient of anything else is taken at 2"
)
_HINT: Final = "Write a number for x, as in --at 2, or each input's, as in --at x=2,y=3,z=1."


def add_point(parser: argparse.ArgumentParser) -> None:
    """Add the inputs of the gradient at a point."""
    parser.add_argument("--at", metavar="X|x=X,y=Y,z=Z", help=_HELP)


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
            raise _refused(text, f"{part.strip() or 'nothing'} stands there without a letter")
        if name not in INPUTS:
            raise _refused(text, f"{name or 'nothing'} is no input, and x, y and z are")
        if name in point:
            raise _refused(text, f"{name} is given twice")
        point[name] = _number(number, text)
    return point


def _number(number: str, text: str) -> float:
    try:
        value = float(number)
    except ValueError:
        raise _refused(text, f"{number.strip() or 'nothing'} is no number") from None
    if not math.isfinite(value):
        raise _refused(text, f"{number.strip()} is no finite number")
    return value


def _refused(text: str, why: str) -> InputError:
    return InputError(f"--at {text[:40]} is no point: {why[:80]}.", _HINT)


def _check_inputs(source: str, point: Mapping[str, float]) -> None:
    """Raise InputError where the model has no such input."""
    has = _inputs_of(source)
    unknown = [name for name in point if name not in has] if has else []
    if unknown:
        raise InputError(
            f"{source[:40]} has no input {unknown[0]}.", f"Its inputs are {', '.join(has)}."
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
