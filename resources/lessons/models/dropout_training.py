"""A module in training mode: dropout takes part in the graph."""

import torch
from torch import nn


class DropoutTraining(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(3.0))
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        return self.dropout(self.weight * x).sum()


def example_inputs():
    return torch.tensor([1.0, 2.0, 3.0])
