"""Run code of a user's file: where its prints go, and its failures as errors with their line."""

import contextlib
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import torch

from gradviz.core.errors import GradvizError, OwnModelError
from gradviz.engine.autograd_errors import explanation_of
from gradviz.engine.failures import out_of_memory
from gradviz.engine.own.own_imports import refused_import
from gradviz.engine.user_code import is_of_model, raised_text, traceback_text
from gradviz.own.archived_models import is_archived
from gradviz.own.siblings import is_own

MODULE_NAME: Final = "gradviz_own_model"
#: The modules that own files imported from beside them: read anew with the next file.
_SIBLINGS: Final[set[str]] = set()


class FileRunner:
    """Runs code of one file, whenever it is called; siblings of the file before are read anew.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        while _SIBLINGS:
            sys.modules.pop(_SIBLINGS.pop(), None)
        self._before = frozenset(sys.modules)
        self._modules = len(sys.modules)

    @contextlib.contextmanager
    def running(self, subject: str) -> Iterator[None]:
        """Run code of the file within: its prints go to standard error.

        Raises:
            OwnModelError: `subject`, a name in code or a few words, raised; with its line, and the
                traceback from the file on.
            TrustError: an import of code that is not trusted was refused, whether or not the file
                caught that.
        """
        folder = str(self.path.parent)
        sys.path.append(folder)
        enabled = torch.is_grad_enabled()
        try:
            with contextlib.redirect_stdout(sys.stderr), _deeper(), self._by_operations():
                yield
            self._stop_if_refused(None)
        except GradvizError as error:
            self._stop_if_refused(error)
            raise
        except BaseException as error:
            self._stop_if_refused(error)
            if not is_of_model(error) or (isinstance(error, Exception) and out_of_memory(error)):
                raise
            raise self._failure(subject, error) from error
        finally:
            # The gradient mode is as before again: other models run in this process too.
            if torch.is_grad_enabled() != enabled:
                torch.set_grad_enabled(enabled)
            sys.path.remove(folder)
            self._note_siblings()

    def _by_operations(self) -> contextlib.AbstractContextManager[None]:
        """Have TorchScript run an archive operation by operation, so that each is a node."""
        if is_archived(self.path):
            return torch.jit.optimized_execution(False)  # type: ignore[attr-defined]
        return contextlib.nullcontext()

    def reaches(self, error: BaseException) -> bool:
        """Tell whether a line of the file was running when `error` was raised."""
        entries = traceback.extract_tb(error.__traceback__)
        return any(entry.filename == str(self.path) for entry in entries)

    def _stop_if_refused(self, error: BaseException | None) -> None:
        refused = refused_import()
        if refused is not None and refused is not error:
            raise refused from error

    def _failure(self, subject: str, error: BaseException) -> OwnModelError:
        """Return `error` as one that names the line of the file, with the traceback."""
        frames = error.__traceback__
        while frames is not None and frames.tb_frame.f_code.co_filename != str(self.path):
            frames = frames.tb_next
        own = [entry for entry in traceback.extract_tb(frames) if entry.filename == str(self.path)]
        return OwnModelError(
            raised_text(subject, error, own[-1] if own else None),
            str(explanation_of(error) or ""),
            details=traceback_text(error, frames),
        )

    def _note_siblings(self) -> None:
        """Note the modules imported from beside the file; forward comes here at every step."""
        if len(sys.modules) != self._modules:
            self._modules = len(sys.modules)
            come = set(sys.modules) - self._before
            self._before |= come
            _SIBLINGS.update(_beside(self.path.parent, come))


@contextlib.contextmanager
def _deeper() -> Iterator[None]:
    """Allow twice as many calls within one another: what listens to them takes a part of each.

    A limit that the file sets stays.
    """
    limit = sys.getrecursionlimit()
    if limit == _Depth.doubled:
        yield
        return
    _Depth.doubled = 2 * limit
    sys.setrecursionlimit(_Depth.doubled)
    try:
        yield
    finally:
        if sys.getrecursionlimit() == _Depth.doubled:
            sys.setrecursionlimit(limit)
        _Depth.doubled = 0


class _Depth:
    """The limit of recursion that `_deeper` has set; 0 outside of it."""

    doubled = 0


def _beside(folder: Path, names: set[str]) -> Iterator[str]:
    """Yield the modules among `names` that were found in `folder`."""
    for name in names:
        origin = getattr(sys.modules[name], "__file__", None)
        if name != MODULE_NAME and origin and is_own(Path(origin), folder):
            yield name
