"""The torch side of the functions that are typed, and those whose derivative is hand-written."""

import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any

import torch

from gradviz.expression import FUNCTIONS

TensorFunction = Callable[[torch.Tensor], torch.Tensor]


class LegendrePolynomial3(torch.autograd.Function):
    """The Legendre polynomial of degree three, P3(x) = (5x^3 - 3x) / 2.

    It is the example of PyTorch's tutorial "Defining new autograd Functions":
    https://docs.pytorch.org/tutorials/beginner/examples_autograd/polynomial_custom_function.html
    """

    @staticmethod
    def forward(ctx: Any, input: torch.Tensor) -> torch.Tensor:  # noqa: A002 - PyTorch's name
        """Return P3 of each element, and keep the input for the derivative."""
        ctx.save_for_backward(input)
        return 0.5 * (5 * input**3 - 3 * input)

    @staticmethod
    def backward(ctx: Any, grad_output: torch.Tensor) -> torch.Tensor:
        """Return the upstream gradient times P3'(x) = 1.5 (5x^2 - 1)."""
        (saved,) = ctx.saved_tensors
        result: torch.Tensor = grad_output * 1.5 * (5 * saved**2 - 1)
        return result


class CubeRoot(torch.autograd.Function):
    """The real cube root, also of negative numbers, which PyTorch has no operation for."""

    @staticmethod
    def forward(ctx: Any, input: torch.Tensor) -> torch.Tensor:  # noqa: A002 - PyTorch's name
        """Return the root of each element, and keep it for the derivative."""
        root = torch.sign(input) * torch.abs(input) ** (1 / 3)
        ctx.save_for_backward(root)
        return root

    @staticmethod
    def backward(ctx: Any, grad_output: torch.Tensor) -> torch.Tensor:
        """Return the upstream gradient divided by three squares of the root."""
        (root,) = ctx.saved_tensors
        result: torch.Tensor = grad_output / (3 * root**2)
        return result


#: P3 of each element of a tensor, as it is called in a model.
legendre_p3: TensorFunction = LegendrePolynomial3.apply


def torch_function(name: str) -> TensorFunction:
    """Return the operation on tensors of the function that is typed as `name`."""
    return _named(FUNCTIONS[name].torch_name)


@cache
def _named(dotted: str) -> TensorFunction:
    """Return the attribute of a module that a row of the table names."""
    function: TensorFunction = pkgutil.resolve_name(dotted)
    return function
