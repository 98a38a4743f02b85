"""The random numbers of a pass, and whether its backward pass draws others than its forward."""

from itertools import chain
from typing import Any

import torch


class RandomNumbers:
    """The states of the generators before each draw.

    A checkpoint that keeps the state of the random numbers draws in the backward pass what it drew
    in the forward pass; one that does not draws another mask for its dropout.

    Attributes:
        anew: Whether the backward pass has drawn where the forward pass has not.
    """

    def __init__(self) -> None:
        """Begin with a forward pass."""
        self.anew = False
        self._states: set[bytes] = set()
        self._backward = False

    def begin_backward(self) -> None:
        """Compare the draws from now on with those of the forward pass."""
        self._backward = True

    def note(self, given: list[Any]) -> None:
        """Note a draw by an operation with these arguments, before it runs."""
        generator = _generator(given)
        if generator is None:
            return
        state = generator.get_state().numpy().tobytes()
        if self._backward:
            self.anew = self.anew or state not in self._states
        else:
            self._states.add(state)


def _generator(given: list[Any]) -> torch.Generator | None:
    """Return the generator that an operation with these arguments draws from."""
    for each in given:
        if isinstance(each, torch.Generator):
            return each
    devices = (each.device for each in given if isinstance(each, torch.Tensor))
    named = (each for each in given if isinstance(each, torch.device))
    device = next(chain(devices, named), torch.device("cpu"))
    if device.type == "cpu":
        return torch.default_generator
    if device.type == "cuda" and torch.cuda.is_initialized():  # type: ignore[no-untyped-call]
        index = torch.cuda.current_device() if device.index is None else device.index
        return torch.cuda.default_generators[index]
    return None
