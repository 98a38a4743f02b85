"""What is installed here, tried out: each part with its state, and what mends it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from gradviz import __version__
from gradviz.cli.in_process_engine import Engine
from gradviz.core.choices.settings import Model
from gradviz.core.language.saying import listed, marked, tr, tr_n
from gradviz.core.namesake import DISTRIBUTION, NAMESAKE_REMEDY, namesake
from gradviz.core.number_text import counted
from gradviz.core.tried_versions import TRIED, release, untried
from gradviz.protocol.events import BackwardRecorded

#: A part that is absent is missed by nothing but what it is for.
Condition: TypeAlias = Literal["works", "absent", "broken"]

_FIRST_PYTHON: Final = (3, 11)
#: The libraries without which gradviz does not work, and the first release of each that does.
REQUIRED: Final = {
    "PySide6-Essentials": "6.11",
    "pyqtgraph": "0.14",
    "torch": "2.13",
    "graphviz": "0.20",
    "pygraphviz": "2.0",
    "lark": "1.2",
    "msgspec": "0.21",
    "numpy": "2.0",
    "pyyaml": "6",
    "safetensors": "0.5",
    "networkx": "3",
    "rich": "13",
    "shtab": "1.7",
    "pillow": "11",
    "ziamath": "0.13",
}
#: By the name of the extra: the library that it brings, and what that is for.
EXTRAS: Final = {
    "video": ("av", marked("films as MP4")),
    "onnx": ("onnx", marked("files of ONNX")),
}
_QT_PACKAGES: Final = (
    "sudo apt-get install libegl1 libgl1 libopengl0 libdbus-1-3 libfontconfig1 libxkbcommon-x11-0 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0"
)
_TRIAL_S: Final = 30.0


class TriedPart(NamedTuple):
    """A part of the installation: how it is, in a sentence, and what mends it where it is not."""

    name: str
    state: Condition
    told: str
    remedy: str = ""


def parts() -> Iterator[TriedPart]:
    """Yield the parts, each once it has been tried."""
    yield _python()
    told = tr(
        "gradviz {version} in {folder}.", version=__version__, folder=Path(__file__).parents[1]
    )
    yield TriedPart("gradviz", "works", told)
    yield _name()
    for library, first in REQUIRED.items():
        yield _library(library, first)
    yield _tried("PyTorch", _torch, _reinstalled("torch"))
    yield _tried(tr("devices"), _devices, _reinstalled("torch"))
    if sys.platform == "linux":
        remedy = tr(
            "Install the packages that bring them; on Debian and Ubuntu: {command}",
            command=_QT_PACKAGES,
        )
        yield _tried(tr("libraries of Qt"), _qt_libraries, remedy)
    remedy = tr("Install one, such as DejaVu: apt install fonts-dejavu-core")
    yield _tried(tr("fonts"), _fonts, remedy)
    yield from _formats()
    yield _display()
    for extra, (library, use) in EXTRAS.items():
        yield _extra(extra, library, use)


def _reinstalled(library: str) -> str:
    return tr("Run: {command}", command=f"python -m pip install --force-reinstall {library}")


def _python() -> TriedPart:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < _FIRST_PYTHON:
        return TriedPart(
            "Python",
            "broken",
            tr("Python {version} is too old.", version=version),
            tr("Install Python 3.11."),
        )
    return TriedPart(
        "Python", "works", tr("Python {version}, {path}.", version=version, path=sys.executable)
    )


def _name() -> TriedPart:
    other = namesake()
    if other:
        return TriedPart(tr("name"), "broken", other, NAMESAKE_REMEDY)
    return TriedPart(tr("name"), "works", tr("No other package has the name gradviz here."))


def _installed(library: str) -> str:
    """Return the version of a distribution; empty where it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _library(library: str, first: str) -> TriedPart:
    end = f",<{TRIED[library].end}" if library in TRIED else ""
    remedy = tr("Run: {command}", command=f'python -m pip install "{library}>={first}{end}"')
    version = _installed(library)
    if not version:
        told = tr("{library} is not installed.", library=library)
        return TriedPart(library, "broken", told, remedy)
    if release(version) < release(first):
        told = tr(
            "{library} {version} is older than {first}.",
            library=library,
            version=version,
            first=first,
        )
        return TriedPart(library, "broken", told, remedy)
    beyond = untried(library, version) if library in TRIED else ""
    if beyond:
        return TriedPart(library, "broken", beyond, remedy)
    told = tr("{library} {version}.", library=library, version=version)
    return TriedPart(library, "works", told)


