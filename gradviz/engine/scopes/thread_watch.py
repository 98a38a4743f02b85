"""Whether other threads of Python take part in a forward pass."""

import sys
import threading
from types import FrameType
from typing import Any


class ThreadWatch:
    """Hears of threads that begin between `start` and `stop`.

    Attributes:
        others: Whether any other thread is known to have run.
    """

    def __init__(self) -> None:
        self.others = False
        self._before: Any = None
        self._ours: Any = None

    def start(self) -> None:
        """Begin to watch; a profiler of the user's for new threads goes on."""
        self._before = threading.getprofile()
        self._ours = self._began
        threading.setprofile(self._ours)

    def stop(self) -> None:
        """Stop to watch."""
        if threading.getprofile() is self._ours:
            threading.setprofile(self._before)
        self._ours = None

    def _began(self, frame: FrameType, event: str, argument: Any) -> None:
        """Take note, in a new thread, and let it alone from then on."""
        self.others = True
        sys.setprofile(self._before)
        if self._before is not None:
            self._before(frame, event, argument)
