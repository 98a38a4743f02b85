"""The same as backward_twice.py; the graph is kept for a second backward."""

import torch
from torch import nn


class BackwardRetained(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(3.0))

    def forward(self, x):
        y = (self.weight * x) ** 2
        y.backward(retain_graph=True)
        return y


def example_inputs():
    return torch.tensor(2.0)
