"""How long until the window is shown, beside a bare window of the same libraries."""

import compileall
import statistics
import subprocess
import sys
import time
from pathlib import Path

from figures import Figure

import gradviz

ROUNDS = 7
LIMIT = 1.3
_FOLDER = Path(__file__).parent
_PACKAGE = Path(gradviz.__file__).parent


def seconds_until_shown(script: str) -> float:
    """Start `script` in a process of its own; return the seconds until it says `shown`."""
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, str(_FOLDER / script)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        seconds = time.perf_counter() - started
        process.wait()
    if line.strip() != "shown" or process.returncode:
        raise RuntimeError(f"{script} was not shown: {line!r}, exit code {process.returncode}")
    return seconds


def measure() -> dict[str, object]:
    """Alternate the two, so that both meet the same machine; return medians and their ratio."""
    # As pip does it for every library: the set-up compiles a checkout once, too.
    compileall.compile_dir(str(_PACKAGE), quiet=1)
    times: dict[str, list[float]] = {"bare_window.py": [], "gradviz_window.py": []}
    for script in times:
        seconds_until_shown(script)  # Files come from the disk only once.
    for _ in range(ROUNDS):
        for script, found in times.items():
            found.append(seconds_until_shown(script))
    bare, own = (statistics.median(found) for found in times.values())
    return {
        "bare_window_s": bare,
        "gradviz_window_s": own,
        "figures": [Figure("ratio", own / bare, LIMIT)],
    }
