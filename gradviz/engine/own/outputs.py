"""What a model returned: every tensor in it by a name, and the one to differentiate."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

import torch
from torch import nn

from gradviz.core.errors import OwnModelError
from gradviz.engine.tensors.summary import dtype_name

#: Where a tensor is in an output: keys and places, from the outside in.
Place: TypeAlias = tuple[str, ...]

_PART: Final = re.compile(
    r"""\.?(?P<name>[^\W\d]\w*|\d+)|\[\s*(?:(?P<index>\d+)|(?P<quote>['"])(?P<key>.*?)(?P=quote))\s*\]"""
)
_WHOLE: Final = ("out", "output")
_MAXIMUM_DEPTH: Final = 12
_MAXIMUM_TENSORS: Final = 10_000
_LISTED: Final = 20


def tensors_in(output: Any) -> dict[Place, torch.Tensor]:
    """Return the tensors of an output that is a tensor, or holds tensors in any nesting."""
    found: dict[Place, torch.Tensor] = {}
    waiting: list[tuple[Place, Any]] = [((), output)]
    while waiting and len(found) < _MAXIMUM_TENSORS:
        place, value = waiting.pop()
        if isinstance(value, torch.Tensor):
            found[place] = value
        elif len(place) < _MAXIMUM_DEPTH:
            inner = [((*place, key), each) for key, each in _parts(value)]
            waiting.extend(reversed(inner))
    return found


def place_text(place: Place) -> str:
    """Return a place as it is typed: `logits`, `0`, `hidden[0].mean`; `output` for the whole."""
    if not place:
        return "output"
    first, *rest = place
    plain = first.isidentifier() or first.isdigit()
    return (first if plain else _part_text(first)) + "".join(_part_text(part) for part in rest)


def chosen_place(output: Any, wanted: str) -> Place:
    """Return where the tensor is that `wanted` names; the first floating one if it is empty.

    Raises:
        OwnModelError: there is none there; the message lists what there is.
    """
    found = tensors_in(output)
    floating = [place for place, tensor in found.items() if tensor.is_floating_point()]
    if wanted.strip():
        place = _named(found, wanted)
        tensor = found[place]
        if tensor.is_floating_point():
            return place
        raise OwnModelError(
            f"{place_text(place)} has the dtype {dtype_name(tensor.dtype)}, which has no gradient.",
            _choice(found),
            field="output",
        )
    if floating:
        return floating[0]
    if not found:
        raise OwnModelError(
            f"forward returned {type(output).__name__} with no tensor in it.",
            "Return a tensor, or a tuple, list or dict of tensors.",
        )
    kinds = ", ".join(sorted({dtype_name(tensor.dtype) for tensor in found.values()}))
    raise OwnModelError(
        f"The output has no gradient: its dtype is {kinds}.",
        "Only floating-point tensors have one: return what stands before it was made whole.",
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
        value = dict(_parts(value)).get(part)
    return code


def tensor_at(output: Any, place: Place) -> torch.Tensor:
    """Return the tensor at `place`; raises OwnModelError where the output has none there now."""
    value = output
    for part in place:
        value = dict(_parts(value)).get(part)
    if isinstance(value, torch.Tensor):
        return value
    raise OwnModelError(
        f"The output has no tensor {place_text(place)} any more.", "Choose another output."
    )


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a container holds, by the name that it is reached by."""
    if isinstance(value, Mapping):
        pairs: Any = value.items()
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        pairs = zip(value._fields, value, strict=False)
    elif isinstance(value, tuple | list):
        pairs = enumerate(value)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((each.name, getattr(value, each.name, None)) for each in dataclasses.fields(value))
    elif (
        hasattr(value, "__dict__")
        and not isinstance(value, type | nn.Module)
        and not callable(value)
    ):
        pairs = ((name, each) for name, each in vars(value).items() if not name.startswith("_"))
    else:
        pairs = ()
    for key, each in pairs:
        yield str(key), each


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
        f"The output has no tensor {wanted.strip()[:40]}.", _choice(found), field="output"
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


def _part_text(part: str) -> str:
    if part.isdigit():
        return f"[{part}]"
    return f".{part}" if part.isidentifier() else f"[{part!r}]"


def _choice(found: Mapping[Place, torch.Tensor]) -> str:
    if not found:
        return "It holds no tensor at all."
    names = [
        f"{place_text(place)} {tuple(tensor.shape)} {dtype_name(tensor.dtype)}"
        for place, tensor in found.items()
    ]
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"There is: {', '.join(names[:_LISTED])}{more}."
