"""What a watch costs a training loop in the steps that it does not record."""

import statistics
import time

import torch
from figures import Figure
from torch import nn

import gradviz

ROUNDS = 15
STEPS = 200
LIMIT = 1.02


def measure() -> dict[str, object]:
    """Alternate a loop alone and the same loop watched; return the median of their ratios."""
    torch.manual_seed(0)
    # Threads that wait for one another would be counted as work.
    torch.set_num_threads(1)
    layers = [layer for _ in range(12) for layer in (nn.Linear(64, 64), nn.ReLU())]
    model = nn.Sequential(*layers, nn.Linear(64, 1))
    _seconds(model)
    ratios = []
    watch = gradviz.watch(model, every=10**9)
    with watch:
        _seconds(model)  # The first step is recorded.
    for number in range(ROUNDS):
        alone, watched = (0.0, 0.0)
        # Neither is always the first: what runs second meets a warmer machine.
        for kind in ("alone", "watched") if number % 2 else ("watched", "alone"):
            if kind == "alone":
                alone = _seconds(model)
            else:
                with watch:
                    watched = _seconds(model)
        ratios.append(watched / alone)
    ratio = statistics.median(ratios)
    return {"ratios": ratios, "figures": [Figure("watch_ratio", ratio, LIMIT)]}


def _seconds(model: nn.Module) -> float:
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
    x = torch.randn(32, 64)
    began = time.process_time()
    for _ in range(STEPS):
        optimizer.zero_grad()
        model(x).pow(2).mean().backward()
        optimizer.step()
    return time.process_time() - began
