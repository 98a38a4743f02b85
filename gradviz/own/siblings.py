"""A user's file and the code beside it that it imports: found in their texts, and none of it run.

The **own folder** is the folder of the file with all that lies beneath it, except the packages that
are installed for the Python that runs.
"""

import ast
import importlib
import site
import sys
import sysconfig
import warnings
from collections.abc import Iterable, Iterator
from importlib.machinery import (
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    ModuleSpec,
    PathFinder,
    SourceFileLoader,
)
from pathlib import Path
from typing import Final

import msgspec

from gradviz.core.errors import OwnModelError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.own.archived_models import kind_of
from gradviz.own.source import ModelFile, read_model_file

_MOST_FILES: Final = 1_000
_MOST_BYTES: Final = 64_000_000
_IMPORTING: Final = ("import_module", "__import__")
_INIT: Final = "__init__"
_LOADERS: Final = (
    (ExtensionFileLoader, EXTENSION_SUFFIXES),
    (SourceFileLoader, SOURCE_SUFFIXES),
)
#: Python's own modules, the packages installed for it, and this program: no code of the user's.
_INSTALLED: Final = frozenset(
    spelled
    for folder in (
        str(Path(__file__).parents[1]),
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        *site.getsitepackages(),
        site.getusersitepackages(),
    )
    for spelled in (Path(folder), Path(folder).resolve())
)


class ModelFiles(msgspec.Struct, frozen=True):
    """A file and the code of its own folder that it imports, each as it was read once.

    Attributes:
        file: The file.
        beside: What it imports, and what that imports, in the order of their paths.
        late: The paths of those in `beside` that no text names: a run came upon them.
    """

    file: ModelFile
    beside: tuple[ModelFile, ...] = ()
    late: tuple[Path, ...] = ()

    @property
    def every(self) -> tuple[ModelFile, ...]:
        """Return the file and all that is beside it."""
        return (self.file, *self.beside)

    @property
    def hashes_beside(self) -> tuple[str, ...]:
        """Return the hashes of the contents of `beside`."""
        return tuple(each.hash for each in self.beside)

    def name_of(self, file: ModelFile) -> str:
        """Return the path of one of the files, from the folder on."""
        return name_in(self.file.path.parent, file.path)


def name_in(folder: Path, path: Path) -> str:
    """Return a path from `folder` on; the whole path where it does not lie there."""
    return str(path.relative_to(folder)) if folder in path.parents else str(path)


def is_installed(path: Path) -> bool:
    """Tell whether a file belongs to Python, to an installed package, or to this program."""
    return any(not _INSTALLED.isdisjoint(each.parents) for each in (path, path.resolve()))


def is_own(path: Path, folder: Path) -> bool:
    """Tell whether `path` lies in the own folder of a file in `folder`, however it is spelled."""
    if is_installed(path):
        return False
    return folder in path.parents or folder.resolve() in path.resolve().parents


def read_model_files(path: str, late: Iterable[Path] = ()) -> ModelFiles:
    """Read a file and what it imports from its own folder, each once; run none of it.

    `late` are files that are read too, where they are there: those that only a run finds.

    Raises:
        OwnModelError: the file cannot be read, or too much is imported.
    """
    file = read_model_file(path)
    if file.is_archive:
        # It brings all of its code; nobody is asked to trust weights alone.
        kind_of(file.path, file.content)
        return ModelFiles(file)
    scan = _Scan(file.path.parent)
    scan.follow(file)
    unnamed = [each for each in late if each not in scan.found and each != file.path]
    for each in unnamed:
        scan.take(each, _dotted(file.path.parent, each))
    scan.found.pop(file.path, None)
    beside = tuple(scan.found[path] for path in sorted(scan.found))
    return ModelFiles(file, beside, tuple(each for each in unnamed if each in scan.found))


