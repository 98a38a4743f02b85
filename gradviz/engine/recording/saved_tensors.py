"""The saved tensors and settings of a node of PyTorch's graph, as far as they can be read."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import torch
from torch.autograd.function import BackwardCFunction

from gradviz.core.graphs.graph import SavedTensor
from gradviz.core.language.saying import marked
from gradviz.engine.recording.backward_source import names_of_saved
from gradviz.engine.tensors.summary import Summaries
from gradviz.engine.torch_internals.compiled_graphs import is_compiled, names_of_kept
from gradviz.engine.torch_internals.grad_nodes import saved_attributes

#: What stands for a tensor that cannot be read; it is translated where it is shown.
_CHANGED = marked("changed in place since")
_RELEASED = marked("released")
#: PyTorch keeps a negative dimension as an unsigned number of 64 bits.
_WRAP = 1 << 64
_LONGEST_SETTING = 80


class Saved(NamedTuple):
    """A tensor that a node kept, by PyTorch's name for it, or a setting in place of one."""

    name: str
    tensor: torch.Tensor | None
    setting: str = ""


def kept_by(node: object) -> tuple[Saved, ...]:
    """Return the saved tensors and settings of the grad_fn `node`, by PyTorch's names.

    Those of a custom Function have the names that its own backward gives them, where it does.
    A tensor that was released, or changed in place since, is listed with that as its setting.
    """
    if isinstance(node, BackwardCFunction):
        return tuple(_own_parts(node, _read(node, "saved_tensors")))
    found: list[Saved] = []
    for attribute, name in saved_attributes(node):
        value = _read(node, attribute)
        if isinstance(value, torch.Tensor):
            found.append(Saved(name, value))
        elif type(value) is int or (type(value) is tuple and {*map(type, value)} == {int}):
            found.append(_whole(name, value))
        elif value is not None:
            found.extend(_parts(name, value))
    return tuple(found)


def listed(saved: tuple[Saved, ...], summaries: Summaries) -> tuple[SavedTensor, ...]:
    """Return saved tensors and settings as data."""
    return tuple(
        [
            SavedTensor(name, None if tensor is None else summaries.of(tensor), setting)
            for name, tensor, setting in saved
        ]
    )


def _own_parts(node: BackwardCFunction, value: Any) -> Iterator[Saved]:
    """Yield the saved tensors of a custom Function, by the names that its backward gives them.

    Those of a compiled function have AOTAutograd's names.
    """
    names = names_of_kept(node) if is_compiled(node) else names_of_saved(node)
    if isinstance(value, tuple) and len(value) == len(names):
        for name, part in zip(names, value, strict=True):
            if part is not None:
                yield from _parts(name, part)
    else:
        yield from _parts("saved_tensors", value)


class _Unreadable:
    def __init__(self, reason: str) -> None:
        self.reason = reason


def _read(node: object, attribute: str) -> Any:
    """Return the attribute's value; PyTorch raises RuntimeError where it is no longer valid."""
    try:
        return getattr(node, attribute)
    except RuntimeError as error:
        changed = "inplace" in str(error) or "in-place" in str(error)
        return _Unreadable(_CHANGED if changed else _RELEASED)


def _parts(name: str, value: Any) -> Iterator[Saved]:
    if isinstance(value, torch.Tensor):
        yield Saved(name, value)
    elif isinstance(value, _Unreadable):
        yield Saved(name, None, value.reason)
    elif isinstance(value, tuple | list) and any(isinstance(v, torch.Tensor) for v in value):
        for index, part in enumerate(value):
            if part is not None:
                yield from _parts(f"{name}[{index}]", part)
    elif not (isinstance(value, tuple) and not value and name == "saved_tensors"):
        yield Saved(name, None, _setting(value))


@lru_cache(maxsize=1 << 10)
def _whole(name: str, value: int | tuple[int, ...]) -> Saved:
    """Return a setting of whole numbers, which many nodes have alike."""
    return Saved(name, None, _setting(value))


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
