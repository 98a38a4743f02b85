"""What was written for torchviz goes on to work: gradviz.make_dot returns a graphviz.Digraph."""

import torch
from torch import nn

from gradviz import make_dot

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(8, 16), nn.Tanh(), nn.Linear(16, 1))
output = model(torch.randn(1, 8))

dot = make_dot(output.mean(), params=dict(model.named_parameters()), show_saved=True)
# No dot program is needed.
print(dot.render("torchviz", format="svg"))
