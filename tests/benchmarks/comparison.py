"""How often the plot of eight compared runs is drawn, while a timer of 16 ms keeps its rhythm."""

import time

import numpy as np
from figures import Figure
from live_window import LiveWindow
from training import TIMER_MS, Rhythm

from gradviz.core.choices.comparison import MOST
from gradviz.ui.panels.plots.plot_panel import PlotPanel

SECONDS = 5.0
FRAMES_LIMIT = 60.0
#: A timer of 16 ms comes 62.5 times a second at best, and sometimes a millisecond late.
TOLERANCE = 0.03


def _drawn_per_second(window: LiveWindow, panel: PlotPanel) -> float:
    before, started = panel.frames_drawn, time.perf_counter()
    end = started + SECONDS
    window.wait_until(lambda: time.perf_counter() >= end)
    return (panel.frames_drawn - before) / (time.perf_counter() - started)


def measure() -> dict[str, object]:
    """Compare eight runs of the tutorial's model, and count the frames of their plot."""
    rhythm = Rhythm()
    with LiveWindow("autograd") as window:
        panel = window.window.panels.widgets["compare"]
        assert isinstance(panel, PlotPanel)
        window.wait_until(lambda: not window.state.building)
        window.workbench.choose_steps(1_000_000)
        for _ in range(MOST):
            window.workbench.comparison.add_other_seed()
        comparison = window.state.comparison
        window.wait_until(lambda: panel.seen and len(comparison.runs) == MOST)
        window.workbench.comparison.run_or_stop()
        window.wait_until(lambda: comparison.step > 1000)
        first, started = comparison.step, time.perf_counter()
        rhythm.start()
        frames = _drawn_per_second(window, panel)
        gaps = rhythm.stop()
        steps = (comparison.step - first) / (time.perf_counter() - started)
        window.workbench.comparison.run_or_stop()
        window.wait_until(lambda: not comparison.running)
    return {
        "frames_per_s": frames,
        "frames_limit": FRAMES_LIMIT,
        "steps_per_s_of_each_run": steps,
        "timer_ms": TIMER_MS,
        "timer_p99_ms": float(np.percentile(gaps, 99)),
        "figures": [
            Figure("frames_per_s", frames, FRAMES_LIMIT * (1 - TOLERANCE), best=1000 / TIMER_MS)
        ],
    }
