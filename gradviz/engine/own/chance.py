"""The random numbers that a user's own module draws."""

import random
from dataclasses import dataclass
from typing import Final

import torch

_SEEDS: Final = 2**63


@dataclass(frozen=True, slots=True)
class Chance:
    """The random numbers of a model: the same at the same step, whoever drew in between."""

    seed: int
    device: torch.device

    def draw_anew(self, step: int) -> None:
        """Seed the generators of Python and torch for a step of the training."""
        seed = (self.seed + step) % _SEEDS
        random.seed(seed)
        # torch.manual_seed would write down where it was called, each time, for a GPU not yet up.
        torch.default_generator.manual_seed(seed)
        if self.device.type == "cuda":
            torch.cuda.manual_seed(seed)
