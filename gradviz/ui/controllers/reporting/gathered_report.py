"""The report of a problem, gathered from the installation, the screen and the window."""

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings, qVersion
from PySide6.QtGui import QGuiApplication

from gradviz import __version__
from gradviz.core.reporting.report_text import ReportPart, report_text, settings_rows
from gradviz.ui.controllers.reporting.problem_log import ProblemLog, named_source
from gradviz.ui.state.window_state import State

#: By the names under which they are installed.
_LIBRARIES: Final = (
    "torch",
    "PySide6-Essentials",
    "pyqtgraph",
    "numpy",
    "pygraphviz",
    "lark",
    "msgspec",
    "safetensors",
)


def gathered_report(state: State, settings: QSettings, log: ProblemLog) -> str:
    """Return the text of a report: versions, platform, settings, what is open, the last events."""
    sections = (
        ReportPart("Versions", tuple(_versions(state))),
        ReportPart("Platform", tuple(_platform())),
        ReportPart("Open", tuple(_opened(state))),
        ReportPart("Settings", settings_rows(_settings(settings))),
    )
    return report_text(sections, log.events, home=str(Path.home()))


def _versions(state: State) -> Iterator[tuple[str, str]]:
    yield "gradviz", __version__
    yield "Python", platform.python_version()
    yield "Qt", qVersion()
    for library in _LIBRARIES:
        try:
            yield library, version(library)
        except PackageNotFoundError:
            yield library, "not installed"
    if state.catalogue is not None:
        yield "torch in the engine", state.catalogue.torch


def _platform() -> Iterator[tuple[str, str]]:
    yield "system", platform.platform()
    yield "windows by", QGuiApplication.platformName()
    for screen in QGuiApplication.screens():
        size, scale = screen.size(), screen.devicePixelRatio()
        yield "screen", f"{size.width()} x {size.height()}, scaled by {scale:g}"


def _opened(state: State) -> Iterator[tuple[str, str]]:
    model, training = state.model, state.training
    yield "engine", state.engine
    yield "expression", state.text
    yield "model", named_source(model)
    yield "mode", str(state.mode)
    yield "device", f"{model.device}, {model.dtype}, seed {model.seed}"
    yield "training", f"{training.optimizer}, rate {training.learning_rate:g}"
    yield "step", f"{state.cursor} of {len(state.steps)}, trained {state.progress.newest_step}"


def _settings(settings: QSettings) -> dict[str, object]:
    found: dict[str, object] = {}
    for key in settings.allKeys():
        value = settings.value(key)
        found[key] = value.data() if isinstance(value, QByteArray) else value
    return found
