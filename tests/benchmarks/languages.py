"""The change of the language of an open window, to Chinese and back, until all of it is painted."""

import statistics
import time

from figures import Figure
from largest_gap import Rhythm
from live_window import LiveWindow
from PySide6.QtWidgets import QApplication

LIMIT_MS = 200.0
TIMES = 6


def measure() -> dict[str, object]:
    """Return the median time of a change, and the most work of the window between two events."""
    rhythm, found = Rhythm(), []
    with LiveWindow("autograd") as window:
        window.window.panels.make_the_rest()
        rhythm.start()
        for code in ("zh_CN", "en") * TIMES:
            told: list[bool] = []
            once = window.state.language_changed.connect(lambda told=told: told.append(True))
            started = time.perf_counter()
            window.window.choose_language(code)
            window.wait_until(lambda told=told: bool(told) and window.window.updatesEnabled())  # type: ignore[misc]
            QApplication.processEvents()
            found.append(1000 * (time.perf_counter() - started))
            window.state.language_changed.disconnect(once)
        gaps = rhythm.stop()
    median = statistics.median(found)
    return {
        "median_ms": median,
        "slowest_ms": max(found),
        **gaps,
        "figures": [Figure("change_median_ms", median, LIMIT_MS)],
    }
