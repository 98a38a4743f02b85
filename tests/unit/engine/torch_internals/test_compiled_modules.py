"""The module that a compiled one was made of."""

import importlib

import pytest
import torch
from torch import nn

from gradviz.engine.torch_internals.compiled_modules import keep_from_compiler, uncompiled


class Wrapper(nn.Module):
    """Holds a module by the name that torch.compile gives it."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self._orig_mod = module


def test_that_a_compiled_module_is_known_by_the_one_that_it_wraps() -> None:
    module = nn.Linear(1, 1)
    compiled = Wrapper(module)
    assert uncompiled(compiled) is module
    assert uncompiled(module) is module


def test_that_one_that_does_not_tell_stands_for_itself() -> None:
    compiled = Wrapper(nn.Linear(1, 1))
    del compiled._orig_mod
    assert uncompiled(compiled) is compiled


def test_that_a_version_of_torch_that_keeps_no_package_from_its_compiler_compiles_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules = importlib.import_module("torch._dynamo.trace_rules")
    monkeypatch.delattr(rules, "add")
    keep_from_compiler("gradviz")
    module = nn.Linear(2, 1)
    compiled = torch.compile(module, backend="eager")
    assert torch.equal(compiled(torch.ones(2)), module(torch.ones(2)))
