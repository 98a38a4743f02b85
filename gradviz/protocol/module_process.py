"""A process that runs a module of this package, or another program in its surroundings."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from gradviz.core.language.saying import LANGUAGE_VARIABLE, spoken_language
from gradviz.protocol.process_family import ProcessFamily

#: The folder that holds this package, which need not be installed.
_PACKAGES = Path(__file__).resolve().parents[2]


def module_command(module: str) -> tuple[str, ...]:
    """Return the command that runs a module of this package with the same Python.

    With -P the folder that the user happens to be in is not searched for modules.
    """
    return (sys.executable, "-P", "-m", module)


def module_environment() -> dict[str, str]:
    """Return this process's environment, with where this package is found and its language."""
    inherited = os.environ.get("PYTHONPATH", "")
    search_path = os.pathsep.join(part for part in (str(_PACKAGES), inherited) if part)
    return {**os.environ, "PYTHONPATH": search_path, LANGUAGE_VARIABLE: spoken_language()}


def started(command: Sequence[str]) -> ProcessFamily:
    """Start a process in the environment of modules of this package.

    Raises:
        OSError: it could not be started.
    """
    return ProcessFamily(command, module_environment())
