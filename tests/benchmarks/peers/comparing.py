"""The same models drawn by gradviz, torchviz, torchview and TorchLens, each in its own process."""

import contextlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from library_rows import LIBRARY_MODELS
from machine import described
from real_models import REAL_MODELS

#: Seconds for one picture, from the start of its process on.
LIMIT_S: Final = 60.0
#: The head of this part of the page of documentation.
HEAD: Final = "## Beside other programs"
INSTALL: Final = (
    ".venv/bin/python -m pip install -c constraints.txt --no-build-isolation -e '.[peers]'"
)
#: The programs by the names of their packages; None is this project.
PROGRAMS: Final[dict[str, str | None]] = {
    "gradviz, first picture": None,
    "gradviz, everything": None,
    "torchviz": "torchviz",
    "torchview": "torchview",
    "torchlens": "torchlens",
}
#: Of these a model of the library is drawn instead.
_WRITTEN_BY_HAND: Final = frozenset({"GPT2", "Llama", "Bert", "T5", "ViT", "Mamba", "ResNet50"})
_HERE: Final = Path(__file__).parent
NAMES: Final = (
    *(model.name for model in LIBRARY_MODELS),
    *(
        model.name
        for model in REAL_MODELS
        if model.class_name not in _WRITTEN_BY_HAND or model.name == "Mixtral"
    ),
)


def measure() -> dict[str, Any]:
    """Return the figures of each model by the program that drew it, and how long all of it took."""
    started = time.monotonic()
    versions = {package: _version(package) for package in PROGRAMS.values() if package}
    found: dict[str, dict[str, Any]] = {}
    with TemporaryDirectory() as folder:
        environment = _environment(Path(folder))
        for name in NAMES:
            found[name] = {
                program: _drawn(program, name, Path(folder), environment)
                if package is None or versions[package]
                else {"failed": "not installed"}
                for program, package in PROGRAMS.items()
            }
            _tell(name, found[name])
    return {
        "models": found,
        "versions": versions,
        "total_s": time.monotonic() - started,
        "figures": [],
    }


def _tell(name: str, figures: Mapping[str, Mapping[str, Any]]) -> None:
    told = ", ".join(f"{program} {cell(each)}" for program, each in figures.items())
    print(f"{name}: {told}", file=sys.stderr, flush=True)


def _version(package: str) -> str:
    with contextlib.suppress(PackageNotFoundError):
        return version(package)
    return ""


def _environment(folder: Path) -> dict[str, str]:
    """Return the variables of a process that draws: offline, and with a `dot` to call."""
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "XDG_CONFIG_HOME": str(folder / "config")}
    if shutil.which("dot") is None:
        program = folder / "dot"
        stand_in = _HERE / "stand_in_dot.py"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{stand_in}" "$@"\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        environment["PATH"] = os.pathsep.join((str(folder), environment.get("PATH", "")))
    return environment


def _drawn(program: str, name: str, folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the figures of one picture, or why there are none."""
    target = folder / "picture.svg"
    target.unlink(missing_ok=True)
    command = [sys.executable, str(_HERE / "one_picture.py"), program, name, str(target)]
    with _process(command, environment) as process:
        try:
            printed, told = process.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            return {"failed": f"over {LIMIT_S:.0f} s"}
    if process.returncode:
        last = told.strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
        return {
            "failed": last[0].partition(":")[0].rpartition(".")[2],
            "reason": _sentence(last[0]),
        }
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return found


def _sentence(error: str) -> str:
    """Return an error without the output of other programs in it, which has paths of a machine."""
    return error.partition(" [stderr:")[0].replace("PosixPath('dot')", "'dot'")


@contextlib.contextmanager
def _process(command: list[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Start a process in a group of its own, all of which is ended in the end."""
    process = subprocess.Popen(
        command,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.communicate()


def cell(figures: Mapping[str, Any]) -> str:
    """Return the figures of one picture as a cell of a table."""
    if "failed" in figures:
        return str(figures["failed"])
    return f"{figures['seconds']:.2g} s · {figures['boxes']} · {100 * figures['readable']:.0f} %"


def section(measured: Mapping[str, Any]) -> str:
    """Return the part of the page of documentation that compares the programs."""
    versions = measured["versions"]
    heads = [
        f"{program} {versions[package]}".strip() if package else program
        for program, package in PROGRAMS.items()
    ]
    rows = [f"| model | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    rows += [
        f"| {name} | {' | '.join(cell(figures[program]) for program in PROGRAMS)} |"
        for name, figures in measured["models"].items()
    ]
    missing = [package for package, found in versions.items() if not found]
    hint = f"\n`{INSTALL}` installs what is not installed.\n" if missing else ""
    return f"{_explained()}\n{chr(10).join(rows)}\n{hint}{_told(measured)}"


def _told(measured: Mapping[str, Any]) -> str:
    reasons = dict.fromkeys(
        f"- {name}, {program}: {each['reason']}"
        for name, figures in measured["models"].items()
        for program, each in figures.items()
        if "reason" in each
    )
    failed = f"\nFailures:\n\n{chr(10).join(reasons)}\n" if reasons else ""
    return f"{failed}\nAll of it took {measured['total_s'] / 60:.0f} minutes.\n"


def _explained() -> str:
    return f"""\
{HEAD}

{described()} Written by `make bench ARGS=peers`, which sets other programs beside gradviz;
`{INSTALL}` installs them. Each picture is made in a process
of its own, which is ended after {LIMIT_S:.0f} s.

A cell has the time from the built module to the SVG file (running the model, finding its graph,
layout, writing), the boxes, and the share of them that can be read at once: they are on a canvas of
1,000 × 620 pixels at a scale at which a label is at least 10 pixels high. Of a larger picture that
is the part at its output. Loading Python, PyTorch and the program, and building the model, are not
in the time.

The programs answer different questions, so their numbers of boxes differ by design:

- **gradviz** draws PyTorch's backward graph in the groups of the modules that made it. Its first
  picture is as deep as can be read, and a click opens the rest; *everything* has every node, every
  group open and every parameter. It records each gradient of a backward pass, which is in its time.
- **torchviz** draws the same backward graph flat, without modules, with a box for each parameter
  and each operation.
- **torchview** draws the calls of modules in the forward pass, here to its usual depth of 3 with
  their nesting, and no backward graph.
- **TorchLens** draws each operation of the forward pass in its modules, and keeps every activation,
  which is in its time.

These three have Graphviz's dot lay out the whole at once; gradviz has it for each group.
"""
