"""Errors of autograd are told in the user's terms: with PyTorch's own words, tried on PyTorch."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint

from gradviz.engine.autograd_errors import explanation_of


def leaf() -> torch.Tensor:
    return torch.ones(2, requires_grad=True)


class Product(torch.autograd.Function):
    """A product whose backward returns the gradients of `answer`."""

    answer: Callable[[Any], Any]

    @staticmethod
    def forward(ctx: Any, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        return a * b

    @classmethod
    def backward(cls, ctx: Any, gradient: torch.Tensor) -> Any:
        return cls.answer(gradient)


class One(Product):
    answer = staticmethod(lambda gradient: gradient)


class Number(Product):
    answer = staticmethod(lambda gradient: (3, gradient))


class Wide(Product):
    answer = staticmethod(lambda gradient: (torch.ones(3, 3), gradient))


def twice() -> None:
    y = leaf().exp().sum()
    y.backward()  # type: ignore[no-untyped-call]
    y.backward()  # type: ignore[no-untyped-call]


def accumulated() -> None:
    x = leaf()
    x.register_post_accumulate_grad_hook(lambda x: x.grad)  # type: ignore[no-untyped-call]
    x.sum().backward()  # type: ignore[no-untyped-call]


def meta() -> None:
    (leaf() * 2).to("meta").sum().backward()  # type: ignore[no-untyped-call]


def hooked(answer: Any) -> None:
    y = leaf() * 2
    y.register_hook(lambda _: answer)  # type: ignore[no-untyped-call]
    y.sum().backward()  # type: ignore[no-untyped-call]


def recomputed() -> None:
    sizes = [1, 2]

    def widened(x: torch.Tensor) -> torch.Tensor:
        return torch.cat([x] * sizes.pop(0)).exp().sum()

    checkpoint(widened, leaf(), use_reentrant=False).backward()


def watched() -> None:
    layer = nn.Linear(2, 2)
    layer.register_full_backward_hook(lambda *_: None)
    nn.ReLU(inplace=True)(layer(leaf()))


def sparse() -> None:
    table = nn.Embedding(3, 2, sparse=True)
    table(torch.tensor([1])).sum().backward()
    torch.optim.Adam(table.parameters()).step()


def ends() -> None:
    raise SystemExit(3)


CASES = [
    (lambda: leaf().add_(1), "cannot be changed in place", "torch.no_grad()"),
    (lambda: leaf()[0].add_(1), "cannot be changed in place", "clone()"),
    (lambda: (leaf() * 2).unbind()[0].add_(1), "a view", "clone()"),
    (lambda: leaf().exp().add_(1).sum().backward(), "changed in place after", "inplace=False"),  # type: ignore[no-untyped-call]
    (watched, "full backward hook", "inplace=False"),
    (twice, "earlier backward pass", "detach()"),
    (lambda: torch.ones(1).sum().backward(), "Nothing that requires a gradient", "item()"),  # type: ignore[no-untyped-call]
    (lambda: (leaf() * 2).backward(), "Only a scalar", ".sum()"),  # type: ignore[no-untyped-call]
    (lambda: (leaf() * 1j).sum().backward(), "Only real scalars", ".abs()"),  # type: ignore[no-untyped-call]
    (lambda: One.apply(leaf(), leaf()).sum().backward(), "One.forward takes 2", "one gradient for"),  # type: ignore[no-untyped-call]
    (lambda: Wide.apply(leaf(), leaf()).sum().backward(), "Wide.backward", "shape"),  # type: ignore[no-untyped-call]
    (lambda: Number.apply(leaf(), leaf()).sum().backward(), "returned int", "None"),  # type: ignore[no-untyped-call]
    (recomputed, "A checkpoint", "preserve_rng_state"),
    (lambda: hooked("x"), "no gradient", "None"),
    (lambda: hooked(torch.ones(5)), "another size", "None"),
    (lambda: hooked(torch.ones(2).long()), "another type", "None"),
    (lambda: torch.ones(2, 2) @ torch.ones(2, 2).double(), "different dtypes", ".float()"),
    (lambda: nn.Linear(2, 2)(torch.ones(2, 2).double()), "different dtypes", ".to("),
    (lambda: nn.Conv1d(2, 2, 1)(torch.ones(1, 2, 2).double()), "different dtypes", ".to("),
    (lambda: torch.ones(2) + torch.ones(2, device="meta"), "on the meta device", "to_empty"),
    (accumulated, "after a gradient was accumulated", "nothing"),
    (meta, "on the meta device", "to_empty"),
    (lambda: torch.ones(2, device="meta").cpu(), "on the meta device", "to_empty"),
    (lambda: torch.ones(2, device="meta").sum().item(), "on the meta device", "to_empty"),
    (lambda: torch.ones(2, device="meta").numpy(), "on the meta device", "to_empty"),
    (lambda: nn.Linear(2, 2, device="meta")(torch.ones(2)), "on the meta device", "to_empty"),
    (lambda: nn.Embedding(2, 2)(torch.ones(2)), "another dtype", ".long()"),
    (lambda: nn.CrossEntropyLoss()(torch.ones(2, 2), torch.zeros(2)), "The target", ".long()"),
    (sparse, "SGD, Adagrad and SparseAdam", "sparse=False"),
    (lambda: leaf().numpy(), "NumPy", "detach()"),
    (lambda: torch.autograd.grad(leaf().sum(), leaf()), "no part", "allow_unused"),
    (ends, "end the program", "__main__"),
]


@pytest.mark.parametrize(("act", "sentence", "advice"), CASES)
def test_that_an_error_of_autograd_has_a_reason_and_a_remedy(
    act: Callable[[], object], sentence: str, advice: str
) -> None:
    with pytest.raises(BaseException, match=re.compile(".")) as raised:
        act()
    told = explanation_of(raised.value)
    assert told is not None, raised.value
    assert sentence in told.sentence
    assert advice in told.advice


def test_that_two_devices_with_numbers_are_no_matter_of_meta() -> None:
    told = explanation_of(
        RuntimeError("Expected all tensors to be on the same device, but got cpu and cuda:0")
    )
    assert told is not None
    assert "different devices" in told.sentence
    assert ".to(" in told.advice


def test_that_an_error_of_no_known_kind_is_left_in_its_own_words() -> None:
    assert explanation_of(ValueError("a leaf Variable that requires grad")) is None
    assert explanation_of(RuntimeError("the size of tensor a must match")) is None
