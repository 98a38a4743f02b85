"""The user's own file, run once it is trusted, and the names that it defines."""

import linecache
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from types import CodeType, ModuleType
from typing import Any

import torch

from gradviz.core.errors import OwnModelError, TrustError
from gradviz.engine.own.running import MODULE_NAME, FileRunner
from gradviz.engine.recording.listeners import pause_in_compiled_functions
from gradviz.own import ModelFile


@dataclass(frozen=True, slots=True)
class OwnCode:
    """A file that has been run: exactly the bytes that were trusted.

    Attributes:
        runner: Runs its functions.
        names: The values that it defines, by their names.
    """

    runner: FileRunner
    names: Mapping[str, Any]


def run_file(file: ModelFile, trusted: str) -> OwnCode:
    """Run a file.

    Raises:
        TrustError: its content is not the one that is `trusted`; nothing of it was run.
        OwnModelError: it is no Python, or it raised.
    """
    if file.hash != trusted:
        raise TrustError(
            f"{file.path} is not trusted, or has changed since it was.",
            "Look through it, then give --trust: its code runs with your rights.",
        )
    code = _compiled(file)
    module = ModuleType(MODULE_NAME)
    module.__file__ = str(file.path)
    sys.modules[MODULE_NAME] = module
    runner = FileRunner(file.path)
    pause_in_compiled_functions()
    with runner.running("The file"):
        exec(code, module.__dict__)  # noqa: S102 - the user has trusted it
        if not torch.is_grad_enabled():
            raise OwnModelError(
                f"{file.path.name} turns gradients off for all that follows, so nothing has one.",
                "Take out torch.set_grad_enabled(False), or use torch.no_grad() in forward.",
            )
    return OwnCode(runner, module.__dict__)


def _compiled(file: ModelFile) -> CodeType:
    name = str(file.path)
    # Tracebacks show the lines that ran, even if the file has changed by then.
    lines = file.text.splitlines(keepends=True)
    linecache.cache[name] = (len(file.content), None, lines, name)
    try:
        return compile(file.content, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        place = f" in line {error.lineno}" if error.lineno else ""
        raise OwnModelError(
            f"{file.path.name} is no Python: {error.msg}{place}.",
            "Put it right in an editor, then open it again.",
            field="source",
            details="".join(traceback.format_exception_only(error)),
        ) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise OwnModelError(
            f"{file.path.name} is no Python: {error}.", "Name another file.", field="source"
        ) from error
