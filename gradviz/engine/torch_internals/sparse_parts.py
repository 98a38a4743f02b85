"""The parts of a sparse tensor as it stores them, where an index may occur twice."""

import torch


def stored_parts(tensor: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return values and indices of a COO tensor as it stores them.

    Where PyTorch does not give them they are those of a copy that has each index once.
    """
    try:
        return tensor._values(), tensor._indices()
    except AttributeError:
        once = tensor.coalesce()
        return once.values(), once.indices()
