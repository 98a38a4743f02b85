"""The generators of random numbers of torch, Python and NumPy, and their states."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch


@contextmanager
def generators_kept() -> Iterator[None]:
    """Let the random numbers after the context be those that would have come without it."""
    states = generators_now()
    try:
        yield
    finally:
        set_generators(states)


def generators_now() -> tuple[Any, ...]:
    """Return the states of the generators of torch, Python and NumPy."""
    started = torch.cuda.is_initialized()  # type: ignore[no-untyped-call]
    cuda = torch.cuda.get_rng_state_all() if started else None
    return torch.get_rng_state(), random.getstate(), np.random.get_state(), cuda


def set_generators(states: tuple[Any, ...]) -> None:
    """Put the generators into the states that `generators_now` returned."""
    torch_state, python, numpy, cuda = states
    torch.set_rng_state(torch_state)
    random.setstate(python)
    np.random.set_state(numpy)
    if cuda is not None:
        torch.cuda.set_rng_state_all(cuda)
