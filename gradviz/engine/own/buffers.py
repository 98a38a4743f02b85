"""The buffers of a user's own module: as they were when the same step is run again."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn


class Buffers:
    """Keeps copies of the buffers of `module`: of the start, and of before the step in hand."""

    def __init__(self, module: nn.Module) -> None:
        self._module = module
        self._first = self._copies()
        self._before, self._step = self._first, 0

    def restore(self, step: int) -> None:
        """Put the buffers to where they were before `step` was last run."""
        if not self._first:
            return
        if step in (0, self._step):
            self._put(self._before if step else self._first)
        self._before, self._step = self._copies(), step

    def memory(self) -> Any:
        """Return a copy of the buffers, now and before the step in hand; None without buffers."""
        return (self._copies(), self._before, self._step) if self._first else None

    def recall(self, memory: Any) -> None:
        """Return to the state that `memory` gave."""
        if memory is not None:
            now, self._before, self._step = memory
            self._put(now)

    @torch.no_grad()
    def _put(self, copies: Mapping[str, torch.Tensor]) -> None:
        for name, buffer in self._module.named_buffers():
            if name in copies:
                buffer.copy_(copies[name])

    def _copies(self) -> dict[str, torch.Tensor]:
        return {
            name: buffer.detach().clone()
            for name, buffer in self._module.named_buffers()
            if not nn.parameter.is_lazy(buffer)
        }
