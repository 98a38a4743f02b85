"""Whether hooks are set, as far as PyTorch tells."""

import warnings
from collections.abc import Callable
from typing import Any

import pytest
import torch
from fresh_modules import ABSENT
from torch import nn
from torch.utils import hooks

from gradviz.engine.torch_internals.hooks import (
    backward_hooks_of,
    called_hooks,
    calls_hooks,
    has_hooks_after_accumulation,
    has_node_hooks,
    has_tensor_hooks,
)


def hook(*_: Any) -> None:
    """Leave everything as it is."""


def leaf(set_hook: Callable[[torch.Tensor], object] = hook) -> torch.Tensor:
    tensor = torch.ones(1, requires_grad=True)
    set_hook(tensor)
    return tensor


def on_tensor(tensor: torch.Tensor) -> object:
    return tensor.register_hook(hook)  # type: ignore[no-untyped-call]


def after(tensor: torch.Tensor) -> object:
    set_hook = tensor.register_post_accumulate_grad_hook
    return set_hook(hook)  # type: ignore[no-untyped-call]


def test_that_hooks_on_a_tensor_are_found() -> None:
    assert has_tensor_hooks(leaf(on_tensor))
    assert not has_tensor_hooks(leaf())
    assert not has_tensor_hooks(leaf(after))


def test_that_hooks_after_the_sum_are_found() -> None:
    assert has_hooks_after_accumulation(leaf(after))
    assert not has_hooks_after_accumulation(leaf(on_tensor))


def test_that_no_hook_is_known_where_tensors_do_not_list_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tensors = leaf(on_tensor), leaf(after)
    monkeypatch.setattr(torch.Tensor, "_backward_hooks", ABSENT, raising=False)
    monkeypatch.setattr(torch.Tensor, "_post_accumulate_grad_hooks", ABSENT, raising=False)
    assert not any(map(has_tensor_hooks, tensors))
    assert not any(map(has_hooks_after_accumulation, tensors))


@pytest.mark.parametrize("method", ["register_hook", "register_prehook"])
def test_that_hooks_on_a_node_are_found_and_none_of_ours_is_left(method: str) -> None:
    node = (leaf() * 2).grad_fn
    assert not has_node_hooks(node)
    getattr(node, method)(hook)
    assert has_node_hooks(node)
    assert has_node_hooks(node)


def test_that_no_hook_on_a_node_is_known_where_its_handle_does_not_tell() -> None:
    class Handle:
        def remove(self) -> None:
            removed.append(self)

    class Node:
        def register_hook(self, _: Any) -> Handle:
            return Handle()

        register_prehook = register_hook

    removed: list[Handle] = []
    assert not has_node_hooks(Node())
    assert len(removed) == 2


def test_that_the_backward_hooks_of_a_module_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    module = nn.Linear(1, 1)
    assert backward_hooks_of(module) == []
    module.register_full_backward_hook(hook)
    assert backward_hooks_of(module) == [hook]
    monkeypatch.delitem(vars(module), "_backward_hooks")
    assert backward_hooks_of(module) == []


def test_that_the_users_hooks_are_found_among_the_locals_of_pytorchs_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        caller = hooks.BackwardHook(nn.Linear(1, 1), [hook], [])
    assert calls_hooks(hooks.__file__)
    assert not calls_hooks(__file__)
    assert called_hooks(caller) == [hook]
    assert called_hooks([hook]) == []
    monkeypatch.delattr(hooks, "BackwardHook")
    assert called_hooks(caller) == []
