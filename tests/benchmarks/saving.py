"""A session of 2,000 trained steps: saved, and how long the window's thread is held up."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from figures import Figure
from gaps import Gaps
from live_window import LiveWindow

LIMIT_MS = 200.0
#: One frame of a screen.
FRAME_MS = 16.0
STEPS = 2000
TIMES = 5


def _timed(window: LiveWindow, begin: Callable[[], None], over: Callable[[], bool]) -> list[float]:
    """Return how long it takes until it is over, and the longest work at once meanwhile, in ms.

    That work is what the window's thread does between two rings of a timer, in its own time.
    """
    gaps = Gaps(window.window)
    started = time.perf_counter()
    begin()
    window.wait_until(over)
    ended = time.perf_counter()
    gaps.end()
    return [1000 * (ended - started), 1000 * gaps.busiest]


def measure() -> dict[str, object]:
    """Return the worst of several times."""
    with LiveWindow("optim") as window, tempfile.TemporaryDirectory() as folder:
        state, files = window.state, window.window.session_files
        window.workbench.choose_steps(STEPS)
        window.workbench.train_or_pause()
        window.wait_until(
            lambda: state.progress.newest_step == STEPS and not state.progress.running
        )
        path, done = Path(folder) / "fit.gviz", [0]

        def count() -> None:
            done[0] += 1

        files.saved.connect(count)
        files.path = path
        saves = [
            _timed(window, files.save, lambda times=number: done[0] == times)  # type: ignore[misc]
            for number in range(1, TIMES + 1)
        ]
        nbytes = path.stat().st_size
    saved, gap = (max(each) for each in zip(*saves, strict=True))
    figures = [Figure("saved_ms", saved, LIMIT_MS), Figure("longest_work_ms", gap, FRAME_MS)]
    return {"bytes": nbytes, "saves_ms": [each[0] for each in saves], "figures": figures}
