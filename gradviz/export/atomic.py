"""Writing a file so that there are always the old bytes or the new, never a mixture.

Only files are replaced: a pipe, a terminal and the like are written to, see `streams`.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gradviz.core.errors import ExportError, words_of
from gradviz.core.language.saying import marked, tr
from gradviz.export.leftovers import claim, remove_leftovers, temporary_name
from gradviz.export.streams import opened_stream

_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
#: What is wrong with the reader of a pipe, and what to do.
_UNREAD = {
    errno.ENXIO: (
        marked("{file} could not be written: nobody reads from it."),
        marked("Start its reader first, or choose the name of a file."),
    ),
    errno.EPIPE: (
        marked("{file} could not be written: its reader has gone."),
        marked("Keep the reader open, or choose the name of a file."),
    ),
    errno.ETIMEDOUT: (
        marked("{file} could not be written: its reader has stopped reading."),
        marked("Choose the name of a file."),
    ),
}


def write_bytes(path: Path, content: bytes, *, waiting: bool = False) -> None:
    """Put `content` in the place of `path`, or into the pipe that is there, as `replacing` does.

    Raises:
        ExportError: it could not be written; what was there before is still there.
    """
    with replacing(path, waiting=waiting) as stream:
        stream.write(content)


@contextlib.contextmanager
def replacing(path: Path, *, waiting: bool = False) -> Iterator[BinaryIO]:
    """Give a stream whose content takes the place of `path` when the context ends well.

    Into an existing pipe, terminal or descriptor it is written as it comes. With `waiting` a named
    pipe may wait for its reader for ever; without, one that nobody reads is refused.

    Raises:
        ExportError: it could not be written; what was there before is still there.
    """
    try:
        with _opened(path, waiting=waiting) as stream:
            yield stream
    except (OSError, ValueError) as error:
        raise _explained(path, error) from error


def _opened(path: Path, *, waiting: bool) -> contextlib.AbstractContextManager[BinaryIO]:
    stream = opened_stream(path, waiting=waiting)
    # A link stays a link: what it points to is replaced.
    return stream or _replacing(Path(os.path.realpath(path)))


@contextlib.contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    # In the same folder, because only within one file system a file can be renamed at once.
    temporary = target.with_name(temporary_name())
    remove_leftovers(target.parent)
    try:
        with temporary.open("xb") as stream:
            claim(stream.fileno())
            _keep_permissions(target, temporary)
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _keep_name(target.parent)


def _keep_permissions(target: Path, temporary: Path) -> None:
    """Let nobody read the new file who could not read the old one, where files have permissions."""
    with contextlib.suppress(OSError):
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))


def _keep_name(folder: Path) -> None:
    """Make the new name last through a power failure, where folders can be synchronised."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _explained(path: Path, error: OSError | ValueError) -> ExportError:
    file, folder = path.name or path, path.parent
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.ENOENT:
        return ExportError(
            tr(
                "{file} could not be written: the folder {folder} does not exist.",
                file=file,
                folder=folder,
            ),
            tr("Create it, or choose another folder."),
        )
    if code == errno.ENOTDIR:
        return ExportError(
            tr("{file} could not be written: {folder} is no folder.", file=file, folder=folder),
            tr("Choose a folder."),
        )
    if code == errno.EISDIR:
        return ExportError(
            tr("{file} could not be written: it is a folder.", file=file),
            tr("Choose another name."),
        )
    if code in _UNREAD:
        told, hint = _UNREAD[code]
        return ExportError(tr(told, file=file), tr(hint))
    if code in _FORBIDDEN:
        return ExportError(
            tr(
                "{file} could not be written: {folder} or the file is read-only.",
                file=file,
                folder=folder,
            ),
            tr("Choose another folder."),
        )
    if code in _FULL:
        return ExportError(
            tr("{file} could not be written: there is no space left.", file=file),
            tr("Free some space, or choose another disk."),
        )
    return ExportError(
        tr("{file} could not be written: {reason}.", file=file, reason=words_of(error)),
        tr("Choose another name or folder."),
    )
