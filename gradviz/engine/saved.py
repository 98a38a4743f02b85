"""What a node of PyTorch's graph kept for its backward, as far as it can still be read."""

from collections.abc import Iterator
from typing import Any

import torch
from torch.autograd.function import BackwardCFunction

from gradviz.core.graph import SavedTensor
from gradviz.engine.summary import Summaries

_PREFIX = "_saved_"
#: PyTorch keeps a negative dimension as an unsigned number of 64 bits.
_WRAP = 1 << 64
_LONGEST_SETTING = 80

_known_attributes: dict[str, tuple[str, ...]] = {}


def saved_by(node: object, summaries: Summaries) -> tuple[SavedTensor, ...]:
    """Return what the grad_fn `node` kept, each by the name that PyTorch gives it.

    A tensor that was released, or changed in place since, is listed with that as its setting.
    """
    return tuple(_entries(node, summaries))


def _entries(node: object, summaries: Summaries) -> Iterator[SavedTensor]:
    if isinstance(node, BackwardCFunction):
        yield from _listed("saved_tensors", _read(node, "saved_tensors"), summaries)
        return
    for attribute in _saved_attributes(node):
        value = _read(node, attribute)
        if value is not None:
            yield from _listed(attribute.removeprefix(_PREFIX), value, summaries)


def _saved_attributes(node: object) -> tuple[str, ...]:
    """Return the names of what a node of this type keeps; they are looked up once."""
    key = type(node).__name__
    if key not in _known_attributes:
        _known_attributes[key] = tuple(name for name in dir(node) if name.startswith(_PREFIX))
    return _known_attributes[key]


class _Unreadable:
    def __init__(self, reason: str) -> None:
        self.reason = reason


def _read(node: object, attribute: str) -> Any:
    """Return the attribute's value; PyTorch raises RuntimeError where it is no longer valid."""
    try:
        return getattr(node, attribute)
    except RuntimeError as error:
        changed = "inplace" in str(error) or "in-place" in str(error)
        return _Unreadable("changed in place since" if changed else "released")


def _listed(name: str, value: Any, summaries: Summaries) -> Iterator[SavedTensor]:
    if isinstance(value, torch.Tensor):
        yield SavedTensor(name, summaries.of(value))
    elif isinstance(value, _Unreadable):
        yield SavedTensor(name, None, value.reason)
    elif isinstance(value, tuple | list) and any(isinstance(v, torch.Tensor) for v in value):
        for index, part in enumerate(value):
            if part is not None:
                yield from _listed(f"{name}[{index}]", part, summaries)
    elif not (isinstance(value, tuple) and not value and name == "saved_tensors"):
        yield SavedTensor(name, None, _setting(value))


def _setting(value: Any) -> str:
    text = repr(_signed(value))
    return text if len(text) <= _LONGEST_SETTING else f"{text[: _LONGEST_SETTING - 1]}…"


def _signed(value: Any) -> Any:
    """Return `value` with its wrapped negative dimensions as they were written."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= _WRAP // 2:
        return value - _WRAP
    if isinstance(value, tuple | list):
        return tuple(_signed(part) for part in value)
    return value
