"""Each of the tutorials' models in the window, beside its tutorial's own loop in a bare process."""

import statistics
import subprocess
import sys
from pathlib import Path

from figures import Figure
from live_window import LiveWindow
from training import RATIO_LIMIT, live_steps_per_second

MODELS = ("numpy", "tensors", "autograd", "function", "nn", "optim", "module", "dynamic")
STEPS = 10_000
ROUNDS = 3
_LOOP = Path(__file__).parent / "any_loop.py"


def bare_steps_per_second(model: str) -> float:
    """Run the tutorial's loop in a process of its own."""
    command = [sys.executable, str(_LOOP), model, str(STEPS)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def measure() -> dict[str, object]:
    """Alternate the two for each model; return medians and their ratio."""
    results: dict[str, object] = {}
    ratios = []
    for model in MODELS:
        bare, live = [], []
        with LiveWindow(model) as window:
            live_steps_per_second(window, STEPS)
            for _ in range(ROUNDS):
                bare.append(bare_steps_per_second(model))
                live.append(live_steps_per_second(window, STEPS))
        ratio = statistics.median(live) / statistics.median(bare)
        ratios.append(ratio)
        results[model] = {
            "bare_steps_per_s": statistics.median(bare),
            "live_steps_per_s": statistics.median(live),
            "ratio": ratio,
        }
    return {**results, "figures": [Figure("ratio", min(ratios), RATIO_LIMIT, best=1.0)]}
