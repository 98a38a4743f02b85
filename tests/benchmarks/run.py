"""Measures what the program promises of its speed; prints JSON and writes it to bench.json.

The pictures of real models, and those that other programs make of them, are tables in
docs/benchmarks.md too.

Everything that is compared is measured within the same run. A figure counts as met where several
runs in a row meet it with a tenth to spare; the report at the end says of each how it was met.
Nothing here is a test: a machine that is busy with something else measures that.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import comparison
import films
import graph_command
import history
import landscape
import languages
import largest_gap
import machine
import models
import pictures
import recording
import saving
import showing
import startup
import stepping
import tensor_table
import training
import typing_latency
import watching
import withdrawing
from figures import figures_in, verdict
from peers import comparing, making_dots

BENCHMARKS: dict[str, Callable[[], dict[str, object]]] = {
    "startup": startup.measure,
    "graph_command": graph_command.measure,
    "training": training.measure,
    "models": models.measure,
    "history": history.measure,
    "comparison": comparison.measure,
    "recording": recording.measure,
    "pictures": pictures.measure,
    "peers": comparing.measure,
    "showing": showing.measure,
    "watching": watching.measure,
    "withdrawing": withdrawing.measure,
    "make_dot": making_dots.measure,
    "stepping": stepping.measure,
    "sessions": saving.measure,
    "gaps": largest_gap.measure,
    "tensor_table": tensor_table.measure,
    "typing": typing_latency.measure,
    "films": films.measure,
    "landscape": landscape.measure,
    "languages": languages.measure,
}


#: The others run once: each of them takes minutes.
QUICK = (
    "startup",
    "graph_command",
    "training",
    "recording",
    "make_dot",
    "stepping",
    "sessions",
    "gaps",
    "tensor_table",
    "typing",
    "landscape",
    "languages",
)
RUNS = 3
#: Those that are parts of the page of documentation, in its order.
PARTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "pictures": pictures.page,
    "peers": comparing.section,
}
_PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def main(names: list[str]) -> None:
    """Run the benchmarks of these names, all if there are none."""
    results: dict[str, object] = {}
    report: dict[str, dict[str, object]] = {}
    for name in names or BENCHMARKS:
        measured = [_alone(name) for _ in range(RUNS if name in QUICK else 1)]
        report[name] = _reported(measured)
        results[name] = [figures_in(each) for each in measured]
        results[f"machine after {name}"] = machine.measure()
        if name in PARTS:
            _write_part(name, PARTS[name](measured[-1]))
    text = json.dumps({**results, "report": report}, indent=2)
    Path("bench.json").write_text(text + "\n", encoding="utf-8")
    print(text)


def _alone(name: str) -> dict[str, Any]:
    """Run a benchmark in a process of its own: what others have loaded would be measured too."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        return processes.submit(_measured, name).result()


def _measured(name: str) -> dict[str, Any]:
    return BENCHMARKS[name]()


def _write_part(name: str, text: str) -> None:
    """Write one of the parts of the page of documentation, and leave the others as they are."""
    page = _PAGE.read_text(encoding="utf-8") if _PAGE.exists() else ""
    first, _, last = page.partition(f"\n{comparing.HEAD}\n")
    parts = {"pictures": first, "peers": f"{comparing.HEAD}\n{last}" if last else "", name: text}
    _PAGE.write_text("\n".join(filter(None, parts.values())), encoding="utf-8")


def _reported(measured: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Return for each figure its values in all runs, its limit, and how well it was met."""
    runs = zip(*(each["figures"] for each in measured), strict=True)
    return {
        figures[0].name: {
            "values": [figure.value for figure in figures],
            "limit": figures[0].limit,
            "verdict": verdict(figures),
        }
        for figures in runs
    }


if __name__ == "__main__":
    main(sys.argv[1:])
