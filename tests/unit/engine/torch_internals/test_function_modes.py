"""The modes that hear the functions of torch."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
import torch
from fresh_modules import fresh
from torch.overrides import TorchFunctionMode

from gradviz.engine.torch_internals import function_modes
from gradviz.engine.torch_internals.function_modes import (
    innermost_mode,
    is_gradient_switch,
    unheard,
)


class Hearing(TorchFunctionMode):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Callable[..., Any]] = []

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        self.heard.append(func)
        return func(*args, **(kwargs or {}))


def test_that_no_mode_hears_what_is_unheard() -> None:
    tensor = torch.ones(1)
    with Hearing() as mode:
        with unheard():
            assert tensor.grad_fn is None
        assert mode.heard == []
        tensor.neg()
    assert mode.heard == [torch.Tensor.neg]


def test_that_without_such_a_context_calls_are_heard_and_computed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(torch._C, "DisableTorchFunction")
    without = fresh(function_modes).unheard
    assert without is nullcontext
    with Hearing() as mode, without():
        assert torch.ones(1).neg().item() == -1
    assert torch.Tensor.neg in mode.heard


def test_that_the_innermost_mode_is_the_one_entered_last(monkeypatch: pytest.MonkeyPatch) -> None:
    with Hearing(), Hearing() as inner:
        assert innermost_mode() is inner
    assert innermost_mode() is None
    monkeypatch.delattr(torch.overrides, "_get_current_function_mode")
    with Hearing():
        assert innermost_mode() is None


def test_that_the_switch_of_gradients_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    with Hearing() as mode, torch.no_grad():
        torch.ones(1).neg()
    switches = [is_gradient_switch(each) for each in mode.heard]
    assert switches[0]
    assert switches[-1]
    assert switches.count(True) == 2
    first = mode.heard[0]
    monkeypatch.delattr(torch._C, "_set_grad_enabled")
    assert not is_gradient_switch(first)
