"""The imports of a user's file from its own folder: each runs only as the content that is trusted.

A finder on `sys.meta_path` hands on what Python's own finders find. Where that is code of the own
folder, it is read once: the bytes whose hash is looked up are those that are compiled and run, and
no cached bytecode is read or written. The loaders of importlib ask as well, for files that are
imported by their path.
"""

import functools
import importlib.util
import linecache
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import (
    SOURCE_SUFFIXES,
    ModuleSpec,
    SourceFileLoader,
    SourcelessFileLoader,
)
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Final

from gradviz.core.errors import TrustError
from gradviz.core.language.saying import marked, tr
from gradviz.own.siblings import is_installed, is_own, name_in
from gradviz.own.source import ModelFile, read_model_file

_LOADERS: Final[tuple[Any, ...]] = (SourceFileLoader, SourcelessFileLoader)
#: The faults of an import, with the hint for one.
_NO_SOURCE: Final = marked("{name}, which {file} imports, has no source code to be shown.")
_LIKE_SOURCE: Final = marked("Install it as a package, or import its source code.")
_UNTRUSTED: Final = marked(
    "{name}, which {file} imports, is not trusted with what stands in it now."
)


class UntrustedImportError(TrustError, ImportError):
    """A file imports code of its own folder that is not trusted as it is."""


class _TrustedFinder(MetaPathFinder):
    """Finds modules as Python would, and lets those of own folders run only with trust."""

    def __init__(self) -> None:
        #: The files that were run, the last one at the end, with the hashes that they may import.
        self._allowed: dict[Path, set[str]] = {}
        self._refused: UntrustedImportError | None = None

    def allow(self, file: Path, hashes: Iterable[str]) -> None:
        """Let a file, which is about to be run, import contents of these hashes."""
        # What it trusted before stays: a model that is compared with this one may be of this file.
        self._allowed[file] = self._allowed.pop(file, set()) | set(hashes)
        self._refused = None

    def take_refused(self) -> UntrustedImportError | None:
        """Return the import that was refused since the last call, also where the code caught it."""
        refused, self._refused = self._refused, None
        return refused

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        """Return the spec that the other finders have, with a loader of trusted code."""
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            if finder is not self and find is not None:
                spec: ModuleSpec | None = find(fullname, path, target)
                if spec is not None:
                    return self.checked(spec)
        return None

    def checked(self, spec: ModuleSpec) -> ModuleSpec:
        """Return a spec whose code, where it is of an own folder, runs only with trust.

        Raises:
            UntrustedImportError: it is of an own folder, and has no source code.
        """
        if not spec.has_location or spec.origin is None:
            # A namespace package has no code, and a module of Python's own is no file.
            return spec
        place = Path(spec.origin).absolute()
        if not self._owners(place):
            return spec
        if not isinstance(spec.loader, SourceFileLoader):
            raise self._refusal(place, _NO_SOURCE, tr(_LIKE_SOURCE))
        spec.loader = _TrustedLoader(self, spec.name, str(place))
        spec.cached = None
        return spec

    def code_of(self, path: Path) -> CodeType | None:
        """Return the trusted code of a module of an own folder; None for any other.

        Raises:
            UntrustedImportError: it is not trusted, or has no source code.
        """
        if not self._owners(path):
            return None
        if path.suffix not in SOURCE_SUFFIXES:
            raise self._refusal(path, _NO_SOURCE, tr(_LIKE_SOURCE))
        return self.trusted_code(path)

    def trusted_code(self, path: Path) -> CodeType:
        """Return the compiled content of a module; raises UntrustedImportError without trust."""
        file = read_model_file(str(path))
        if any(file.hash in self._allowed[owner] for owner in self._owners(path)):
            return compiled(file)
        hint = tr(
            "Look through it, then trust it too; on the command line with --trust-also {path}: its "
            "code runs with your rights.",
            path=shlex.quote(str(path)),
        )
        raise self._refusal(path, _UNTRUSTED, hint)

    def _owners(self, path: Path) -> list[Path]:
        """Return the files in whose own folder a path lies."""
        if is_installed(path):
            return []
        return [file for file in self._allowed if is_own(path, file.parent)]

    def _refusal(self, path: Path, fault: str, hint: str) -> UntrustedImportError:
        owner = self._owners(path)[-1]
        name = name_in(owner.parent, path)
        self._refused = UntrustedImportError(
            tr(fault, name=name, file=owner.name), hint, untrusted=str(path)
        )
        return self._refused


class _TrustedLoader(SourceFileLoader):
    """Loads one module of an own folder: the bytes that are checked are those that are run."""

    def __init__(self, finder: _TrustedFinder, fullname: str, path: str) -> None:
        super().__init__(fullname, path)
        self._finder = finder

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of the trusted content."""
        return self._finder.trusted_code(Path(self.path))


_FINDER: Final = _TrustedFinder()


def allow_imports(file: Path, hashes: Iterable[str]) -> None:
    """Let a file import contents of these hashes from its own folder, from here on, and no other.

    The hook stays: a function of the file may import when it is called, long after.
    """
    _FINDER.allow(file, hashes)
    if _FINDER not in sys.meta_path:
        sys.meta_path.insert(0, _FINDER)
        importlib.util.spec_from_file_location = _checking(importlib.util.spec_from_file_location)
        for kind in _LOADERS:
            kind.get_code = _asking(kind.get_code)
    # A module that was written a moment ago is found.
    importlib.invalidate_caches()


def refused_import() -> UntrustedImportError | None:
    """Return the import that was refused since the last call, also where the code caught it."""
    return _FINDER.take_refused()


def compiled(file: ModelFile) -> CodeType:
    """Compile a file; raises what `compile` raises.

    Tracebacks show the lines that ran, even if the file has changed by then.
    """
    name = str(file.path)
    linecache.cache[name] = (len(file.content), None, file.text.splitlines(keepends=True), name)
    return compile(file.content, name, "exec", dont_inherit=True)


def _asking(code_of: Callable[[Any, str], CodeType | None]) -> Callable[[Any, str], Any]:
    """Return `get_code` of one of importlib's loaders, with the question for trust before it."""

    @functools.wraps(code_of)
    def get_code(self: Any, fullname: str) -> CodeType | None:
        return _FINDER.code_of(Path(self.path).absolute()) or code_of(self, fullname)

    return get_code


def _checking(found: Callable[..., ModuleSpec | None]) -> Callable[..., ModuleSpec | None]:
    """Return importlib's function for modules that are imported by their paths, with the check."""

    @functools.wraps(found)
    def spec_from_file_location(*args: Any, **named: Any) -> ModuleSpec | None:
        spec = found(*args, **named)
        if spec is None:
            return None
        caller = Path(sys._getframe(1).f_code.co_filename)
        if not isinstance(spec.loader, SourceFileLoader) and is_installed(caller):
            # A library, such as a compiler, loads the machine code that it has just made.
            return spec
        return _FINDER.checked(spec)

    return spec_from_file_location
