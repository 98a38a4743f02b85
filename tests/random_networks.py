"""Small networks made at random, with weights that are used again and values that are shared."""

from dataclasses import dataclass

import torch
from hypothesis import strategies as st
from torch import nn

_ACTIVATIONS = ("tanh", "sigmoid", "relu", "softplus", "gelu", "sin")
_JOINS = ("add", "mul", "cat", "max")
#: Every layer takes and gives so many features: all of them fit together.
WIDTH = 3


@dataclass(frozen=True)
class Layer:
    """One layer: an earlier value goes through a weight of the shelf, and meets another value.

    `source` and `other` count earlier values, `weight` the weights, each modulo how many there
    are.
    """

    source: int
    weight: int
    activation: str
    join: str
    other: int


@dataclass(frozen=True)
class Plan:
    """A whole network: its layers, how many weights they share, and the seed of their values."""

    layers: tuple[Layer, ...]
    weights: int
    rows: int
    seed: int

    def built(self, dtype: torch.dtype = torch.float32) -> "Network":
        """Return the network, and nothing else is drawn from torch's generator."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.seed)
            return Network(self).to(dtype)


class Network(nn.Module):
    """Runs a plan on its own input, to a scalar."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan
        self.shelf = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in range(plan.weights))
        self.gain = nn.Parameter(torch.randn(WIDTH))
        self.register_buffer("x", torch.randn(plan.rows, WIDTH))

    def forward(self) -> torch.Tensor:
        """Return the mean square of the last value, of shape ()."""
        values = [self.get_buffer("x") * self.gain]
        for layer in self.plan.layers:
            weight = self.shelf[layer.weight % len(self.shelf)]
            value = _activated(weight(values[layer.source % len(values)]), layer.activation)
            values.append(_joined(value, values[layer.other % len(values)], layer.join))
        return values[-1].square().mean()


def plans() -> st.SearchStrategy[Plan]:
    """Return networks of one to seven layers over one to three weights."""
    numbers = st.integers(0, 6)
    layers = st.builds(
        Layer, numbers, numbers, st.sampled_from(_ACTIVATIONS), st.sampled_from(_JOINS), numbers
    )
    return st.builds(
        Plan,
        layers=st.lists(layers, min_size=1, max_size=7).map(tuple),
        weights=st.integers(1, 3),
        rows=st.integers(1, 3),
        seed=st.integers(0, 2**16),
    )


def _activated(value: torch.Tensor, name: str) -> torch.Tensor:
    functions = nn.functional if name in ("softplus", "gelu", "relu") else torch
    result: torch.Tensor = getattr(functions, name)(value)
    return result


def _joined(one: torch.Tensor, other: torch.Tensor, how: str) -> torch.Tensor:
    match how:
        case "add":
            return one + other
        case "mul":
            return one * other
        case "cat":
            # Half of each: a value is cut, and its gradient comes together again.
            return torch.cat([one[:, :1], other[:, 1:]], dim=1)
        case _:
            return torch.maximum(one, other)
