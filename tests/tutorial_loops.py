"""The tutorials' own loops, written out as they stand there: the oracle for what is trained.

Each takes a seed and a number of steps, and returns the loss of every step and the numbers of
the result line by name. https://docs.pytorch.org/tutorials/beginner/pytorch_with_examples.html
"""

import math
import random
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import torch

Outcome = tuple[list[float], dict[str, float]]


def numpy(seed: int, steps: int) -> Outcome:
    """Warm-up: numpy."""
    np.random.seed(seed)
    x = np.linspace(-math.pi, math.pi, 2000)
    y = np.sin(x)
    a = np.random.randn()
    b = np.random.randn()
    c = np.random.randn()
    d = np.random.randn()
    learning_rate = 1e-6
    losses = []
    for _ in range(steps):
        y_pred = a + b * x + c * x**2 + d * x**3
        loss = np.square(y_pred - y).sum()
        losses.append(float(loss))
        grad_y_pred = 2.0 * (y_pred - y)
        grad_a = grad_y_pred.sum()
        grad_b = (grad_y_pred * x).sum()
        grad_c = (grad_y_pred * x**2).sum()
        grad_d = (grad_y_pred * x**3).sum()
        a -= learning_rate * grad_a
        b -= learning_rate * grad_b
        c -= learning_rate * grad_c
        d -= learning_rate * grad_d
    return losses, {"a": float(a), "b": float(b), "c": float(c), "d": float(d)}


def tensors(seed: int, steps: int) -> Outcome:
    """PyTorch: Tensors."""
    torch.manual_seed(seed)
    dtype = torch.float
    device = torch.device("cpu")
    x = torch.linspace(-math.pi, math.pi, 2000, device=device, dtype=dtype)
    y = torch.sin(x)
    a = torch.randn((), device=device, dtype=dtype)
    b = torch.randn((), device=device, dtype=dtype)
    c = torch.randn((), device=device, dtype=dtype)
    d = torch.randn((), device=device, dtype=dtype)
    learning_rate = 1e-6
    losses = []
    for _ in range(steps):
        y_pred = a + b * x + c * x**2 + d * x**3
        loss = (y_pred - y).pow(2).sum().item()
        losses.append(loss)
        grad_y_pred = 2.0 * (y_pred - y)
        grad_a = grad_y_pred.sum()
        grad_b = (grad_y_pred * x).sum()
        grad_c = (grad_y_pred * x**2).sum()
        grad_d = (grad_y_pred * x**3).sum()
        a -= learning_rate * grad_a
        b -= learning_rate * grad_b
        c -= learning_rate * grad_c
        d -= learning_rate * grad_d
    return losses, {"a": a.item(), "b": b.item(), "c": c.item(), "d": d.item()}


def autograd(seed: int, steps: int) -> Outcome:
    """PyTorch: Tensors and autograd."""
    torch.manual_seed(seed)
    x = torch.linspace(-math.pi, math.pi, 2000)
    y = torch.sin(x)
    a = torch.randn((), requires_grad=True)
    b = torch.randn((), requires_grad=True)
    c = torch.randn((), requires_grad=True)
    d = torch.randn((), requires_grad=True)
    losses = []
    for _ in range(steps):
        y_pred = a + b * x + c * x**2 + d * x**3
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()  # type: ignore[no-untyped-call]
        _descend([a, b, c, d], 1e-6)
    return losses, {"a": a.item(), "b": b.item(), "c": c.item(), "d": d.item()}


class LegendrePolynomial3(torch.autograd.Function):
    """PyTorch: Defining New autograd Functions."""

    @staticmethod
    def forward(ctx: Any, input: torch.Tensor) -> torch.Tensor:  # noqa: A002
        ctx.save_for_backward(input)
        return 0.5 * (5 * input**3 - 3 * input)

    @staticmethod
    def backward(ctx: Any, grad_output: torch.Tensor) -> Any:
        (input,) = ctx.saved_tensors  # noqa: A001
        return grad_output * 1.5 * (5 * input**2 - 1)


def function(seed: int, steps: int) -> Outcome:
    """PyTorch: Defining New autograd Functions."""
    torch.manual_seed(seed)
    x = torch.linspace(-math.pi, math.pi, 2000)
    y = torch.sin(x)
    a = torch.full((), 0.0, requires_grad=True)
    b = torch.full((), -1.0, requires_grad=True)
    c = torch.full((), 0.0, requires_grad=True)
    d = torch.full((), 0.3, requires_grad=True)
    losses = []
    for _ in range(steps):
        y_pred = a + b * LegendrePolynomial3.apply(c + d * x)  # type: ignore[no-untyped-call]
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        _descend([a, b, c, d], 5e-6)
    return losses, {"a": a.item(), "b": b.item(), "c": c.item(), "d": d.item()}


