"""Training with the live plot beside the tutorial's bare loop, and the window's own rhythm."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from figures import Figure
from live_window import LiveWindow
from PySide6.QtCore import QObject, Qt, QTimer

STEPS = 20_000
ROUNDS = 5
RATIO_LIMIT = 0.95
TIMER_MS = 16
P99_LIMIT_MS = 20.0
_FOLDER = Path(__file__).parent


class Rhythm(QObject):
    """A timer of 16 ms in the window's thread that writes down when it came."""

    def __init__(self) -> None:
        super().__init__()
        self._times: list[float] = []
        self._timer = QTimer(self, interval=TIMER_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self._times.append(time.perf_counter()))

    def start(self) -> None:
        self._times.clear()
        self._timer.start()

    def stop(self) -> list[float]:
        """Return the gaps in milliseconds."""
        self._timer.stop()
        return [1000 * gap for gap in np.diff(self._times)]


def bare_steps_per_second() -> float:
    """Run the tutorial's loop in a process of its own."""
    command = [sys.executable, str(_FOLDER / "tutorial_loop.py"), str(STEPS)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def live_steps_per_second(window: LiveWindow, steps: int = STEPS) -> float:
    """Train that many steps in the window, timed from the press of Train to the last frame."""
    window.workbench.reset_training()
    window.wait_until(lambda: window.state.progress.step == 0)
    window.workbench.choose_steps(steps)
    started = time.perf_counter()
    window.workbench.train_or_pause()
    window.wait_until(lambda: window.state.progress.step >= steps)
    return steps / (time.perf_counter() - started)


def measure() -> dict[str, object]:
    """Alternate the two; return medians, their ratio, and the 99th percentile of the timer."""
    bare, live, gaps = [], [], []
    rhythm = Rhythm()
    with LiveWindow("autograd") as window:
        live_steps_per_second(window)
        for _ in range(ROUNDS):
            bare.append(bare_steps_per_second())
            rhythm.start()
            live.append(live_steps_per_second(window))
            gaps.extend(rhythm.stop())
        frames = window.frames_drawn
    ratio = statistics.median(live) / statistics.median(bare)
    p99 = float(np.percentile(gaps, 99))
    return {
        "bare_steps_per_s": statistics.median(bare),
        "live_steps_per_s": statistics.median(live),
        "frames_drawn": frames,
        "timer_max_ms": max(gaps),
        "figures": [
            Figure("ratio", ratio, RATIO_LIMIT, best=1.0),
            Figure("timer_p99_ms", p99, P99_LIMIT_MS),
        ],
    }
