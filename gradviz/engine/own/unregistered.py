"""The leaves of a module that are no parameters of it: those in lists, dicts and attributes."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import torch
from torch import nn

#: Lists of lists are looked through this deep.
_MAXIMUM_DEPTH: Final = 4


def unregistered(module: nn.Module) -> dict[str, torch.Tensor]:
    """Return the leaves that require a gradient and are no parameters, by how they are written.

    A layer in a plain list is `experts[0].weight`, a tensor in a plain dict `extra['scale']`.
    """
    known = {id(each) for each in module.parameters()}
    found: dict[str, torch.Tensor] = {}
    for path, part in module.named_modules():
        # PyTorch's own attributes begin with an underscore: parameters, modules and hooks.
        own = {name: value for name, value in vars(part).items() if not name.startswith("_")}
        for name, value in own.items():
            for place, leaf in _leaves(value, f"{path}.{name}" if path else name):
                if id(leaf) not in known:
                    known.add(id(leaf))
                    found[place] = leaf
    return found


def _leaves(value: Any, place: str, depth: int = 0) -> Iterator[tuple[str, torch.Tensor]]:
    if isinstance(value, torch.Tensor):
        if value.requires_grad and value.is_leaf:
            yield place, value
    elif isinstance(value, nn.Module):
        for name, parameter in value.named_parameters(prefix=place):
            if parameter.requires_grad:
                yield name, parameter
    elif depth < _MAXIMUM_DEPTH:
        for key, each in _items(value):
            yield from _leaves(each, f"{place}[{key!r}]", depth + 1)


def _items(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, list | tuple):
        yield from enumerate(value)