def _tried(name: str, trial: Callable[[], str], remedy: str) -> TriedPart:
    """Return how a trial ends: its sentence, or the first line of its error."""
    try:
        return TriedPart(name, "works", trial())
    except Exception as error:  # noqa: BLE001 - whatever is wrong is what is asked for
        reason = next(iter(str(error).splitlines()), "")
        return TriedPart(name, "broken", f"{type(error).__name__}: {reason}", remedy)


def _torch() -> str:
    import torch

    slope = torch.ones((), requires_grad=True)
    (found,) = torch.autograd.grad(slope * 2, slope)
    if found.item() != 2:
        raise ArithmeticError("the gradient of 2 x is not 2")
    return tr("PyTorch {version} differentiates.", version=torch.__version__)


def _devices() -> str:
    from gradviz.engine.tensors.devices import devices, resolved

    found = [str(resolved(device.name)) for device in devices()]
    return tr("Computations start on {devices}.", devices=listed(found))


def _qt_libraries() -> str:
    from importlib.util import find_spec

    spec = find_spec("PySide6")
    if spec is None or spec.origin is None or shutil.which("ldd") is None:
        return tr("They cannot be looked up here.")
    folder = Path(spec.origin).parent / "Qt"
    files = ("lib/libQt6Widgets.so.6", "plugins/platforms/libqxcb.so")
    missing = [each for file in files for each in _not_found(folder / file)]
    if missing:
        raise FileNotFoundError(
            tr("the system has no {libraries}", libraries=listed(dict.fromkeys(missing)))
        )
    return tr("The system has all libraries that Qt needs.")


def _not_found(file: Path) -> list[str]:
    """Return the names of the libraries that a file looks for in vain."""
    done = subprocess.run(["ldd", str(file)], capture_output=True, text=True, check=False)  # noqa: S607
    return [line.split()[0] for line in done.stdout.splitlines() if "=> not found" in line]


def _fonts() -> str:
    from PySide6.QtGui import QFontDatabase

    from gradviz.export.page import require_application

    require_application()
    return tr_n(
        "{count} families of fonts.", "{count} family of fonts.", len(QFontDatabase.families())
    )


def _formats() -> Iterator[TriedPart]:
    """Try each format on a small graph that PyTorch builds."""
    from gradviz.export.exporters import EXPORTERS

    for suffix in EXPORTERS:
        remedy = _reinstalled(f"{DISTRIBUTION} PySide6-Essentials pygraphviz")
        name = tr("{format} files", format=suffix.removeprefix("."))
        yield _tried(name, partial(_written, suffix), remedy)


def _written(suffix: str) -> str:
    from gradviz.export.exporters import EXPORTERS, write_graph

    recorded = _pass()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"graph{suffix}"
        write_graph(recorded.graph, path, trace=recorded.trace)
        size = path.stat().st_size
    return tr(
        "{title}: {size} bytes were written.",
        title=tr(EXPORTERS[suffix].title),
        size=counted(size),
    )


@cache
def _pass() -> BackwardRecorded:
    _, recorded = Engine().first_pass(Model(source="a + b x"))
    return recorded


def _display() -> TriedPart:
    """Start Qt as the window does, in a process of its own: without a display that is aborted."""
    program = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    known = "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if sys.platform == "linux" and not known and "QT_QPA_PLATFORM" not in os.environ:
        return TriedPart(
            tr("display"),
            "absent",
            tr("There is no display to open a window on; the command line works without one."),
            tr("Set DISPLAY, or log in with ssh -X."),
        )
    command = [sys.executable, "-c", program]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TRIAL_S, check=False
        )
    except subprocess.TimeoutExpired:
        return TriedPart(
            tr("display"),
            "broken",
            tr("The display does not answer."),
            tr("Set another DISPLAY."),
        )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or [tr("Qt ended.")]
        told = tr("A window cannot be opened: {reason}", reason=lines[0])
        remedy = tr("Set another DISPLAY, or install the libraries that are named above.")
        return TriedPart(tr("display"), "broken", told, remedy)
    return TriedPart(tr("display"), "works", tr("A window can be opened."))


def _extra(extra: str, library: str, use: str) -> TriedPart:
    version = _installed(library)
    if version:
        told = tr("{library} {version}, for {use}.", library=library, version=version, use=tr(use))
        return TriedPart(extra, "works", told)
    remedy = tr("Run: {command}", command=f'python -m pip install "{DISTRIBUTION}[{extra}]"')
    told = tr("{library} is not installed; it is for {use}.", library=library, use=tr(use))
    return TriedPart(extra, "absent", told, remedy)
