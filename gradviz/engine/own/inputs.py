"""The tensors that a user's own model is run on."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import torch
from torch import nn

from gradviz.core.errors import ExpressionError, OwnModelError
from gradviz.engine.own.code import OwnCode, signature_text
from gradviz.own import InputCall, parse_inputs


class Inputs(NamedTuple):
    """What forward is called with, by place and by name; `single` if it came in no tuple."""

    positional: tuple[Any, ...]
    keywords: Mapping[str, Any]
    single: bool = False

    def tensors(self, module: nn.Module) -> dict[str, torch.Tensor]:
        """Return the tensors among them, by the names that forward has for them."""
        names = _names(module, len(self.positional))
        pairs = (*zip(names, self.positional, strict=True), *self.keywords.items())
        return {name: value for name, value in pairs if isinstance(value, torch.Tensor)}


def example_inputs(code: OwnCode, module: nn.Module, typed: str, device: torch.device) -> Inputs:
    """Return the inputs that are typed, else those of `example_inputs()` in the file, else none.

    Raises:
        OwnModelError: what is typed is wrong, or forward needs inputs and there are none.
    """
    if typed.strip():
        made = tuple(_drawn(call, device) for call in _parsed(typed))
        return Inputs(made, {})
    own = code.names.get("example_inputs")
    if own is None:
        _require_none(module)
        return Inputs((), {})
    if not callable(own):
        raise OwnModelError("example_inputs is no function.", "Write def example_inputs(): ….")
    with code.running("example_inputs()"):
        found = own()
        if isinstance(found, Mapping):
            return Inputs((), {str(name): _moved(value, device) for name, value in found.items()})
        single = not isinstance(found, tuple | list)
        values = (found,) if single else found
        return Inputs(tuple(_moved(value, device) for value in values), {}, single)


def described(values: Sequence[Any]) -> str:
    """Return shapes and dtypes: `(2, 3) float32, (2,) int64`."""
    return ", ".join(
        f"{tuple(value.shape)} {str(value.dtype).removeprefix('torch.')}"
        if isinstance(value, torch.Tensor)
        else type(value).__name__
        for value in values
    )


def _parsed(typed: str) -> tuple[InputCall, ...]:
    try:
        return parse_inputs(typed)
    except ExpressionError as error:
        raise OwnModelError(
            error.message, error.hint, field="inputs", details=error.caret()
        ) from error


def _drawn(call: InputCall, device: torch.device) -> torch.Tensor:
    dtype = getattr(torch, call.dtype) if call.dtype else None
    made: torch.Tensor
    if call.function == "arange":
        made = torch.arange(*call.numbers, dtype=dtype)
    elif call.function == "randint":
        low, high = (int(number) for number in call.numbers)
        made = torch.randint(low, high, call.shape, dtype=dtype or torch.int64)
    elif call.function in ("randn", "rand"):
        draw: Callable[..., torch.Tensor] = getattr(torch, call.function)
        # Drawn as floats, which every dtype can be made of.
        made = draw(call.shape).to(dtype or torch.get_default_dtype())
    else:
        fill: Callable[..., torch.Tensor] = getattr(torch, call.function)
        made = fill(call.shape, dtype=dtype)
    # Drawn on the CPU: the same seed gives the same inputs on every device.
    return made.to(device).requires_grad_(call.requires_grad)


def _moved(value: Any, device: torch.device) -> Any:
    if not isinstance(value, torch.Tensor):
        return value
    return value.detach().to(device).requires_grad_(value.requires_grad)


def _require_none(module: nn.Module) -> None:
    try:
        needed = [
            parameter.name
            for parameter in inspect.signature(module.forward).parameters.values()
            if parameter.default is parameter.empty
            and parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        ]
    except (TypeError, ValueError):
        return
    if needed:
        raise OwnModelError(
            f"forward needs {', '.join(needed)}.",
            'Give example inputs, such as "randn(2, 3)", or define example_inputs() in the file.',
            field="inputs",
        )


def _names(module: nn.Module, count: int) -> tuple[str, ...]:
    try:
        parameters = inspect.signature(module.forward).parameters.values()
        own = [each.name for each in parameters if each.kind is not each.VAR_POSITIONAL]
    except (TypeError, ValueError):
        own = []
    return tuple(own[i] if i < len(own) else f"input {i + 1}" for i in range(count))


def takes(module: nn.Module) -> str:
    """Return what forward takes, in words."""
    return f"forward takes {signature_text(module.forward)}."
