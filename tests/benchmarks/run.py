"""Measures what the program promises of its speed; prints JSON and writes it to bench.json.

Everything that is compared is measured within the same run. Nothing here is a test: a machine
that is busy with something else measures that.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

import comparison
import history
import largest_gap
import machine
import models
import recording
import startup
import stepping
import tensor_table
import training
import typing_latency

BENCHMARKS = {
    "startup": startup.measure,
    "training": training.measure,
    "models": models.measure,
    "history": history.measure,
    "comparison": comparison.measure,
    "recording": recording.measure,
    "stepping": stepping.measure,
    "gaps": largest_gap.measure,
    "tensor_table": tensor_table.measure,
    "typing": typing_latency.measure,
}


def main(names: list[str]) -> None:
    """Run the benchmarks of these names, all if there are none."""
    results: dict[str, object] = {}
    for name in names or BENCHMARKS:
        results[name] = BENCHMARKS[name]()
        results[f"machine after {name}"] = machine.measure()
    text = json.dumps(results, indent=2)
    Path("bench.json").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(sys.argv[1:])
