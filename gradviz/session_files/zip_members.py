"""The archives of sessions and recordings: sizes, counts and names are checked before the content.

What an archive holds is data: nothing in it is run, and no pickle is read.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, Literal, NamedTuple

from gradviz.core.errors import DataError, words_of
from gradviz.core.language.saying import marked, tr

TENSORS_NAME: Final = "tensors.safetensors"
#: More than any file has; what is larger is not read.
MAXIMUM_TENSOR_BYTES: Final = 8 * 2**30
#: A file has a few members; what it cannot name it may skip, but not without end.
_MAXIMUM_MEMBERS: Final = 16
#: All that Python's zipfile and the decoders say of bytes that are none of theirs.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    RuntimeError,
    OverflowError,
    KeyError,
    MemoryError,
)


class _Told(NamedTuple):
    """What is said of one kind of file."""

    unnamed: str
    choose: str
    damaged: str
    save: str


_TOLD: Final[dict[Literal["session", "recording"], _Told]] = {
    "session": _Told(
        marked("The session"),
        marked("Choose a session file, which ends in .gviz."),
        marked("{name} is no session of gradviz, or it is damaged: {reason}."),
        marked("Choose another file, or save the session anew."),
    ),
    "recording": _Told(
        marked("The recording"),
        marked("Choose a recording file, which ends in .gviz."),
        marked("{name} is no recording of gradviz, or it is damaged: {reason}."),
        marked("Choose another file, or save the recording anew."),
    ),
}


@contextmanager
def opened_archive(
    file: Path | IO[bytes], kind: Literal["session", "recording"]
) -> Iterator[zipfile.ZipFile]:
    """Open the archive of a session or a recording; what its reader meets is told as an error.

    Raises:
        DataError: there is no such file, or it is damaged.
    """
    told = _TOLD[kind]
    name = (file.name or str(file)) if isinstance(file, Path) else tr(told.unnamed)
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except OSError as error:
        raise DataError(
            tr("{name} could not be opened: {reason}.", name=name, reason=words_of(error)),
            tr(told.choose),
        ) from error
    except _DAMAGE as error:
        raise DataError(
            tr(told.damaged, name=name, reason=words_of(error)),
            tr(told.save),
        ) from error


def members_of(archive: zipfile.ZipFile) -> list[str]:
    """Return the names of the members; raises ValueError where there are too many."""
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > _MAXIMUM_MEMBERS or len(set(names)) < len(names):
        raise ValueError(tr("its archive has too many members"))
    return names


def content_of(archive: zipfile.ZipFile, name: str, limit: int = MAXIMUM_TENSOR_BYTES) -> bytes:
    """Return a member, which must be stored as it is: it cannot become larger than its file.

    Raises:
        ValueError: it is compressed, or larger than `limit`, or not whole.
    """
    member = archive.getinfo(name)
    if member.compress_type != zipfile.ZIP_STORED or member.file_size != member.compress_size:
        raise ValueError(tr("{name} is compressed, as in no session", name=name))
    if member.file_size > limit:
        raise ValueError(tr("{name} is larger than any session", name=name))
    with archive.open(member) as stream:
        content = stream.read(limit + 1)
    if len(content) != member.file_size:
        raise ValueError(tr("{name} is shorter than it should be", name=name))
    return content
