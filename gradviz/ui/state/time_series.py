"""Values over the steps of a training: their thinned rows."""

from collections.abc import Sequence

import numpy as np

from gradviz.core.graphs.tensors import Floats


class TimeSeries:
    """Values at some of the steps: at most `limit` rows, thinned evenly as the run grows."""

    def __init__(self, limit: int = 1000) -> None:
        self._limit = limit
        self._spacing = 0
        self._steps: list[int] = []
        self._rows: list[tuple[float, ...]] = []

    def __len__(self) -> int:
        return len(self._steps)

    def add(self, step: int, values: Sequence[float]) -> None:
        """Drop the rows from `step` on; keep `values` at `step` unless it is too near the last."""
        while self._steps and self._steps[-1] >= step:
            self._steps.pop()
            self._rows.pop()
        if not self._steps:
            self._spacing = 0
        elif step - self._steps[-1] < self._spacing:
            return
        self._steps.append(step)
        self._rows.append(tuple(values))
        if len(self._steps) == self._limit:
            del self._steps[1::2], self._rows[1::2]
            self._spacing = 2 * step // self._limit

    def forget_after(self, step: int) -> None:
        """Forget the rows after `step`."""
        while self._steps and self._steps[-1] > step:
            self._steps.pop()
            self._rows.pop()

    def arrays(self) -> tuple[Floats, Floats]:
        """Return the steps, shape (n,), and the values, shape (n, values)."""
        return np.array(self._steps, dtype=np.float64), np.array(self._rows, dtype=np.float64)

    def columns(self, *places: int) -> Floats:
        """Return some of the values, shape (n, places)."""
        rows = [[row[place] for place in places] for row in self._rows]
        return np.array(rows, dtype=np.float64).reshape(-1, len(places))
