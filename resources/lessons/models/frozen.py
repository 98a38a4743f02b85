"""A parameter with requires_grad=False is a constant."""

import torch
from torch import nn


class Frozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.frozen = nn.Parameter(torch.tensor(3.0), requires_grad=False)
        self.trained = nn.Parameter(torch.tensor(5.0))

    def forward(self, x):
        return self.trained * (self.frozen * x)


def example_inputs():
    return torch.tensor(2.0)
