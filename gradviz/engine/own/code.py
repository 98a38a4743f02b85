"""The user's own file, run once it is trusted, and the names that it defines."""

import io
import sys
import traceback
import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import CodeType, ModuleType
from typing import Any

import torch

from gradviz.core.errors import OwnModelError, TrustError, words_of
from gradviz.core.language.saying import tr
from gradviz.engine.own.own_imports import allow_imports, compiled
from gradviz.engine.own.running import MODULE_NAME, FileRunner
from gradviz.engine.recording.listeners import pause_in_compiled_functions
from gradviz.own.archived_models import kind_of
from gradviz.own.source import ModelFile


@dataclass(frozen=True, slots=True)
class OwnCode:
    """A file that has been run: exactly the bytes that were trusted.

    Attributes:
        runner: Runs its functions.
        names: The values that it defines, by their names.
    """

    runner: FileRunner
    names: Mapping[str, Any]


def run_file(file: ModelFile, trusted: str, trusted_beside: Collection[str] = ()) -> OwnCode:
    """Run a file, which may import the contents in `trusted_beside` from its own folder.

    Raises:
        TrustError: its content is not the one that is `trusted`, and nothing of it was run; or it
            imports another content from its folder.
        OwnModelError: it is no Python, or it raised.
    """
    if file.hash != trusted:
        raise TrustError(
            tr("{path} is not trusted, or has changed since it was.", path=file.path),
            tr("Look through it, then give --trust: its code runs with your rights."),
        )
    if file.is_archive:
        return _opened(file)
    code = _compiled(file)
    module = ModuleType(MODULE_NAME)
    module.__file__ = str(file.path)
    sys.modules[MODULE_NAME] = module
    runner = FileRunner(file.path)
    # It may import itself by its own name.
    allow_imports(file.path, (file.hash, *trusted_beside))
    pause_in_compiled_functions()
    with runner.running(tr("The file")):
        exec(code, module.__dict__)  # noqa: S102 - the user has trusted it
        if not torch.is_grad_enabled():
            raise OwnModelError(
                tr(
                    "{file} turns gradients off for all that follows, so nothing has one.",
                    file=file.path.name,
                ),
                tr("Take out torch.set_grad_enabled(False), or use torch.no_grad() in forward."),
            )
    return OwnCode(runner, module.__dict__)


def _opened(file: ModelFile) -> OwnCode:
    """Load the model of an archive: exactly the bytes that were trusted.

    Raises:
        OwnModelError: it holds no model, or torch cannot load it.
    """
    kind = kind_of(file.path, file.content)
    runner = FileRunner(file.path)
    allow_imports(file.path, (file.hash,))
    pause_in_compiled_functions()
    with runner.running(tr("The archive")), warnings.catch_warnings():
        # That torch.jit is deprecated is nothing that a reader of the file can change.
        for kind_of_warning in (DeprecationWarning, FutureWarning):
            warnings.simplefilter("ignore", kind_of_warning)
        if kind == "TorchScript":
            loaded = torch.jit.load(io.BytesIO(file.content))  # type: ignore[no-untyped-call]
            names: dict[str, Any] = {"model": loaded}
        else:
            names = _exported(torch.export.load(io.BytesIO(file.content)))
    return OwnCode(runner, names)


def _exported(program: torch.export.ExportedProgram) -> dict[str, Any]:
    """Return the module of a program, and its example inputs where they go by place or by name."""
    names: dict[str, Any] = {"model": program.module()}
    positional, keywords = program.example_inputs or ((), {})
    if bool(positional) != bool(keywords):
        names["example_inputs"] = lambda: keywords or tuple(positional)
    return names


def _compiled(file: ModelFile) -> CodeType:
    try:
        return compiled(file)
    except SyntaxError as error:
        told = {"file": file.path.name, "error": error.msg}
        raise OwnModelError(
            tr("{file} is no Python: {error} in line {line}.", **told, line=error.lineno)
            if error.lineno
            else tr("{file} is no Python: {error}.", **told),
            tr("Put it right in an editor, then open it again."),
            field="source",
            details="".join(traceback.format_exception_only(error)),
        ) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise OwnModelError(
            tr("{file} is no Python: {error}.", file=file.path.name, error=words_of(error)),
            tr("Name another file."),
            field="source",
        ) from error
