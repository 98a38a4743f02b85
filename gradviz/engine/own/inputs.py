"""The tensors that a user's own module is run on: as they are typed, or from its file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, assert_never

import torch
from torch import nn

from gradviz.core.errors import ExpressionError, OwnModelError, words_of
from gradviz.core.language.saying import listed, tr
from gradviz.engine.failures import out_of_memory
from gradviz.engine.own.call_signatures import input_names, needed_inputs
from gradviz.engine.own.code import OwnCode
from gradviz.engine.own.nested_tensors import inner_text, tensors_in
from gradviz.own.calls import Input, InputCall, parse_inputs


@dataclass(frozen=True, slots=True)
class Inputs:
    """The values that forward is called with, by place and by name.

    Attributes:
        positional: Those without a name.
        keywords: Those with one.
        passing: How they are passed on; "one" is a value that came in no tuple.
    """

    positional: tuple[Any, ...] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)
    passing: Literal["one", "values", "names", "none"] = "none"

    def tensors(self, module: nn.Module) -> dict[str, torch.Tensor]:
        """Return the tensors in them by the names that forward has: `input`, `hx[0]`."""
        names = input_names(module, len(self.positional))
        pairs = (*zip(names, self.positional, strict=True), *self.keywords.items())
        return {
            name + inner_text(place): tensor
            for name, value in pairs
            for place, tensor in tensors_in(value).items()
        }


def example_inputs(code: OwnCode, module: nn.Module, typed: str, device: torch.device) -> Inputs:
    """Return the inputs that are typed, else those of `example_inputs()` in the file, else none.

    Raises:
        OwnModelError: the text is wrong, or forward needs inputs and there are none.
    """
    if typed.strip():
        return _by_place(drawn_values(typed, device))
    own = code.names.get("example_inputs")
    if own is None:
        _require_none(module)
        return Inputs()
    if not callable(own):
        raise OwnModelError(
            tr("example_inputs is no function."), tr("Write def example_inputs(): ….")
        )
    with code.runner.running("example_inputs()"):
        found = own()
        if isinstance(found, Mapping):
            named = {str(name): _moved(value, device) for name, value in found.items()}
            return Inputs(keywords=named, passing="names" if named else "none")
        if isinstance(found, tuple | list):
            return _by_place(_moved(value, device) for value in found)
        return Inputs((_moved(found, device),), passing="one")


def drawn_values(typed: str, device: torch.device, field: str = "inputs") -> tuple[Any, ...]:
    """Return the values that a text describes, drawn now, in their order.

    Raises:
        OwnModelError: the text is wrong; with `field`, where it was typed.
    """
    return tuple(_drawn(each, device, field) for each in _parsed(typed, field))


def _by_place(values: Iterable[Any]) -> Inputs:
    made = tuple(values)
    return Inputs(made, passing="values" if made else "none")


def _parsed(typed: str, field: str) -> tuple[Input, ...]:
    try:
        return parse_inputs(typed)
    except ExpressionError as error:
        raise OwnModelError(
            error.message, error.hint, field=field, details=error.caret()
        ) from error


def _drawn(given: Input, device: torch.device, field: str) -> Any:
    """Return one input, drawn on the CPU: the same seed gives the same on every device."""
    match given:
        case InputCall():
            return _drawn_tensor(given, device, field)
        case tuple():
            return tuple(_drawn(each, device, field) for each in given)
        case list():
            return [_drawn(each, device, field) for each in given]
        case dict():
            return {key: _drawn(each, device, field) for key, each in given.items()}
        case _:
            assert_never(given)


def _drawn_tensor(call: InputCall, device: torch.device, field: str) -> torch.Tensor:
    try:
        made = _made(call, getattr(torch, call.dtype) if call.dtype else None)
    except RuntimeError as error:
        if out_of_memory(error):
            raise
        raise OwnModelError(
            tr(
                "{function} does not work so: {error}.",
                function=call.function,
                error=words_of(error),
            ),
            tr("Choose other numbers, or another dtype."),
            field=field,
        ) from error
    return made.to(device).requires_grad_(call.requires_grad)


def _made(call: InputCall, dtype: torch.dtype | None) -> torch.Tensor:
    if call.function == "arange":
        return torch.arange(*call.numbers, dtype=dtype)
    if call.function == "randint":
        low, high = (int(number) for number in call.numbers)
        return torch.randint(low, high, call.shape, dtype=dtype or torch.int64)
    make: Callable[..., torch.Tensor] = getattr(torch, call.function)
    if call.function in ("randn", "rand"):
        # Drawn as floats, which every dtype can be made of.
        return make(call.shape).to(dtype or torch.get_default_dtype())
    return make(call.shape, dtype=dtype)


def _moved(value: Any, device: torch.device) -> Any:
    """Return a value with its tensors on the device, those in tuples, lists and dicts too."""
    if isinstance(value, torch.Tensor):
        # On the meta device there are no values that could be moved.
        moved = value.detach() if value.is_meta else value.detach().to(device)
        return moved.requires_grad_(value.requires_grad)
    if type(value) is dict:
        return {key: _moved(each, device) for key, each in value.items()}
    if type(value) in (tuple, list):
        return type(value)(_moved(each, device) for each in value)
    return value


def _require_none(module: nn.Module) -> None:
    needed = needed_inputs(module)
    if needed:
        raise OwnModelError(
            tr("forward needs {names}.", names=listed(needed)),
            tr(
                'Give example inputs, such as "randn(2, 3)", or define example_inputs() in the '
                "file."
            ),
            field="inputs",
        )
