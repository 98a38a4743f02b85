"""The same as dropout_training.py in evaluation mode: dropout does nothing."""

import torch
from torch import nn


class DropoutEvaluated(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(3.0))
        self.dropout = nn.Dropout(0.5).eval()

    def forward(self, x):
        return self.dropout(self.weight * x).sum()


def example_inputs():
    return torch.tensor([1.0, 2.0, 3.0])
