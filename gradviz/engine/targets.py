"""The functions of x that a model can be fitted to, by name."""

from collections.abc import Callable, Mapping
from typing import Final

import torch

TARGETS: Final[Mapping[str, Callable[[torch.Tensor], torch.Tensor]]] = {
    "sin": torch.sin,
}
