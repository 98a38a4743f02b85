"""How long the window's thread does not get round to its events, beside what the machine can do."""

import time

from PySide6.QtCore import QObject, Qt, QTimer


class Gaps:
    """The gaps between the turns of a 10 ms timer of the window.

    Attributes:
        longest: The longest gap, in seconds of the clock on the wall.
        busiest: The longest that the thread worked between two turns, in seconds of its own time:
            another process that has the processor does not count.
    """

    def __init__(self, parent: QObject) -> None:
        self.longest = 0.0
        self.busiest = 0.0
        self.turns = 0
        self._clock = QTimer(parent, interval=10, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._turn)
        self._seen = time.monotonic()
        self._worked = time.thread_time()
        self._clock.start()

    def _turn(self) -> None:
        now, worked = time.monotonic(), time.thread_time()
        self.longest = max(self.longest, now - self._seen)
        self.busiest = max(self.busiest, worked - self._worked)
        self._seen, self._worked = now, worked
        self.turns += 1

    def end(self) -> None:
        """Stop measuring; what goes on now counts too."""
        self._turn()
        self._clock.stop()


def seconds_to_count() -> float:
    """Return the time of this thread for a plain loop, which takes 12 ms on a usual machine."""
    best = float("inf")
    for _ in range(3):
        started = time.thread_time()
        total = 0
        for number in range(200_000):
            total += number * number
        best = min(best, time.thread_time() - started)
    return best
