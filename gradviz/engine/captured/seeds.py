"""The seed that the user's program has chosen."""

from typing import Final

import torch

#: The seed of a generator that nobody has seeded.
_UNSEEDED: Final = torch.Generator().initial_seed()


def chosen_seed() -> int | None:
    """Return the last seed of PyTorch's random numbers on the CPU; None where none was chosen."""
    seed = torch.default_generator.initial_seed()
    return None if seed == _UNSEEDED else seed
