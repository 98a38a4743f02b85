"""`path/to/file.py:Name`: where a user's own model is, and the file as it is read."""

import hashlib
import re
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec

from gradviz.core.choices.settings import Model
from gradviz.core.errors import OwnModelError, words_of
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import counted
from gradviz.core.typed_paths import typed_path
from gradviz.own import archived_models

#: A file of source code is smaller; a larger one is no model.
MAXIMUM_BYTES: Final = 4_000_000
#: A file that is shown and never run; see onnx_files.
ONNX_SUFFIX: Final = ".onnx"
FORWARD_ALONE: Final = marked(
    "An ONNX file has a forward graph alone, without gradients, a backward pass or training."
)
#: A file of Python, an archive with a model, or a graph alone.
FILE_SUFFIXES: Final = (".py", *archived_models.SUFFIXES, ONNX_SUFFIX)
_SOURCE: Final = re.compile(
    rf"(?P<path>.*(?:{'|'.join(map(re.escape, FILE_SUFFIXES))}))(?::(?P<name>.*))?",
    re.DOTALL | re.IGNORECASE,
)
_NAME: Final = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_DEFINED: Final = re.compile(r"^(?:class|def)[ \t]+([^\W\d]\w*)", re.MULTILINE)
#: The functions that a file may define beside its models; see the engine's own models.
HELPERS: Final = ("example_inputs", "loss")


class OwnSource(msgspec.Struct, frozen=True):
    """A file, and the name of a class or function in it; empty where the file has only one."""

    path: str
    name: str = ""

    @property
    def text(self) -> str:
        """Return it as it is typed."""
        return f"{self.path}:{self.name}" if self.name else self.path


class ModelFile(msgspec.Struct, frozen=True, dict=True):
    """A file as it was read once: the bytes that are shown, trusted and run are the same."""

    path: Path
    content: bytes

    @property
    def is_archive(self) -> bool:
        """Tell whether it is no Python, but an archive with a model."""
        return archived_models.is_archived(self.path)

    @cached_property
    def hash(self) -> str:
        """Return the hash that trust is remembered by."""
        return content_hash(self.content)

    @cached_property
    def text(self) -> str:
        """Return the source code, with signs in place of bytes that are no UTF-8.

        Of an archive it is the list of its entries, with the code among them.
        """
        if self.is_archive:
            return archived_models.archive_text(self.content)
        return self.content.decode("utf-8", errors="replace").removeprefix("\ufeff")

    @property
    def names(self) -> tuple[str, ...]:
        """Return the classes and functions that the text defines, to choose from."""
        if self.is_archive:
            return ()
        found = dict.fromkeys(_DEFINED.findall(self.text))
        return tuple(name for name in found if name not in HELPERS and not name.startswith("_"))


def file_of(model: Model) -> tuple[str, str] | None:
    """Return the path and hash of the user's file that a model runs; None where it runs none."""
    if not model.trusted:
        return None
    source = own_source(model.source)
    return (source.path if source else model.source, model.trusted)


def names_file(text: str) -> bool:
    """Tell whether `text` is meant for a file with a model, whatever follows its name."""
    return _SOURCE.fullmatch(text.strip()) is not None


def names_onnx(text: str) -> bool:
    """Tell whether `text` is meant for an ONNX file, whatever follows its name."""
    match = _SOURCE.fullmatch(text.strip())
    return match is not None and match["path"].lower().endswith(ONNX_SUFFIX)


def own_source(text: str) -> OwnSource | None:
    """Return the file and the name that `text` gives; None where it is no file with a model.

    Raises:
        OwnModelError: the text behind the file is no name.
    """
    match = _SOURCE.fullmatch(text.strip())
    if match is None:
        return None
    path, name = match["path"], (match["name"] or "").strip()
    if name and not _NAME.fullmatch(name):
        raise OwnModelError(
            tr("“{name}” is no name of a class or function.", name=name[:40]),
            tr("Write {path}:Name with a name of that file.", path=path),
            field="name",
        )
    return OwnSource(path, name)


def content_hash(content: bytes) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_model_file(path: str) -> ModelFile:
    """Read a file once; raises OwnModelError where that cannot be done."""
    if path.lower().endswith(ONNX_SUFFIX):
        # Whoever comes here would run it, or differentiate it.
        raise OwnModelError(
            tr(FORWARD_ALONE), tr("Show it with Open model or gradviz graph."), field="source"
        )
    place = typed_path(path).absolute()
    most = archived_models.MAXIMUM_BYTES if archived_models.is_archived(place) else MAXIMUM_BYTES
    try:
        if not place.is_file():
            raise OwnModelError(
                tr("{path} is a folder.", path=path)
                if place.is_dir()
                else tr("{path} does not exist.", path=path),
                tr("Name a file of Python."),
                field="source",
            )
        with place.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        raise OwnModelError(
            tr("{path} cannot be read: {reason}.", path=path, reason=words_of(error)),
            tr("Name another file."),
            field="source",
        ) from error
    if len(content) > most:
        raise OwnModelError(
            tr("{path} has more than {count} bytes.", path=path, count=counted(most)),
            tr("Name a smaller file."),
            field="source",
        )
    return ModelFile(place, content)
