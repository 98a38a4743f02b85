"""Recordings of random models held to plain `backward()`, at numbers that are not finite too."""

import operator
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_backward import SPECIAL, assert_recorded_as_by_backward, numbers
from random_image_networks import CHANNELS, SIDE, ImageNetwork, ImagePlan, image_plans

from gradviz.engine.data.program import compiled
from gradviz.engine.data.torch_functions import CubeRoot, LegendrePolynomial3
from gradviz.expression import (
    FUNCTIONS,
    Binary,
    Call,
    Negate,
    Number,
    Parameter,
    Pi,
    Tree,
    Variable,
)

_NAMES = ("x", "a", "b")


def _trees() -> st.SearchStrategy[Tree]:
    """Return trees of every function and operator, in which x or a parameter is in each part."""
    leaves: st.SearchStrategy[Tree] = st.one_of(
        st.builds(Variable), st.builds(Parameter, st.sampled_from("ab"))
    )
    return st.recursive(leaves, _larger, max_leaves=8)


def _larger(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    constants: st.SearchStrategy[Tree] = st.one_of(
        st.builds(Number, st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0, 7.25])), st.builds(Pi)
    )
    operators = st.sampled_from("+-*/^")
    return st.one_of(
        st.builds(Negate, inner),
        st.builds(Binary, operators, inner, inner | constants),
        st.builds(Binary, operators, constants, inner),
        st.builds(Call, st.sampled_from(sorted(FUNCTIONS)), inner),
    )


def _leaves(values: torch.Tensor) -> dict[str, torch.Tensor]:
    """Return x, a and b of their own memory: x of shape (3,), the others of shape ()."""
    parts = (values[:3], values[3], values[4])
    return {name: part.clone().requires_grad_() for name, part in zip(_NAMES, parts, strict=True)}


def _by_torch(
    tree: Tree, leaves: Mapping[str, torch.Tensor], made: list[torch.Tensor]
) -> torch.Tensor:
    """Return the value by plain recursion, and put the result of each part into `made`."""
    value = _value(tree, leaves, made)
    assert isinstance(value, torch.Tensor)
    return value


def _value(
    tree: Tree, leaves: Mapping[str, torch.Tensor], made: list[torch.Tensor]
) -> torch.Tensor | float:
    match tree:
        case Number():
            return int(tree.value) if tree.value.is_integer() else tree.value
        case Pi():
            return torch.pi
        case Variable():
            return leaves["x"]
        case Parameter():
            return leaves[tree.name]
        case Negate():
            result = -_value(tree.operand, leaves, made)
        case Call():
            result = _FUNCTIONS[tree.function](_value(tree.argument, leaves, made))
        case Binary():
            operate = _OPERATORS[tree.operator]
            result = operate(_value(tree.left, leaves, made), _value(tree.right, leaves, made))
    assert isinstance(result, torch.Tensor)
    made.append(result)
    return result


def _by_engine(
    tree: Tree, leaves: Mapping[str, torch.Tensor], _: list[torch.Tensor]
) -> torch.Tensor:
    parameters = {name: leaf for name, leaf in leaves.items() if name != "x"}
    return compiled(tree, parameters)(leaves["x"])


def _torch_function(name: str) -> Callable[..., torch.Tensor]:
    """Return the function of torch or torch.nn.functional, whose names have underscores."""
    functional = {each.replace("_", ""): each for each in dir(torch.nn.functional)[::-1]}
    home = torch if hasattr(torch, name) else torch.nn.functional
    found = _HAND_WRITTEN.get(name) or getattr(home, functional.get(name, name))
    assert callable(found)
    return cast("Callable[..., torch.Tensor]", found)


_HAND_WRITTEN: dict[str, Callable[..., torch.Tensor]] = {
    "P3": LegendrePolynomial3.apply,
    "cbrt": CubeRoot.apply,
}
_FUNCTIONS = {name: _torch_function(name) for name in FUNCTIONS}
_OPERATORS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
}


@given(_trees(), numbers(5))
@settings(max_examples=150)
def test_that_an_expression_is_recorded_as_by_backward(tree: Tree, values: torch.Tensor) -> None:
    leaves, plain = _leaves(values), _leaves(values)
    assert_recorded_as_by_backward(
        partial(_by_engine, tree, leaves), leaves, partial(_by_torch, tree, plain), plain
    )


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_that_each_function_is_recorded_as_by_backward_at_every_special_number(
    function: str,
) -> None:
    tree = Call(function, Variable())
    for place in range(0, len(SPECIAL), 3):
        x = [*SPECIAL[place:], 0.5, -2.0][:3]
        values = torch.tensor([*x, 1.0, 1.0])
        leaves, plain = _leaves(values), _leaves(values)
        assert_recorded_as_by_backward(
            partial(_by_engine, tree, leaves), leaves, partial(_by_torch, tree, plain), plain
        )


@given(image_plans(), numbers(2 * CHANNELS * SIDE * SIDE), st.integers(0, 9))
@settings(max_examples=60)
def test_that_a_network_is_recorded_as_by_backward(
    plan: ImagePlan, images: torch.Tensor, seed: int
) -> None:
    images = images.view(2, CHANNELS, SIDE, SIDE)
    network = plan.built()
    copied = network.copied()

    def run(one: ImageNetwork, image: torch.Tensor, made: list[torch.Tensor]) -> torch.Tensor:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            return one.run(image, made)

    def leaves_of(one: ImageNetwork) -> dict[str, torch.Tensor]:
        return {**dict(one.named_parameters()), "images": images.clone().requires_grad_()}

    leaves, plain = leaves_of(network), leaves_of(copied)
    assert_recorded_as_by_backward(
        partial(run, network, leaves["images"]),
        leaves,
        partial(run, copied, plain["images"]),
        plain,
    )
