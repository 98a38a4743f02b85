"""How evenly the machine itself works at the moment, beside which every other figure is read.

A fixed piece of work takes the same time on a machine that nobody else uses. Where its slowest
twentieth takes nearly twice its median, so does that of all else.
"""

import time

import numpy as np

ROUNDS = 400
_WORK = 60_000


def measure() -> dict[str, float]:
    """Return the median of the fixed work and how far its percentiles lie above it."""
    found = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        total = 0
        for each in range(_WORK):
            total += each
        found.append(1000 * (time.perf_counter() - started))
    median = float(np.median(found))
    return {
        "work_median_ms": median,
        "work_p95_over_median": float(np.percentile(found, 95)) / median,
        "work_p99_over_median": float(np.percentile(found, 99)) / median,
    }
