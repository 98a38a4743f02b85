"""The tensors in any nesting of tuples, lists, dicts and objects, each by its place."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

import torch
from torch import nn

from gradviz.core.language.saying import listed, tr

#: Where a tensor is: keys and places, from the outside in.
Place: TypeAlias = tuple[str, ...]

_MAXIMUM_DEPTH: Final = 12
_MAXIMUM_TENSORS: Final = 10_000


def tensors_in(nested: Any) -> dict[Place, torch.Tensor]:
    """Return the tensors of a value that is a tensor, or holds tensors in any nesting."""
    found: dict[Place, torch.Tensor] = {}
    waiting: list[tuple[Place, Any]] = [((), nested)]
    while waiting and len(found) < _MAXIMUM_TENSORS:
        place, value = waiting.pop()
        if isinstance(value, torch.Tensor):
            found[place] = value
        elif len(place) < _MAXIMUM_DEPTH:
            inner = [((*place, key), each) for key, each in parts_of(value)]
            waiting.extend(reversed(inner))
    return found


def place_text(place: Place) -> str:
    """Return a place as it is typed: `logits`, `0`, `hidden[0].mean`; `output` for the whole."""
    if not place:
        return "output"
    first, *rest = place
    plain = first.isidentifier() or first.isdigit()
    return (first if plain else _part_text(first)) + inner_text(rest)


def inner_text(parts: Iterable[str]) -> str:
    """Return a place as it is written behind a name: `[0].mean`."""
    return "".join(map(_part_text, parts))


def parts_of(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the values in a container, each with the name that it is reached by."""
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


def described(values: Iterable[Any]) -> str:
    """Return shapes and dtypes: `(2, 3) float32, tuple of (2,) int64`."""
    return listed(map(_described_value, values))


def _described_value(value: Any) -> str:
    if isinstance(value, torch.Tensor):
        return f"{tuple(value.shape)} {str(value.dtype).removeprefix('torch.')}"
    inner = described(tensors_in(value).values())
    kind = type(value).__name__
    return tr("{type} of {parts}", type=kind, parts=inner) if inner else kind


def _part_text(part: str) -> str:
    if part.isdigit():
        return f"[{part}]"
    return f".{part}" if part.isidentifier() else f"[{part!r}]"
