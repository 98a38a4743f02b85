"""Names for tensors: those that the user gives, and those that the user's variables have."""

from collections.abc import Iterable, Mapping
from types import FrameType
from typing import Any

import torch
from torch import nn

from gradviz.core.errors import SettingError
from gradviz.core.language.saying import tr
from gradviz.engine.own.nested_tensors import inner_text, tensors_in


def given_names(params: Any = None, inputs: Any = None) -> dict[str, torch.Tensor]:
    """Return the tensors that the user named, by their names; inputs come first.

    Args:
        params: A module, a mapping of names to tensors or modules, or pairs such as those of
            `named_parameters()`.
        inputs: The same, or a tensor, or a sequence of tensors.

    Raises:
        SettingError: there is no tensor in one of them.
    """
    return {**_named(inputs, "inputs"), **_named(params, "params")}


def tensors_named(values: Mapping[str, Any]) -> dict[str, torch.Tensor]:
    """Return the tensors in values with names: `x` itself, `hidden[0]` in a sequence."""
    return {
        f"{name}{inner_text(place)}": tensor
        for name, value in values.items()
        for place, tensor in tensors_in(value).items()
    }


def variable_names(frame: FrameType | None) -> dict[str, torch.Tensor]:
    """Return the tensors that the variables of `frame` hold, and the parameters of its modules.

    Its local variables come before those of its module. A name that begins with an underscore is
    no name for others, and a tensor has the first of several.
    """
    if frame is None:
        return {}
    found: dict[str, torch.Tensor] = {}
    for variables in (frame.f_locals, frame.f_globals):
        for name, value in list(variables.items()):
            if isinstance(value, torch.Tensor) and not name.startswith("_"):
                found.setdefault(name, value)
            elif isinstance(value, nn.Module):
                _add_parameters(found, name, value)
    first = {id(tensor): name for name, tensor in reversed(found.items())}
    return {name: tensor for name, tensor in found.items() if first[id(tensor)] == name}


def _named(given: Any, role: str) -> dict[str, torch.Tensor]:
    if given is None:
        return {}
    if isinstance(given, torch.Tensor):
        return {role.removesuffix("s"): given}
    if isinstance(given, nn.Module):
        return dict(given.named_parameters())
    found: dict[str, torch.Tensor] = {}
    for name, value in _as_mapping(given, role).items():
        if isinstance(value, nn.Module):
            _add_parameters(found, name, value)
        for place, tensor in tensors_in(value).items():
            found.setdefault(f"{name}{inner_text(place)}", tensor)
    if not found and not _is_empty(given):
        raise SettingError(
            tr(
                "There is no tensor in {argument}, which is a value of type {type}.",
                argument=role,
                type=type(given).__name__,
            ),
            tr("Give a module, or a dict of names and tensors, as dict(model.named_parameters())."),
        )
    return found


def _as_mapping(given: Any, role: str) -> Mapping[str, Any]:
    """Return values by their names: those of a mapping or of pairs, else all of it by its role."""
    if isinstance(given, Mapping):
        return {str(name): value for name, value in given.items()}
    if isinstance(given, Iterable) and not isinstance(given, str | bytes):
        given = list(given)
        if given and all(map(_is_pair, given)):
            return dict(given)
    return {role: given}


def _is_empty(given: Any) -> bool:
    return isinstance(given, Mapping | list | tuple) and not given


def _is_pair(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str)


def _add_parameters(found: dict[str, torch.Tensor], variable: str, module: nn.Module) -> None:
    """Add the parameters of `module` by their own names, or with the variable's before them."""
    for name, parameter in module.named_parameters():
        if found.get(name, parameter) is not parameter:
            found.setdefault(f"{variable}.{name}", parameter)
        else:
            found.setdefault(name, parameter)
