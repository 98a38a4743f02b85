"""A training that fails, and where its NaN began: gradviz.watch records that step alone."""

import torch
from torch import nn

import gradviz


class Distance(nn.Module):
    """The length of a vector, whose derivative at 0 is not a number."""

    def __init__(self) -> None:
        """Begin at a vector of length 1."""
        super().__init__()
        self.w = nn.Parameter(torch.tensor([1.0, 0.0]))

    def forward(self) -> torch.Tensor:
        """Return the length as a tensor of shape ()."""
        return (self.w**2).sum().sqrt()


model = Distance()
optimizer = torch.optim.SGD(model.parameters(), lr=0.25)

with gradviz.watch(model, keep=3) as watch:
    for _ in range(6):
        optimizer.zero_grad()
        model().backward()
        optimizer.step()

print(watch)
for recorded in watch.recordings:
    origin = recorded.health().origin
    if origin is None:
        print(f"{recorded.title}: all gradients are finite")
    else:
        print(f"{recorded.title}: it begins at {recorded.graph.node[origin.node].name}")
        print(f"    {origin.reason}")
