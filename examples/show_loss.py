"""One line opens the window on a loss of your own script: gradviz.show."""

import torch
from torch import nn

import gradviz

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
loss = nn.functional.mse_loss(model(torch.randn(16, 4)), torch.zeros(16, 1))

# The script ends when the window is closed.
gradviz.show(loss, params=model)
