"""The archives of sessions and recordings: sizes, counts and names are checked before the content.

What an archive holds is data: nothing in it is run, and no pickle is read.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from gradviz.core.errors import DataError, words_of

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


@contextmanager
def opened_archive(file: Path | IO[bytes], kind: str) -> Iterator[zipfile.ZipFile]:
    """Open the archive of a session or a recording; what its reader meets is told as an error.

    Raises:
        DataError: there is no such file, or it is damaged.
    """
    name = (file.name or str(file)) if isinstance(file, Path) else f"The {kind}"
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except OSError as error:
        raise DataError(
            f"{name} could not be opened: {words_of(error)}.",
            f"Choose a {kind} file, which ends in .gviz.",
        ) from error
    except _DAMAGE as error:
        raise DataError(
            f"{name} is no {kind} of gradviz, or it is damaged: {words_of(error)}.",
            f"Choose another file, or save the {kind} anew.",
        ) from error


def members_of(archive: zipfile.ZipFile) -> list[str]:
    """Return the names of the members; raises ValueError where there are too many."""
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > _MAXIMUM_MEMBERS or len(set(names)) < len(names):
        raise ValueError("its archive has too many members")
    return names


def content_of(archive: zipfile.ZipFile, name: str, limit: int = MAXIMUM_TENSOR_BYTES) -> bytes:
    """Return a member, which must be stored as it is: it cannot become larger than its file.

    Raises:
        ValueError: it is compressed, or larger than `limit`, or not whole.
    """
    member = archive.getinfo(name)
    if member.compress_type != zipfile.ZIP_STORED or member.file_size != member.compress_size:
        raise ValueError(f"{name} is compressed, as in no session")
    if member.file_size > limit:
        raise ValueError(f"{name} is larger than any session")
    with archive.open(member) as stream:
        content = stream.read(limit + 1)
    if len(content) != member.file_size:
        raise ValueError(f"{name} is shorter than it should be")
    return content
