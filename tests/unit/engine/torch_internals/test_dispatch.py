"""Operations beneath autograd, and how they are known where PyTorch does not show them."""

import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from fresh_modules import fresh

from gradviz.engine.torch_internals import dispatch
from gradviz.engine.torch_internals.dispatch import (
    argument_named,
    changes_arguments,
    shared_arguments,
    shares_memory,
    written_arguments,
)

_ATEN = torch.ops.aten


def names_heard(module: Any) -> list[str]:
    """Return the operations that a listener of `module` hears of a product."""

    class Names(module.DispatchListener):  # type: ignore[misc]
        def __torch_dispatch__(
            self,
            func: Any,
            types: Any,
            args: tuple[Any, ...] = (),
            kwargs: Mapping[str, Any] | None = None,
        ) -> Any:
            heard.append(str(func))
            return func(*args, **(kwargs or {}))

    heard: list[str] = []
    with Names():
        assert (torch.ones(2) * 3).tolist() == [3, 3]
    return heard


def test_that_a_listener_hears_every_operation() -> None:
    assert dispatch.LISTENS
    assert "aten.mul.Tensor" in names_heard(dispatch)


def test_that_without_such_a_mode_a_listener_hears_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils._python_dispatch", None)
    without = fresh(dispatch)
    assert not without.LISTENS
    assert names_heard(without) == []


@pytest.mark.parametrize(
    ("operation", "written"),
    [
        (_ATEN.add.Tensor, []),
        (_ATEN.add_.Tensor, [(0, "self", False)]),
        (_ATEN.add.out, [(3, "out", True)]),
        (_ATEN.copy_.default, [(0, "self", False)]),
    ],
)
def test_that_the_schema_tells_the_arguments_that_are_written(
    operation: Any, written: list[tuple[int, str, bool]]
) -> None:
    assert [tuple(each) for each in written_arguments(operation)] == written
    assert changes_arguments(operation) == bool(written)


@pytest.mark.parametrize("operation", [_ATEN.add.Tensor, _ATEN.add_.Tensor, _ATEN.copy_.default])
def test_that_without_a_schema_the_name_tells_the_same(operation: Any) -> None:
    nameless = SimpleNamespace(overloadpacket=operation.overloadpacket)
    assert written_arguments(nameless) == written_arguments(operation)
    assert changes_arguments(nameless) == changes_arguments(operation)
    assert written_arguments(SimpleNamespace()) == []


@pytest.mark.parametrize(
    ("operation", "shared"),
    [
        (_ATEN.add.Tensor, []),
        (_ATEN.view.default, ["self"]),
        (_ATEN.detach.default, ["self"]),
        (_ATEN.add_.Tensor, ["self"]),
        (_ATEN.add.out, ["out"]),
    ],
)
def test_that_the_schema_tells_the_arguments_whose_memory_is_shared(
    operation: Any, shared: list[str]
) -> None:
    assert [each.name for each in shared_arguments(operation)] == shared
    assert shares_memory(operation) == bool(shared)


def test_that_an_argument_has_its_place_and_its_default() -> None:
    attention = _ATEN._scaled_dot_product_flash_attention_for_cpu.default
    assert argument_named(attention, "dropout_p") == (3, "dropout_p", 0.0)
    assert argument_named(attention, "rate") is None


def test_that_without_a_schema_an_operation_shares_what_it_changes_and_names_nothing() -> None:
    nameless = SimpleNamespace(overloadpacket=_ATEN.add_)
    assert shares_memory(nameless)
    assert [each.name for each in shared_arguments(nameless)] == ["self"]
    assert not shares_memory(SimpleNamespace(overloadpacket=_ATEN.view))
    assert argument_named(nameless, "other") is None
