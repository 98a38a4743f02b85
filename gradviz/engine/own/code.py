"""The user's own file: run once it is trusted, its names, and what its failures tell."""

import contextlib
import inspect
import linecache
import sys
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import torch
from torch import nn

from gradviz.core.errors import GradvizError, OwnModelError, TrustError
from gradviz.engine.failures import out_of_memory
from gradviz.own import ModelFile
from gradviz.own.source import HELPERS

_MODULE_NAME: Final = "gradviz_own_model"
#: What own files imported from beside them: read anew with the next file.
_SIBLINGS: Final[set[str]] = set()


class OwnCode:
    """A file that has been run: exactly the bytes that were trusted.

    Attributes:
        path: The file.
        names: What it defines.
    """

    def __init__(self, file: ModelFile, trusted: str) -> None:
        """Run the file.

        Raises:
            TrustError: its content is not the one that is `trusted`; nothing of it was run.
            OwnModelError: it is no Python, or it raised.
        """
        if file.hash != trusted:
            raise TrustError(
                f"{file.path} is not trusted with what stands in it now.",
                "Look through it, then give --trust: its code runs with your rights.",
            )
        self.path = file.path
        code = self._compiled(file)
        module = ModuleType(_MODULE_NAME)
        module.__file__ = str(file.path)
        sys.modules[_MODULE_NAME] = module
        _forget_siblings()
        self._before = frozenset(sys.modules)
        self._modules = len(sys.modules)
        with self.running("The file"):
            exec(code, module.__dict__)  # noqa: S102 - what the user has trusted
            if not torch.is_grad_enabled():
                raise OwnModelError(
                    f"{file.path.name} turns gradients off for all that follows, so nothing has "
                    "one.",
                    "Take out torch.set_grad_enabled(False), or use torch.no_grad() in forward.",
                )
        self.names: Mapping[str, Any] = module.__dict__

    @contextlib.contextmanager
    def running(self, what: str) -> Iterator[None]:
        """Run code of the file within: what it prints goes to standard error.

        Raises:
            OwnModelError: `what` raised; with its line, and the traceback from the file on.
        """
        folder = str(self.path.parent)
        sys.path.append(folder)
        enabled = torch.is_grad_enabled()
        try:
            with contextlib.redirect_stdout(sys.stderr):
                yield
        except GradvizError:
            raise
        except (Exception, SystemExit) as error:
            if isinstance(error, Exception) and out_of_memory(error):
                raise
            raise self.failure(what, error) from error
        finally:
            # What the file switches is its own affair: other models run in this process too.
            if torch.is_grad_enabled() != enabled:
                torch.set_grad_enabled(enabled)
            sys.path.remove(folder)
            self._note_siblings()

    def failure(self, what: str, error: BaseException, hint: str = "") -> OwnModelError:
        """Return `error` as one that names the line of the file, with the traceback."""
        frames = error.__traceback__
        while frames is not None and frames.tb_frame.f_code.co_filename != str(self.path):
            frames = frames.tb_next
        lines = [
            entry.lineno
            for entry in traceback.extract_tb(frames)
            if entry.filename == str(self.path)
        ]
        place = f" in line {lines[-1]} of {self.path.name}" if lines else ""
        first = next(iter(str(error).splitlines()), "")
        said = f"{type(error).__name__}: {first}" if first else type(error).__name__
        return OwnModelError(
            f"{what} raised {said.rstrip('.')}{place}.",
            hint,
            details="".join(traceback.format_exception(type(error), error, frames)),
        )

    def reaches(self, error: BaseException) -> bool:
        """Tell whether a line of the file was running when `error` was raised."""
        entries = traceback.extract_tb(error.__traceback__)
        return any(entry.filename == str(self.path) for entry in entries)

    def _note_siblings(self) -> None:
        """Note what has been imported from beside the file; forward comes here at every step."""
        if len(sys.modules) != self._modules:
            self._modules = len(sys.modules)
            _SIBLINGS.update(_beside(self.path.parent, set(sys.modules) - self._before))

    def _compiled(self, file: ModelFile) -> Any:
        name = str(file.path)
        # Tracebacks show the lines that ran, whatever stands in the file by then.
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


def _beside(folder: Path, names: set[str]) -> Iterator[str]:
    """Yield the modules among `names` that were found in `folder`."""
    for name in names:
        origin = getattr(sys.modules[name], "__file__", None)
        if name != _MODULE_NAME and origin and folder in Path(origin).parents:
            yield name


def _forget_siblings() -> None:
    while _SIBLINGS:
        sys.modules.pop(_SIBLINGS.pop(), None)


def named(code: OwnCode, name: str) -> tuple[str, Any]:
    """Return the class, function or module that `name` means; the only one if it is empty.

    Raises:
        OwnModelError: there is none, or there are several; the message lists them.
    """
    offered = _offered(code)
    if not name:
        if len(offered) == 1:
            return next(iter(offered.items()))
        raise _unclear(code, offered)
    found: Any = code.names
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else getattr(found, part, None)
    if not callable(found):
        names = ", ".join(offered) or "none"
        raise OwnModelError(
            f"{code.path.name} has no class or function {name}.",
            f"Its modules: {names}.",
            field="name",
        )
    return name, found


def _unclear(code: OwnCode, offered: Mapping[str, Any]) -> OwnModelError:
    if not offered:
        return OwnModelError(
            f"There is no nn.Module in {code.path.name}.",
            "Define a class that derives from nn.Module, or a function that returns one.",
            field="name",
        )
    first = next(iter(offered))
    return OwnModelError(
        f"{code.path.name} has {len(offered)} modules: {', '.join(offered)}.",
        f"Say which: {code.path.name}:{first}.",
        field="name",
    )


def _offered(code: OwnCode) -> dict[str, Any]:
    """Return the module classes, modules and functions that say they return one.

    Where there are none of these, every function of the file may be one.
    """
    own = {
        name: value
        for name, value in code.names.items()
        if not name.startswith("_") and name not in HELPERS
    }
    modules = {name: value for name, value in own.items() if _is_module(value)}
    if modules:
        return modules
    return {
        name: value
        for name, value in own.items()
        if inspect.isfunction(value) and value.__module__ == _MODULE_NAME
    }


def _is_module(value: Any) -> bool:
    if isinstance(value, nn.Module):
        return True
    if getattr(value, "__module__", None) != _MODULE_NAME:
        return False
    if inspect.isfunction(value):
        returned = value.__annotations__.get("return")
        if isinstance(returned, str):
            return returned.rpartition(".")[2] == "Module"
        return inspect.isclass(returned) and issubclass(returned, nn.Module)
    return inspect.isclass(value) and issubclass(value, nn.Module)


def signature_text(called: Any) -> str:
    """Return what `called` takes, `(in_features, bias=True)`; empty where that is not known."""
    try:
        return str(inspect.signature(called))
    except (TypeError, ValueError):
        return ""
