"""exp keeps its result for the backward pass, and add_ changes it before that."""

import torch
from torch import nn


class InPlace(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(0.5))

    def forward(self, x):
        hidden = torch.exp(self.weight * x)
        hidden.add_(1)
        return hidden


def example_inputs():
    return torch.tensor(2.0)
