"""How long from `gradviz.show(loss)` to the drawn graph, beside the program's own window."""

import statistics
import subprocess
import sys
from pathlib import Path

from figures import Figure

ROUNDS = 7
#: Seconds, with all that is loaded for it in both processes.
LIMIT = 1.0
_PROGRAM = Path(__file__).parent / "showing_program.py"


def measure() -> dict[str, object]:
    """Start the program several times; return the median of its seconds."""
    found = [_seconds() for _ in range(ROUNDS + 1)][1:]
    return {"seconds": found, "figures": [Figure("show_s", statistics.median(found), LIMIT)]}


def _seconds() -> float:
    done = subprocess.run(
        [sys.executable, str(_PROGRAM)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)
