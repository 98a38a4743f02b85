"""The tutorial's own loop in a bare process; prints its steps per second."""

import math
import sys
import time

import torch

STEPS = int(sys.argv[1])

torch.manual_seed(0)
x = torch.linspace(-math.pi, math.pi, 2000)
y = torch.sin(x)
a, b, c, d = (torch.randn((), requires_grad=True) for _ in range(4))
learning_rate = 1e-6
started = time.perf_counter()
for t in range(STEPS):
    y_pred = a + b * x + c * x**2 + d * x**3
    loss = (y_pred - y).pow(2).sum()
    if t % 100 == 99:
        loss.item()
    loss.backward()  # type: ignore[no-untyped-call]
    with torch.no_grad():
        a -= learning_rate * a.grad  # type: ignore[operator]
        b -= learning_rate * b.grad  # type: ignore[operator]
        c -= learning_rate * c.grad  # type: ignore[operator]
        d -= learning_rate * d.grad  # type: ignore[operator]
        a.grad = None
        b.grad = None
        c.grad = None
        d.grad = None
print(STEPS / (time.perf_counter() - started))
