"""Functions of several numbers, remainders and cases: torch is the oracle, at ties too."""

import math
from collections.abc import Callable

import pytest
import torch
from function_cases import assert_executed_text_agrees, assert_the_slopes_agree_with_sympy
from hypothesis import given
from hypothesis import strategies as st

from gradviz.engine.data.program import compiled
from gradviz.expression import parse

_Written = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def _like(x: torch.Tensor, value: float) -> torch.Tensor:
    return torch.tensor(value, dtype=x.dtype)


# The typed text, and the same in plain torch.
WRITTEN: dict[str, _Written] = {
    "e^(a x)": lambda x, a: torch.exp(a * x),
    "1/(1 + e^-x)": lambda x, a: 1 / (1 + torch.exp(-x)),
    "(e)^x e": lambda x, a: a**x * a,
    "max(0, x)": lambda x, a: torch.maximum(_like(x, 0), x),
    "max(a, x)": lambda x, a: torch.maximum(a, x),
    "min(x, a, 1)": lambda x, a: torch.minimum(torch.minimum(x, a), _like(x, 1)),
    "min(1, a) x": lambda x, a: torch.minimum(_like(x, 1), a) * x,
    "clamp(x, -1, 1)": lambda x, a: torch.clamp(x, -1, 1),
    "clamp(x, a, 1)": lambda x, a: torch.clamp(x, a, _like(x, 1)),
    "clamp(1, x, a)": lambda x, a: torch.clamp(_like(x, 1), x, a),
    "x mod 2": lambda x, a: x % 2,
    "x % (a^2 + 1)": lambda x, a: x % (a**2 + 1),
    "7.5 mod (a^2 + 1)": lambda x, a: torch.remainder(_like(x, 7.5), a**2 + 1),
    "atan2(x, a^2 + 1)": lambda x, a: torch.atan2(x, a**2 + 1),
    "atan2(2, x^2 + 1)": lambda x, a: torch.atan2(_like(x, 2), x**2 + 1),
    "{x < 0: -x, x^2}": lambda x, a: torch.where(x < 0, -x, x**2),
    "{x < a: 0.1, 0.2} x": lambda x, a: torch.where(x < a, _like(x, 0.1), _like(x, 0.2)) * x,
    "a x if 0 <= x < 1 else x": lambda x, a: torch.where((x >= 0) & (x < 1), a * x, x),
    "{x = 0 or x != x: 1, x > a and x > 1: a, x}": lambda x, a: torch.where(
        (x == 0) | (x != x), _like(x, 1), torch.where((x > a) & (x > 1), a, x)
    ),
    "{a > 0: a, 2} + 1": lambda x, a: torch.where(a > 0, a, _like(x, 2)) + 1,
}
#: The ties and the bounds of the cases are among them.
_numbers = st.sampled_from([-1.0, 0.0, 0.5, 1.0, 2.0]) | st.floats(-5, 5, width=32)


@pytest.mark.parametrize("text", WRITTEN)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(at=_numbers, start=_numbers)
def test_that_values_and_gradients_are_torchs_own(
    text: str, dtype: torch.dtype, at: float, start: float
) -> None:
    tree = parse(text).tree
    by_torch = _computed(WRITTEN[text], at, start, dtype)

    def typed(x: torch.Tensor, a: torch.Tensor) -> torch.Tensor:
        return compiled(tree, {"a": a, "e": a})(x)

    assert _computed(typed, at, start, dtype) == by_torch


@pytest.mark.parametrize("text", [text for text in WRITTEN if "(e)" not in text])
@given(at=_numbers)
def test_that_the_text_of_a_script_computes_the_same_bits(text: str, at: float) -> None:
    assert_executed_text_agrees(parse(text).tree, at)


@pytest.mark.parametrize("text", [text for text in WRITTEN if "(e)" not in text])
@given(at=_numbers, start=_numbers)
def test_that_sympy_agrees_with_the_gradients(text: str, at: float, start: float) -> None:
    assert_the_slopes_agree_with_sympy(parse(text).tree, {"x": at, "a": start})


def test_that_the_branch_that_is_not_taken_gives_torchs_nan() -> None:
    x = torch.tensor(0.0, requires_grad=True)
    compiled(parse("{x > 0: log(x), x}").tree, {})(x).backward()  # type: ignore[no-untyped-call]
    assert x.grad is not None
    assert math.isnan(x.grad.item())


def _computed(
    function: _Written, at: float, start: float, dtype: torch.dtype
) -> tuple[str | None, ...]:
    x = torch.tensor(at, dtype=dtype, requires_grad=True)
    a = torch.tensor(start, dtype=dtype, requires_grad=True)
    y = function(x, a)
    if y.requires_grad:
        y.backward()  # type: ignore[no-untyped-call]
    bits = [None if each is None else float(each.item()).hex() for each in (y, x.grad, a.grad)]
    return (str(y.dtype), *bits)
