"""The graph of one loss, its exact gradients, and a picture: gradviz.capture."""

import math

import torch

import gradviz

torch.manual_seed(0)
x = torch.linspace(-math.pi, math.pi, 2000)
a, b, c, d = (torch.randn((), requires_grad=True) for _ in range(4))
loss = (a + b * x + c * x**2 + d * x**3 - torch.sin(x)).pow(2).sum()

captured = gradviz.capture(loss)
print(captured)
for name, gradient in captured.gradients.items():
    print(f"the gradient of {name} is {gradient.item():.6g}")
print(captured.save("polynomial.svg"))
