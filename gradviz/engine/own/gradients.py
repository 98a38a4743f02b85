"""Why an output has no gradient, and where in the file it was lost."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from gradviz.core.errors import OwnModelError
from gradviz.engine.own.code import OwnCode

_WORDS = {"numpy": ".numpy()", "item": ".item()", "detach": ".detach()", "__get__": ".data"}


class _Losses(TorchFunctionMode):
    """Notes for each tensor without a gradient at which call the gradient was lost."""

    def __init__(self, code: OwnCode) -> None:
        super().__init__()
        self._code = code
        self._lost: dict[int, str] = {}
        # Tensors stay alive, so that no other takes the place of one in memory.
        self._kept: list[torch.Tensor] = []
        self.last = ""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run `func`, and note whether a gradient went in that does not come out."""
        taken = [each for each in _flat((args, kwargs or {})) if isinstance(each, torch.Tensor)]
        had = any(each.requires_grad for each in taken)
        before = next((self._lost[id(each)] for each in taken if id(each) in self._lost), "")
        result = func(*args, **(kwargs or {}))
        if had or before:
            self._note(func, result, before, had=had)
        return result

    def place_of(self, tensor: torch.Tensor) -> str:
        """Return where the gradient of `tensor` was lost, the last place if that is not known."""
        return self._lost.get(id(tensor), self.last)

    def _note(self, func: Callable[..., Any], result: Any, before: str, *, had: bool) -> None:
        name = getattr(func, "__name__", "")
        found = [each for each in _flat(result) if isinstance(each, torch.Tensor)]
        place = self._place(name) if had else before
        if had and name in ("numpy", "item", "tolist"):
            self.last = place
        for tensor in found:
            if not tensor.requires_grad:
                self._kept.append(tensor)
                self._lost[id(tensor)] = place
                self.last = place

    def _place(self, name: str) -> str:
        line = self._code.line_running()
        where = f"line {line} of {self._code.path.name}" if line else "torch"
        if torch.is_inference_mode_enabled():
            return f"{where} runs under torch.inference_mode()"
        if not torch.is_grad_enabled():
            return f"{where} runs under torch.no_grad()"
        return f"{where} cuts the gradient with {_WORDS.get(name, name)}"


def _flat(value: Any, depth: int = 3) -> Iterable[Any]:
    if isinstance(value, tuple | list) and depth:
        for each in value:
            yield from _flat(each, depth - 1)
    elif isinstance(value, Mapping) and depth:
        for each in value.values():
            yield from _flat(each, depth - 1)
    else:
        yield value


def no_gradient(
    code: OwnCode, module: nn.Module, run: Callable[[], torch.Tensor], output: str
) -> OwnModelError:
    """Return the error that says why `output` requires no gradient, and where that came to be.

    `run` runs the model once more and returns the output in question.
    """
    parameters = list(module.parameters())
    kind = type(module).__name__
    if not parameters:
        return OwnModelError(
            f"{kind} has no parameters, so there is nothing to differentiate.",
            "Give it an nn.Parameter, or an input with requires_grad=True.",
        )
    if not any(parameter.requires_grad for parameter in parameters):
        return OwnModelError(
            f"{output} has no gradient: none of the {len(parameters)} parameters of {kind} "
            "requires one.",
            "Set requires_grad of those that are to be trained.",
        )
    losses = _Losses(code)
    with losses:
        tensor = run()
    place = losses.place_of(tensor)
    if place:
        return OwnModelError(
            f"{output} has no gradient: {place}.", "Compute it from tensors that have one."
        )
    return OwnModelError(
        f"{output} has no gradient: no parameter takes part in it.",
        "Compute it from the parameters, or choose another output.",
        field="output",
    )
