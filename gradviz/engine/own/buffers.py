"""The state of a user's own module: as it was when the same step is run again."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import torch
from torch import nn

from gradviz.engine.own.attributes import Attributes, Values, put_back


class _State(NamedTuple):
    """Copies of the buffers, and the values of the attributes that forward changes."""

    buffers: Mapping[str, torch.Tensor]
    attributes: Values


class Buffers:
    """Keeps copies of the buffers of `module`: of the start, and of before the step in hand.

    The attributes that forward changes are kept with them, once `follow_attributes` has found them.
    """

    def __init__(self, module: nn.Module) -> None:
        self._module = module
        self._attributes = Attributes(module)
        self._first = _State(self._copies(), {})
        self._before, self._step = self._first, 0

    def follow_attributes(self) -> None:
        """Keep the attributes too that the first run, which is done by now, has changed."""
        self._first = self._first._replace(attributes=self._attributes.find_changing())
        self._before = self._first

    def restore(self, step: int) -> None:
        """Put the buffers to where they were before `step` was last run."""
        if not any(self._first):
            return
        if step in (0, self._step):
            self._put(self._before if step else self._first)
        self._before, self._step = self._now(), step

    def memory(self) -> Any:
        """Return a copy of the buffers, now and before the step in hand; None without buffers."""
        return (self._now(), self._before, self._step) if any(self._first) else None

    def recall(self, memory: Any) -> None:
        """Return to the state that `memory` gave."""
        if memory is not None:
            now, self._before, self._step = memory
            self._put(now)

    @torch.no_grad()
    def _put(self, state: _State) -> None:
        copies = state.buffers
        for name, buffer in self._module.named_buffers():
            if name in copies:
                put_back(buffer, copies[name])
        self._attributes.put(state.attributes)

    def _now(self) -> _State:
        return _State(self._copies(), self._attributes.values())

    def _copies(self) -> dict[str, torch.Tensor]:
        return {
            name: buffer.detach().clone()
            for name, buffer in self._module.named_buffers()
            if not nn.parameter.is_lazy(buffer)
        }
