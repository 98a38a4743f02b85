"""How long `gradviz graph` takes for a picture, beside the import of torch and gradviz alone."""

import compileall
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figures import Figure

import gradviz

ROUNDS = 7
LIMIT = 1.3
_PACKAGE = Path(gradviz.__file__).parent
_POLYNOMIAL = "a + b x + c x^2 + d x^3"


def seconds_of(*arguments: str) -> float:
    """Return the seconds that Python takes with these arguments, from its start to its end."""
    started = time.perf_counter()
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, capture_output=True, cwd=_PACKAGE.parent)
    return time.perf_counter() - started


def measure() -> dict[str, object]:
    """Alternate the two, so that both meet the same machine; return medians and their ratio."""
    compileall.compile_dir(str(_PACKAGE), quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        picture = str(Path(folder) / "graph.svg")
        commands = {
            "import": ("-c", "import torch, gradviz"),
            "graph": ("-m", "gradviz", "graph", _POLYNOMIAL, "-o", picture),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for command in commands.values():
            seconds_of(*command)  # Files come from the disk only once.
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(seconds_of(*command))
    alone, whole = (statistics.median(times[name]) for name in commands)
    return {
        "import_s": alone,
        "graph_s": whole,
        "figures": [Figure("graph_to_import", whole / alone, LIMIT)],
    }
