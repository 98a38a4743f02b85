"""A derivative written by hand, and whether it is right: capture(…).check()."""

from typing import Any

import torch
from torch import nn

import gradviz


class Cube(torch.autograd.Function):
    """x³, with a derivative that is wrong on purpose."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
        """Return x³ in the shape of `x`."""
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor) -> torch.Tensor:
        """Return 2 x² times the gradient; it should be 3 x²."""
        (x,) = ctx.saved_tensors
        wrong: torch.Tensor = gradient * 2 * x**2
        return wrong


class Model(nn.Module):
    """One parameter, and its cube."""

    def __init__(self) -> None:
        """Begin at 2."""
        super().__init__()
        self.w = nn.Parameter(torch.tensor(2.0))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return a tensor of the shape of `x`."""
        cube: torch.Tensor = Cube.apply(self.w)  # type: ignore[no-untyped-call]
        return cube * x


captured = gradviz.capture(Model(), inputs=torch.tensor(1.0))
for check in captured.check():
    print(check.verdict)
    for finding in check.findings:
        print(" ", finding.method, finding.verdict, finding.told)
