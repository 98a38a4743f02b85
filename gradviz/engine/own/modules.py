"""The module that a name of the user's file and typed arguments make, with its weights."""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from gradviz.core.choices.settings import Model
from gradviz.core.errors import ExpressionError, OwnModelError, words_of
from gradviz.core.language.saying import listed, tr
from gradviz.engine.own.call_signatures import signature_text
from gradviz.engine.own.code import OwnCode
from gradviz.engine.own.running import MODULE_NAME
from gradviz.engine.own.weights import load_weights
from gradviz.own.calls import parse_arguments
from gradviz.own.source import HELPERS


@dataclass(frozen=True, slots=True)
class BuiltModule:
    """A module on its device, before it was run.

    Attributes:
        name: The name that it has, or is made by, in the file.
        module: The module.
        called: Whether that name was called to make it.
        lazy: Whether parameters get their shapes when it is first run.
        weights_key: The key that the weights have in their file; empty for the whole file.
        attributes: The tensors with a gradient that are no parameters, by their dotted names.
    """

    name: str
    module: nn.Module
    called: bool
    lazy: bool
    weights_key: str
    attributes: Mapping[str, torch.Tensor]


def built_module(code: OwnCode, wanted: str, settings: Model, device: torch.device) -> BuiltModule:
    """Build the module that is `wanted`, or the only one of the file, and load its weights.

    Raises:
        OwnModelError: the name, the arguments or the weights cannot be used, or it raised.
    """
    name, found = _named(code, wanted)
    module = _made(code, name, found, settings.arguments)
    with code.runner.running(tr("{name} on {device}", name=name, device=device)):
        _move(module, device)
        attributes = attributes_of(module)
        lazy = any(nn.parameter.is_lazy(each) for each in module.parameters())
    weights = settings.weights.strip()
    key = load_weights(module, weights) if weights else ""
    return BuiltModule(
        name=name,
        module=module,
        called=module is not code.names.get(name),
        lazy=lazy,
        weights_key=key,
        attributes=attributes,
    )


def _move(module: nn.Module, device: torch.device) -> None:
    """Move a module to a device; what is on the meta device has no values, and stays there."""
    tensors = [*module.parameters(), *module.buffers()]
    if not any(each.is_meta for each in tensors):
        module.to(device)
        return
    for parameter in module.parameters():
        if not parameter.is_meta:
            parameter.data = parameter.to(device)
    for part in module.modules():
        for name, buffer in part.named_buffers(recurse=False):
            if not buffer.is_meta:
                setattr(part, name, buffer.to(device))


def attributes_of(module: nn.Module) -> dict[str, torch.Tensor]:
    """Return the tensors with a gradient that are no parameters, by their dotted names."""
    return {
        f"{path}.{name}" if path else name: value
        for path, part in module.named_modules()
        for name, value in vars(part).items()
        if isinstance(value, torch.Tensor) and value.requires_grad
    }


def _made(code: OwnCode, name: str, found: Any, arguments: str) -> nn.Module:
    """Return the module that `found` is, or makes of the arguments."""
    try:
        given = parse_arguments(arguments)
    except ExpressionError as error:
        raise OwnModelError(
            error.message, error.hint, field="arguments", details=error.caret()
        ) from error
    if isinstance(found, nn.Module):
        if arguments.strip():
            raise OwnModelError(
                tr("{name} is a module already.", name=name),
                tr("Leave the arguments empty."),
                field="arguments",
            )
        return found
    try:
        with code.runner.running(f"{name}()"):
            made = found(*given.positional, **given.keywords)
    except OwnModelError as error:
        cause = error.__cause__
        if isinstance(cause, TypeError) and not code.runner.reaches(cause):
            raise OwnModelError(
                tr("{name} cannot be made so: {error}.", name=name, error=words_of(cause)),
                tr("It takes {arguments}.", arguments=signature_text(found)),
                field="arguments",
            ) from cause
        raise
    if isinstance(made, nn.Module):
        return made
    raise OwnModelError(
        tr("{name} is no nn.Module.", name=name)
        if inspect.isclass(found)
        else tr("{name} returned {type}.", name=name, type=type(made).__name__),
        tr("Name a class of nn.Module, or a function that returns one."),
        field="name",
    )


def _named(code: OwnCode, name: str) -> tuple[str, Any]:
    """Return the class, function or module of that name; the only one if it is empty.

    Raises:
        OwnModelError: there is none, or there are several; the message lists them.
    """
    offered = _offered(code)
    if not name:
        if len(offered) == 1:
            return next(iter(offered.items()))
        raise _unclear(code, offered)
    found: Any = code.names
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else getattr(found, part, None)
    if not callable(found):
        raise OwnModelError(
            tr("{file} has no class or function {name}.", file=code.runner.path.name, name=name),
            tr("Its modules: {names}.", names=listed(offered))
            if offered
            else tr("Its modules: none."),
            field="name",
        )
    return name, found


def _unclear(code: OwnCode, offered: Mapping[str, Any]) -> OwnModelError:
    file = code.runner.path.name
    if not offered:
        return OwnModelError(
            tr("There is no nn.Module in {file}.", file=file),
            tr("Define a class that derives from nn.Module, or a function that returns one."),
            field="name",
        )
    first = next(iter(offered))
    return OwnModelError(
        tr(
            "{file} has {count} modules: {names}.",
            file=file,
            count=len(offered),
            names=listed(offered),
        ),
        tr("Say which: {file}:{name}.", file=file, name=first),
        field="name",
    )


def _offered(code: OwnCode) -> dict[str, Any]:
    """Return the module classes, modules and functions that say they return one.

    Where there are none of these, every function of the file may be one.
    """
    own = {
        name: value
        for name, value in code.names.items()
        if not name.startswith("_") and name not in HELPERS
    }
    modules = {name: value for name, value in own.items() if _is_module(value)}
    if modules:
        return modules
    return {
        name: value
        for name, value in own.items()
        if inspect.isfunction(value) and value.__module__ == MODULE_NAME
    }


def _is_module(value: Any) -> bool:
    if isinstance(value, nn.Module):
        return True
    if getattr(value, "__module__", None) != MODULE_NAME:
        return False
    if inspect.isfunction(value):
        returned = value.__annotations__.get("return")
        if isinstance(returned, str):
            return returned.rpartition(".")[2] == "Module"
        return inspect.isclass(returned) and issubclass(returned, nn.Module)
    return inspect.isclass(value) and issubclass(value, nn.Module)
