"""A parameter that the output does not depend on."""

import torch
from torch import nn


class Unused(nn.Module):
    def __init__(self):
        super().__init__()
        self.used = nn.Parameter(torch.tensor(3.0))
        self.unused = nn.Parameter(torch.tensor(5.0))

    def forward(self, x):
        return self.used * x


def example_inputs():
    return torch.tensor(2.0)
