"""The first backward frees the values that a second one would need."""

import torch
from torch import nn


class BackwardTwice(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(3.0))

    def forward(self, x):
        y = (self.weight * x) ** 2
        y.backward()
        return y


def example_inputs():
    return torch.tensor(2.0)
