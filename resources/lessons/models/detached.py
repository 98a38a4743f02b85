"""detach() cuts a value out of the graph."""

import torch
from torch import nn


class Detached(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Parameter(torch.tensor(3.0))
        self.second = nn.Parameter(torch.tensor(5.0))

    def forward(self, x):
        hidden = (self.first * x).detach()
        return self.second * hidden


def example_inputs():
    return torch.tensor(2.0)
