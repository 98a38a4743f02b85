"""Work beside the training: no more often than is seen, and for a small share of the time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class TimeShare:
    """Tells when work is due again, by how long it took the last time."""

    def __init__(self, least_s: float, share: float) -> None:
        """Have `least_s` seconds at least between two pieces of work, and `share` of the time."""
        self._least_s, self._share = least_s, share
        self._next = 0.0

    @property
    def due(self) -> bool:
        """Tell whether the work may be done now."""
        return time.perf_counter() >= self._next

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Do the work within the context, with all that is done with its result."""
        started = time.perf_counter()
        yield
        ended = time.perf_counter()
        self._next = ended + max(self._least_s, (ended - started) / self._share)
