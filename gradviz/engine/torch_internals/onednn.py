"""oneDNN, the library by which PyTorch computes some operations in single precision alone."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def without_onednn() -> Iterator[None]:
    """Have PyTorch compute without oneDNN within; where it cannot be turned off, as always."""
    flags = torch.backends.mkldnn
    before = getattr(flags, "enabled", None)
    if before is None:
        yield
        return
    flags.enabled = False  # type: ignore[assignment]
    try:
        yield
    finally:
        flags.enabled = before
