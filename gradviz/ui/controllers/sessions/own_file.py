"""The file of a session, which another window or program may change meanwhile."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gradviz.export.atomic import replacing
from gradviz.session_files.contents import StoredSession

if sys.platform != "win32":
    import fcntl


class Stamp(NamedTuple):
    """By this the content of a file is known to be the same as before."""

    changed_ns: int
    size: int
    inode: int


class ChangedElsewhereError(Exception):
    """The file is not any more as it was read or written here."""


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of a file as it is now; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Stamp(found.st_mtime_ns, found.st_size, found.st_ino)


def save(path: Path, stored: StoredSession, expected: Stamp | None) -> Stamp | None:
    """Put a session in the place of a file, and return its new stamp.

    With `expected` the file must be as that stamp has it, or be gone.

    Raises:
        ChangedElsewhereError: it is not; nothing is written.
        ExportError: it could not be written; what was there is still there.
    """
    from gradviz.session_files.writing import write_session

    with _alone(path):
        found = stamp_of(path)
        if expected is not None and found not in (None, expected):
            raise ChangedElsewhereError
        with replacing(path) as stream:
            write_session(stream, *stored)
        return stamp_of(path)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other windows from saving to the same file, where there is one and it can be locked."""
    if sys.platform == "win32":
        yield
        return
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            # A pipe would wait for its other end.
            if path.is_file():
                stream = stack.enter_context(path.open("rb"))
                fcntl.flock(stream, fcntl.LOCK_EX)
        yield
