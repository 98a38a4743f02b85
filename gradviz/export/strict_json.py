"""JSON as the program writes it everywhere: a number that is not finite is a word.

JSON has no such number: these are the strings "NaN", "Infinity" and "-Infinity", which Python's
`float` and JavaScript's `Number` read. `null` stands for a value that is not there or not known.
"""

import json
import math
from typing import TypeAlias

import msgspec

from gradviz.core.graphs.tensors import TensorSummary

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def json_line(value: Json) -> str:
    """Return `value` as one line of JSON, in ASCII."""
    return _text(value, ascii_only=True)


def json_file(value: Json) -> bytes:
    """Return `value` as an indented file in UTF-8."""
    text = _text(value, ascii_only=False).encode()
    return msgspec.json.format(text, indent=2) + b"\n"


def _text(value: Json, *, ascii_only: bool) -> str:
    try:
        return json.dumps(value, allow_nan=False, ensure_ascii=ascii_only)
    except ValueError:
        # To look for numbers that are not finite takes longer than all the rest.
        return json.dumps(_strict(value), allow_nan=False, ensure_ascii=ascii_only)


def tensor_json(summary: TensorSummary | None) -> Json:
    """Return a scalar as a number, a small tensor as nested lists, a large one described."""
    if summary is None:
        return None
    if summary.values is not None:
        return _nested(list(summary.values), summary.shape)
    return {
        "shape": list(summary.shape),
        "min": _statistic(summary.minimum),
        "max": _statistic(summary.maximum),
        "mean": _statistic(summary.mean),
        "norm": _statistic(summary.norm),
        "dtype": summary.dtype,
        "device": summary.device,
        "finite": summary.finite,
    }


def _statistic(value: float | None) -> float:
    """Return a statistic; one that is undefined is not a number."""
    return math.nan if value is None else value


def _nested(values: list[Json], shape: tuple[int, ...]) -> Json:
    """Return values in C order as lists within lists; a number for the shape ()."""
    if not shape:
        return values[0]
    if len(shape) == 1:
        return values
    size = math.prod(shape[1:])
    return [
        _nested(values[start * size : (start + 1) * size], shape[1:]) for start in range(shape[0])
    ]


def _strict(value: Json) -> Json:
    """Return `value` with the numbers that are not finite as words, at any depth."""
    if isinstance(value, float):
        return value if math.isfinite(value) else _word(value)
    if isinstance(value, dict):
        return {name: _strict(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_strict(each) for each in value]
    return value


def _word(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"
