"""Which custom Function runs, as PyTorch's releases call its forward in their own ways."""

import functools
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch.autograd.function import Function

from gradviz.engine.torch_internals.running_functions import RunningFunction, RunningFunctions

seen: list[RunningFunction | None] = []
finder = RunningFunctions()


@pytest.fixture(autouse=True)
def _nothing_is_seen_yet() -> None:
    seen.clear()
    finder.forget()


def look() -> None:
    seen.append(finder.outermost())


def run(function: Any, *given: Any) -> Any:
    return function.apply(*given)


def decorated(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return method(*args, **kwargs)

    return wrapper


class WithContext(Function):
    @staticmethod
    def forward(ctx: Any, value: torch.Tensor, factor: float = 1.0) -> torch.Tensor:
        look()
        value = value.detach()
        look()
        return value * factor


class Inheriting(WithContext):
    pass


class WithSetup(Function):
    @staticmethod
    def forward(value: torch.Tensor, factor: float = 1.0) -> torch.Tensor:
        look()
        value = value.detach()
        look()
        return value * factor

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: torch.Tensor) -> None:
        look()


class Decorated(Function):
    @staticmethod
    @decorated
    def forward(ctx: Any, value: torch.Tensor) -> torch.Tensor:
        look()
        return value.clone()


class AlsoDecorated(Function):
    @staticmethod
    @decorated
    def forward(value: torch.Tensor) -> torch.Tensor:
        look()
        return value.clone()

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: torch.Tensor) -> None:
        pass


class Outer(Function):
    @staticmethod
    def forward(ctx: Any, value: torch.Tensor) -> torch.Tensor:
        made: torch.Tensor = run(WithContext, value.clone())
        return made


@pytest.mark.parametrize(
    "function", [WithContext, Inheriting, WithSetup, Decorated, AlsoDecorated, Outer]
)
def test_that_the_outermost_function_is_found_by_its_name(function: type[Function]) -> None:
    run(function, torch.ones(2, requires_grad=True))
    assert seen
    assert {each.name for each in seen if each} == {function.__name__}
    assert None not in seen


@pytest.mark.parametrize("function", [WithContext, WithSetup])
def test_that_the_arguments_are_those_of_the_call_though_the_forward_names_others_so(
    function: type[Function],
) -> None:
    value = torch.ones(2, requires_grad=True)
    run(function, value, 2.0)
    for each in seen[:2]:
        assert each is not None
        assert any(given is value for given in each.given)


def test_that_the_caller_is_the_line_that_applies_it() -> None:
    run(WithContext, torch.ones(2))
    assert seen[0] is not None
    assert seen[0].caller is not None
    assert seen[0].caller.f_code is run.__code__


def test_that_no_function_runs_in_a_forward_that_is_called_by_hand_or_not_at_all() -> None:
    class Plain(torch.nn.Module):
        def forward(self, value: torch.Tensor) -> torch.Tensor:
            look()
            return value

    look()
    Plain()(torch.ones(1))
    assert seen == [None, None]


def test_that_a_second_call_is_another_one_with_its_own_arguments() -> None:
    first, second = torch.ones(1), torch.ones(1)
    run(WithContext, first)
    run(WithContext, second)
    last = seen[-1]
    assert last is not None
    assert any(given is second for given in last.given)


def test_that_a_function_is_found_under_a_transform_of_torch_func() -> None:
    torch.func.vjp(WithSetup.apply, torch.ones(2))
    assert {each.name for each in seen if each} == {"WithSetup"}
