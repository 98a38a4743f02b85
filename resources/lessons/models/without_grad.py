"""Within no_grad nothing is recorded."""

import torch
from torch import nn


class WithoutGrad(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Parameter(torch.tensor(3.0))
        self.second = nn.Parameter(torch.tensor(5.0))

    def forward(self, x):
        with torch.no_grad():
            hidden = self.first * x
        return self.second * hidden


def example_inputs():
    return torch.tensor(2.0)
