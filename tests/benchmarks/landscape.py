"""The landscape of the tutorial's model, and the window's thread while it comes.

The loss is computed at 100 by 100 places, each over 2,000 points, in the engine; the window finds
the contour lines in a thread of its own, and draws them.
"""

from figures import Figure
from largest_gap import Rhythm
from live_window import LiveWindow

LIMIT_MS = 100.0
#: A frame.
FRAME_MS = 16.0
TIMES = 8


def measure() -> dict[str, object]:
    """Return the median time of the engine, and the most work of the window between two events."""
    rhythm, seconds = Rhythm(), []
    with LiveWindow("autograd") as window:
        controller = window.workbench.landscape
        window.window.panels.widgets["landscape"].come_to_front()
        window.wait_until(lambda: controller.landscape is not None)
        rhythm.start()
        for _ in range(TIMES):
            before = controller.landscape
            controller.refresh()
            window.wait_until(lambda before=before: controller.landscape is not before)  # type: ignore[misc]
            found = controller.landscape
            seconds.append(found.seconds if found is not None else 0.0)
        gaps = rhythm.stop()
    median = 1000 * sorted(seconds)[TIMES // 2]
    return {
        "median_ms": median,
        "slowest_ms": 1000 * max(seconds),
        **gaps,
        "figures": [
            Figure("engine_median_ms", median, LIMIT_MS),
            Figure("window_work_ms", gaps["longest_work_ms"], FRAME_MS),
        ],
    }
