"""Names that lead to no file: pipes, terminals and descriptors, which are written to as such."""

import errno
import io
import os
import select
import stat
from pathlib import Path
from typing import BinaryIO, Final, cast

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import marked, tr

_LONGEST_CHAIN: Final = 40
#: How long a reader that has stopped reading is waited for, where nobody can interrupt the wait.
_PATIENCE_MS: Final = 5000
_REFUSED: Final = {
    stat.S_IFSOCK: marked("{file} could not be written: it is a socket."),
    stat.S_IFBLK: marked("{file} could not be written: it is a disk or another block device."),
}


#: The descriptors that another number leads to now, by the number that they had.
_moved: dict[int, int] = {}


def moved(number: int, to: int) -> None:
    """Let what is written to descriptor `number` by its name go to where it was moved to."""
    _moved[number] = to


def leads_to_stream(path: Path) -> bool:
    """Tell whether `path` leads to something that exists and is neither a file nor a folder."""
    if own_descriptor(path) is not None:
        return True
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - tests put a device in its place
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def opened_stream(path: Path, *, waiting: bool) -> BinaryIO | None:
    """Return a stream to the pipe, terminal or descriptor at `path`; None where it is none of them.

    With `waiting` a named pipe is waited for until somebody reads it, for ever if need be: that is
    for a program that Ctrl+C ends. Otherwise a pipe without a reader is refused at once.

    Raises:
        ExportError: it is a socket or a block device.
        OSError: it cannot be opened; ENXIO where nobody reads.
    """
    descriptor = own_descriptor(path)
    if descriptor is not None:
        # The descriptor itself: what it leads to may be a socket or a file that is appended to.
        return _Stream(os.dup(descriptor), waiting=waiting).as_binary()
    if not leads_to_stream(path):
        return None
    reason = _REFUSED.get(stat.S_IFMT(os.stat(path).st_mode))  # noqa: PTH116
    if reason is not None:
        raise ExportError(tr(reason, file=path.name), tr("Choose the name of a file."))
    flags = os.O_WRONLY | getattr(os, "O_NOCTTY", 0)
    if not waiting:
        flags |= getattr(os, "O_NONBLOCK", 0)
    return _Stream(os.open(path, flags), waiting=waiting).as_binary()


def own_descriptor(path: Path) -> int | None:
    """Return the descriptor of this process that `path` leads to, as /dev/stdout leads to 1."""
    for _ in range(_LONGEST_CHAIN):
        if path.name.isdecimal() and os.path.realpath(path.parent) in _folders():
            number = int(path.name)
            return _moved.get(number, number)
        try:
            path = path.parent / path.readlink()
        except (OSError, ValueError):
            return None
    return None


def _folders() -> tuple[str, ...]:
    """Return where the descriptors of this process are; /dev/stdout is a link into one of them."""
    return ("/dev/fd", f"/proc/{os.getpid()}/fd")


class _Stream(io.RawIOBase):
    """A descriptor to which each `write` writes all; it is closed at the end."""

    def __init__(self, descriptor: int, *, waiting: bool) -> None:
        self._descriptor = descriptor
        self._patience_ms = None if waiting else _PATIENCE_MS

    def as_binary(self) -> BinaryIO:
        """Return this stream under the type of files."""
        return cast(BinaryIO, self)

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, content: object) -> int:
        """Write all of `content`; raises OSError when the reader has gone or reads no more."""
        left = memoryview(cast(bytes, content)).cast("B")
        size = len(left)
        while left:
            try:
                left = left[os.write(self._descriptor, left) :]
            except BlockingIOError:
                self._wait()
        return size

    def _wait(self) -> None:
        poll = select.poll()
        poll.register(self._descriptor, select.POLLOUT)
        if not poll.poll(self._patience_ms):
            raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))

    def close(self) -> None:
        """Close the descriptor, once."""
        if not self.closed:
            os.close(self._descriptor)
        super().close()
