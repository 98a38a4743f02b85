"""A training that is slowed: when its next steps are due."""

import math
import time
from typing import Final

#: Steps that are due within this time are done together.
FRAME_S: Final = 1 / 60
#: At most at so many steps a second every step is shown with its backward pass.
_SLOW: Final = 10.0
#: The speed is told as measured over this time.
_MEASURED_S: Final = 1.0


class StepPace:
    """So many steps a second; 0 is as fast as can be, which is never waited for.

    A training that cannot keep up does not hurry afterwards: steps that are late are forgotten.
    """

    def __init__(self, per_second: float = 0.0) -> None:
        self.per_second = per_second if math.isfinite(per_second) else 0.0
        self._next = -math.inf
        self._measured: list[tuple[float, int]] = []

    @property
    def limited(self) -> bool:
        """Tell whether steps have to be waited for."""
        return self.per_second > 0

    @property
    def slow(self) -> bool:
        """Tell whether there is time to show each step."""
        return 0 < self.per_second <= _SLOW

    @property
    def wait_s(self) -> float:
        """Return how long nothing is to be done, in seconds; 0 where a step is due."""
        if not self.limited:
            return 0.0
        return max(0.0, self._next - time.perf_counter())

    def due(self) -> int:
        """Return how many steps are due now, where they have to be waited for."""
        if self.wait_s > 0:
            return 0
        return max(1, round(self.per_second * FRAME_S))

    def take(self, steps: int) -> None:
        """Note that so many steps have been done."""
        now = time.perf_counter()
        interval = steps / self.per_second
        # From when they were due, so that the pace is kept; from now where they were too late.
        begun = now if math.isinf(self._next) else max(self._next, now - interval)
        self._next = begun + interval
        self._measured = [each for each in self._measured if now - each[0] <= _MEASURED_S]
        self._measured.append((now, steps))

    @property
    def steps_per_second(self) -> float:
        """Return the speed of the last second; the one that was asked for, while none is known."""
        if len(self._measured) < 3:
            return self.per_second
        first, last = self._measured[0][0], self._measured[-1][0]
        return sum(steps for _, steps in self._measured[1:]) / max(last - first, 1e-9)