class _Scan:
    """Follows the imports of files in one folder.

    Attributes:
        found: The files that were reached, by their paths.
    """

    def __init__(self, folder: Path) -> None:
        self.found: dict[Path, ModelFile] = {}
        self._folder = folder
        self._specs: dict[str, ModuleSpec | None] = {}
        self._bytes = 0
        self._waiting: list[tuple[ModelFile, str]] = []
        # A module that was written a moment ago is seen.
        importlib.invalidate_caches()

    def follow(self, file: ModelFile) -> None:
        """Read the modules that `file` imports, and those that they import."""
        self._waiting.append((file, ""))
        self._finish()

    def take(self, path: Path, name: str) -> None:
        """Read a module that no text names, and those that it imports."""
        self._read(path, name if path.stem == _INIT else name.rpartition(".")[0])
        self._finish()

    def _finish(self) -> None:
        while self._waiting:
            each, its_package = self._waiting.pop()
            for name in _imported_by(each, its_package):
                self._reach(name)

    def _reach(self, name: str) -> None:
        """Read the module of that name, and the packages that it lies in."""
        parts = name.split(".")
        for count in range(1, len(parts) + 1):
            spec = self._spec(".".join(parts[:count]))
            if spec is None:
                return
            if isinstance(spec.loader, SourceFileLoader):
                package = spec.submodule_search_locations is not None
                self._read(Path(spec.loader.path), spec.name if package else spec.parent or "")

    def _read(self, path: Path, package: str) -> None:
        if path in self.found:
            return
        try:
            file = read_model_file(str(path))
        except OwnModelError:
            # Whether it is needed at all, the import will tell, with the reason.
            return
        self.found[path] = file
        self._bytes += len(file.content)
        if len(self.found) > _MOST_FILES or self._bytes > _MOST_BYTES:
            raise OwnModelError(
                tr(
                    "This file imports more than {files} files or {megabytes} MB from {folder}.",
                    files=counted(_MOST_FILES),
                    megabytes=_MOST_BYTES // 10**6,
                    folder=self._folder,
                ),
                tr("Install them as a package, or move the file."),
                field="source",
            )
        self._waiting.append((file, package))

    def _spec(self, name: str) -> ModuleSpec | None:
        """Return where a module of the own folder is; None for any other."""
        if name not in self._specs:
            parent, _, _ = name.rpartition(".")
            self._specs[name] = self._child(parent, name) if parent else self._top(name)
        return self._specs[name]

    def _top(self, name: str) -> ModuleSpec | None:
        # The own folder is searched last, as the engine does.
        spec = PathFinder.find_spec(name, [*sys.path, str(self._folder)])
        if spec is None or (spec.origin is not None and not self._owns(spec.origin)):
            return None
        return spec

    def _child(self, parent: str, name: str) -> ModuleSpec | None:
        # PathFinder would want the parent to be imported.
        above = self._spec(parent)
        for location in (above.submodule_search_locations or ()) if above else ():
            spec = FileFinder(location, *_LOADERS).find_spec(name)
            if spec is not None and (spec.origin is None or self._owns(spec.origin)):
                return spec
        return None

    def _owns(self, origin: str) -> bool:
        return is_own(Path(origin), self._folder)


def _imported_by(file: ModelFile, package: str) -> Iterator[str]:
    """Yield the names of the modules, and of all that may be one, that a text imports."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(file.content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # It cannot be run either, and the run says why.
        return
    for node in ast.walk(tree):
        yield from _names_in(node, package)


def _names_in(node: ast.AST, package: str) -> Iterator[str]:
    match node:
        case ast.Import(names):
            yield from (each.name for each in names)
        case ast.ImportFrom(module, names, level):
            base = _absolute("." * level + (module or ""), package)
            yield base
            yield from (f"{base}.{each.name}" for each in names if base)
        case ast.Call(
            func=ast.Name(function) | ast.Attribute(attr=function),
            args=[ast.Constant(str(name)), *_],
        ) if function in _IMPORTING:
            yield _absolute(name, package)
        case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List(names) | ast.Tuple(names)):
            # `from package import *` imports the modules among them.
            texts = [each.value for each in names if isinstance(each, ast.Constant)]
            yield from (f"{package}.{each}" for each in texts if isinstance(each, str) and package)
        case _:
            pass


def _absolute(name: str, package: str) -> str:
    """Return `..a.b` as seen from `package`; empty where it leads out of all packages."""
    level = len(name) - len(name.lstrip("."))
    if not level:
        return name
    parts = package.split(".") if package else []
    if level > len(parts):
        return ""
    return ".".join((*parts[: len(parts) - level + 1], name[level:])).rstrip(".")


def _dotted(folder: Path, path: Path) -> str:
    """Return the name that a module has where its packages begin in `folder`."""
    parts = path.with_suffix("").parts[len(folder.parts) :] if folder in path.parents else ()
    return ".".join(parts[:-1] if parts[-1:] == (_INIT,) else parts)
