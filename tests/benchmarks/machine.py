"""How evenly the machine itself works at the moment, beside which every other figure is read.

A fixed piece of work takes the same time on a machine that nobody else uses. Where its slowest
twentieth takes nearly twice its median, so does that of all else.
"""

import os
import platform
import time
from importlib.metadata import version

import numpy as np

ROUNDS = 400
_WORK = 60_000


def described() -> str:
    """Return a sentence about the machine and the releases that something was measured with."""
    return (
        f"Measured on {os.cpu_count()} cores with Python {platform.python_version()} and PyTorch "
        f"{version('torch')}."
    )


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
