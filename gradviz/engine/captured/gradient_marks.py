"""Whether a backward pass has given a model any gradient, told in microseconds."""

from collections.abc import Callable, Iterable
from typing import Final

import torch

from gradviz.engine.torch_internals.tensor_memory import version_of

#: So many parameters are looked at in each pass, of those that have got a gradient before.
_LOOKED_AT: Final = 3

_Mark = tuple[int, int] | None


class GradientMarks:
    """Tells of each pass that it runs whether parameters have got a gradient by it."""

    def __init__(self, parameters: Iterable[torch.Tensor]) -> None:
        self._looked_at = [each for each in parameters if each.requires_grad]
        self._found = False

    def given_by(self, backward: Callable[[], None]) -> bool:
        """Run a pass, and tell whether it has given any gradient."""
        before = [_mark(each) for each in self._looked_at]
        backward()
        pairs = zip(self._looked_at, before, strict=True)
        if self._found:
            return any(_mark(each) != mark for each, mark in pairs)
        given = [each for each, mark in pairs if _mark(each) != mark]
        if given:
            # The others are looked at no more: a large model has thousands.
            self._looked_at = given[:: max(1, len(given) // _LOOKED_AT)][:_LOOKED_AT]
            self._found = True
        return bool(given)


def _mark(parameter: torch.Tensor) -> _Mark:
    """Return what changes when a gradient is accumulated, in place or not."""
    gradient = parameter.grad
    return None if gradient is None else (id(gradient), version_of(gradient))
