"""The state of a user's own module: as it was when the same step is run again."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import torch
from torch import nn

from gradviz.engine.own.attributes import Attributes, Values, plain_values, put_back


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

    def portable(self, memory: Any) -> Any:
        """Return a memory in plain data; attributes of other than simple types are left out."""
        if memory is None:
            return None
        now, before, step = memory
        return [_plain(now), _plain(before), step]

    def of_portable(self, plain: Any) -> Any:
        """Return the memory that `plain` was made of; raises ValueError where it was of none."""
        if plain is None:
            return None
        now, before, step = plain
        return self._state_of(now), self._state_of(before), int(step)

    def _state_of(self, plain: Any) -> _State:
        buffers, attributes = plain
        shapes = {name: (each.shape, each.dtype) for name, each in self._copies().items()}
        if {name: (each.shape, each.dtype) for name, each in buffers.items()} != shapes:
            raise ValueError("the module has other buffers")
        device = {name: each.device for name, each in self._module.named_buffers()}
        there = {name: each.to(device[name]) for name, each in buffers.items()}
        return _State(there, self._attributes.of_plain(attributes))

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


def _plain(state: _State) -> Any:
    return dict(state.buffers), plain_values(state.attributes)
