"""The losses of a training that goes on, as an array that grows."""

import numpy as np

from gradviz.core.graphs.tensors import Floats


class LossHistory:
    """Every step's loss so far, in one array that grows by doubling."""

    def __init__(self) -> None:
        self._values = np.empty(4096)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def values(self) -> Floats:
        """Return a view of shape (steps,)."""
        return self._values[: self._size]

    def extend(self, losses: Floats) -> None:
        """Append losses of shape (n,)."""
        needed = self._size + len(losses)
        if needed > len(self._values):
            larger = np.empty(max(needed, 2 * len(self._values)))
            larger[: self._size] = self.values
            self._values = larger
        self._values[self._size : needed] = losses
        self._size = needed

    def shorten(self, steps: int) -> None:
        """Keep the losses of the first `steps` steps alone."""
        self._size = min(self._size, steps)