def _descend(parameters: list[torch.Tensor], learning_rate: float) -> None:
    with torch.no_grad():
        for parameter in parameters:
            assert parameter.grad is not None
            parameter -= learning_rate * parameter.grad
            parameter.grad = None


class Polynomial3(torch.nn.Module):
    """PyTorch: Custom nn Modules."""

    def __init__(self) -> None:
        super().__init__()
        self.a = torch.nn.Parameter(torch.randn(()))
        self.b = torch.nn.Parameter(torch.randn(()))
        self.c = torch.nn.Parameter(torch.randn(()))
        self.d = torch.nn.Parameter(torch.randn(()))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.a + self.b * x + self.c * x**2 + self.d * x**3


def module(seed: int, steps: int) -> Outcome:
    """PyTorch: Custom nn Modules."""
    torch.manual_seed(seed)
    x = torch.linspace(-math.pi, math.pi, 2000)
    y = torch.sin(x)
    model = Polynomial3()
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-6)
    losses = []
    for _ in range(steps):
        y_pred = model(x)
        loss = criterion(y_pred, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses, {name: p.item() for name, p in model.named_parameters()}


def nn(seed: int, steps: int) -> Outcome:
    """PyTorch: nn."""
    torch.manual_seed(seed)
    x = torch.linspace(-math.pi, math.pi, 2000)
    y = torch.sin(x)
    p = torch.tensor([1, 2, 3])
    xx = x.unsqueeze(-1).pow(p)
    model = torch.nn.Sequential(torch.nn.Linear(3, 1), torch.nn.Flatten(0, 1))
    loss_fn = torch.nn.MSELoss(reduction="sum")
    learning_rate = 1e-6
    losses = []
    for _ in range(steps):
        y_pred = model(xx)
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for param in model.parameters():
                assert param.grad is not None
                param.sub_(learning_rate * param.grad)
    return losses, _of_layer(model[0])


def optim(seed: int, steps: int) -> Outcome:
    """PyTorch: optim."""
    torch.manual_seed(seed)
    x = torch.linspace(-math.pi, math.pi, 2000)
    y = torch.sin(x)
    p = torch.tensor([1, 2, 3])
    xx = x.unsqueeze(-1).pow(p)
    model = torch.nn.Sequential(torch.nn.Linear(3, 1), torch.nn.Flatten(0, 1))
    loss_fn = torch.nn.MSELoss(reduction="sum")
    learning_rate = 1e-3
    optimizer = torch.optim.RMSprop(model.parameters(), lr=learning_rate)
    losses = []
    for _ in range(steps):
        y_pred = model(xx)
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses, _of_layer(model[0])


class DynamicNet(torch.nn.Module):
    """PyTorch: Control Flow + Weight Sharing."""

    def __init__(self) -> None:
        super().__init__()
        self.a = torch.nn.Parameter(torch.randn(()))
        self.b = torch.nn.Parameter(torch.randn(()))
        self.c = torch.nn.Parameter(torch.randn(()))
        self.d = torch.nn.Parameter(torch.randn(()))
        self.e = torch.nn.Parameter(torch.randn(()))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.a + self.b * x + self.c * x**2 + self.d * x**3
        for exp in range(4, random.randint(4, 6)):  # noqa: S311
            y = y + self.e * x**exp
        return y


def dynamic(seed: int, steps: int) -> Outcome:
    """PyTorch: Control Flow + Weight Sharing."""
    random.seed(seed)
    torch.manual_seed(seed)
    x = torch.linspace(-math.pi, math.pi, 2000)
    y = torch.sin(x)
    model = DynamicNet()
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-8, momentum=0.9)
    losses = []
    for _ in range(steps):
        y_pred = model(x)
        loss = criterion(y_pred, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses, {name: p.item() for name, p in model.named_parameters()}


def _of_layer(linear_layer: torch.nn.Module) -> dict[str, float]:
    assert isinstance(linear_layer, torch.nn.Linear)
    weight = linear_layer.weight
    return {
        "a": linear_layer.bias.item(),
        "b": weight[:, 0].item(),
        "c": weight[:, 1].item(),
        "d": weight[:, 2].item(),
    }


LOOPS: Final[Mapping[str, Callable[[int, int], Outcome]]] = {
    "numpy": numpy,
    "tensors": tensors,
    "autograd": autograd,
    "function": function,
    "nn": nn,
    "optim": optim,
    "module": module,
    "dynamic": dynamic,
}
