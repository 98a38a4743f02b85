"""The unfinished files of writers that were killed: their names tell whose they are.

A writer holds a lock on its unfinished file, which the system releases when the writer dies. Where
a file system has no locks, and in the moment before the lock is taken, the process in the name
counts; of another machine, or of a number that another process has got since, the age does.
"""

import contextlib
import os
import platform
import re
import stat
import sys
import time
import zlib
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

_PREFIX: Final = ".gradviz-"
_SUFFIX: Final = ".tmp"
_NAME: Final = re.compile(r"\.gradviz-([0-9a-f]{8})-(\d{1,9})-[0-9a-f]+\.tmp")
#: From this age on, in seconds, an unlocked file is a leftover whoever began it.
_OLD_S: Final = 3600.0


def temporary_name() -> str:
    """Return a new name for an unfinished file, with this machine and process in it."""
    return f"{_PREFIX}{_machine()}-{os.getpid()}-{os.urandom(8).hex()}{_SUFFIX}"


def claim(descriptor: int) -> None:
    """Lock an unfinished file for as long as it is open, where the file system has locks."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def remove_leftovers(folder: Path) -> None:
    """Remove from `folder` the unfinished files whose writers are gone; failures are let be."""
    names: list[str] = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        names = [each.name for each in entries if each.name.startswith(_PREFIX)]
    for name in names:
        if name.endswith(_SUFFIX):
            with contextlib.suppress(OSError):
                _remove_if_left(folder / name)


def _remove_if_left(path: Path) -> None:
    # Nothing is followed, waited for or created to look at it.
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags)
    try:
        found = os.fstat(descriptor)
        left = stat.S_ISREG(found.st_mode) and not _claimed(descriptor)
        left = left and (_writer_is_gone(path.name) or time.time() - found.st_mtime > _OLD_S)
        if left and sys.platform != "win32":
            path.unlink()
    finally:
        os.close(descriptor)
    if left and sys.platform == "win32":
        # It has no such locks, but lets nobody remove a file that is open.
        path.unlink()


def _claimed(descriptor: int) -> bool:
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
    return False


def _writer_is_gone(name: str) -> bool:
    """Tell whether the process in `name` was one of this machine and has ended."""
    found = _NAME.fullmatch(name)
    # On Windows the question itself would end the process.
    if found is None or found[1] != _machine() or sys.platform == "win32":
        return False
    try:
        os.kill(int(found[2]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _machine() -> str:
    return f"{zlib.crc32(platform.node().encode()):08x}"
