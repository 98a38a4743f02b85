"""The output of a model: the tensor in it that is differentiated."""

import re
from collections.abc import Mapping
from typing import Any, Final

import torch

from gradviz.core.errors import OwnModelError
from gradviz.core.language.saying import listed, tr
from gradviz.engine.own.nested_tensors import Place, parts_of, place_text, tensors_in
from gradviz.engine.tensors.summary import dtype_name

_PART: Final = re.compile(
    r"""\.?(?P<name>[^\W\d]\w*|\d+)|\[\s*(?:(?P<index>\d+)|(?P<quote>['"])(?P<key>.*?)(?P=quote))\s*\]"""
)
_WHOLE: Final = ("out", "output")
_LISTED: Final = 20


def chosen_place(output: Any, wanted: str) -> Place:
    """Return where the tensor is that `wanted` names; the first floating one if it is empty.

    Raises:
        OwnModelError: there is none there; the message lists the others.
    """
    found = tensors_in(output)
    floating = [place for place, tensor in found.items() if tensor.is_floating_point()]
    if wanted.strip():
        place = _named(found, wanted)
        tensor = found[place]
        if tensor.is_floating_point():
            return place
        if tensor.is_complex():
            raise complex_result(place_text(place), tensor)
        raise OwnModelError(
            tr(
                "{name} has the dtype {dtype}, which has no gradient.",
                name=place_text(place),
                dtype=dtype_name(tensor.dtype),
            ),
            _choice(found),
            field="output",
        )
    if floating:
        return floating[0]
    if not found:
        raise OwnModelError(
            tr("forward returned {type} with no tensor in it.", type=type(output).__name__),
            tr("Return a tensor, or a tuple, list or dict of tensors."),
        )
    for place, tensor in found.items():
        if tensor.is_complex():
            raise complex_result(place_text(place), tensor)
    kinds = listed(sorted({dtype_name(tensor.dtype) for tensor in found.values()}))
    raise OwnModelError(
        tr("The output has no gradient: its dtype is {dtypes}.", dtypes=kinds),
        tr("Only floating-point tensors have one: return what stands before it was made whole."),
        field="output",
    )


def complex_result(name: str, tensor: torch.Tensor) -> OwnModelError:
    """Return the error that a complex tensor is to be differentiated."""
    return OwnModelError(
        tr(
            "{name} has the dtype {dtype}: only real scalars can be differentiated.",
            name=name,
            dtype=dtype_name(tensor.dtype),
        ),
        tr("Return .abs() or .real of it."),
        field="output",
    )


def place_code(output: Any, place: Place) -> str:
    """Return Python for the tensor at `place` of the variable `output`: `output["logits"]`."""
    code, value = "output", output
    for part in place:
        keys = [key for key in value if str(key) == part] if isinstance(value, Mapping) else []
        if keys:
            code += f"[{keys[0]!r}]"
        elif isinstance(value, tuple | list) and part.isdigit():
            code += f"[{part}]"
        else:
            code += f".{part}"
        value = dict(parts_of(value)).get(part)
    return code


def tensor_at(output: Any, place: Place) -> torch.Tensor:
    """Return the tensor at `place`; raises OwnModelError where the output has none there now."""
    value = output
    for part in place:
        value = dict(parts_of(value)).get(part)
    if isinstance(value, torch.Tensor):
        return value
    raise OwnModelError(
        tr("The output has no tensor {name} any more.", name=place_text(place)),
        tr("Choose another output."),
    )


def _named(found: Mapping[Place, torch.Tensor], wanted: str) -> Place:
    place = _parsed(wanted)
    shorter = place[1:] if place and place[0] in _WHOLE else place
    for each in (place, shorter):
        if each is None:
            continue
        inside = [other for other in found if other[: len(each)] == each]
        if each in found:
            return each
        if inside and each:
            return next((o for o in inside if found[o].is_floating_point()), inside[0])
    if shorter == () and found:
        return next(iter(found))
    raise OwnModelError(
        tr("The output has no tensor {name}.", name=wanted.strip()[:40]),
        _choice(found),
        field="output",
    )


def _parsed(text: str) -> Place | None:
    """Return the place that `out.logits[0]` means; None where it means none."""
    parts: list[str] = []
    position, text = 0, text.strip()
    while position < len(text):
        match = _PART.match(text, position)
        if match is None:
            return None
        name, index, key = match["name"], match["index"], match["key"]
        parts.append(next(each for each in (name, index, key, "") if each is not None))
        position = match.end()
    return tuple(parts)


def _choice(found: Mapping[Place, torch.Tensor]) -> str:
    if not found:
        return tr("It holds no tensor at all.")
    names = [
        f"{place_text(place)} {tuple(tensor.shape)} {dtype_name(tensor.dtype)}"
        for place, tensor in found.items()
    ]
    first = listed(names[:_LISTED])
    if len(names) <= _LISTED:
        return tr("There is: {names}.", names=first)
    return tr("There is: {names} and {count} more.", names=first, count=len(names) - _LISTED)
