"""The last lines that a process wrote, in a memory that does not grow with its output."""

from typing import Final

_LINES: Final = 40
#: Kept of all the lines together: one that never ends would otherwise be kept whole.
_BYTES: Final = 32 * 1024


class LastLines:
    """Keeps the end of a stream of bytes, as a terminal shows it.

    A carriage return begins the line anew, so that a progress bar is one line.
    """

    def __init__(self) -> None:
        self._kept = b""

    def add(self, block: bytes) -> None:
        """Take the next bytes, in time proportional to their number; one thread at a time."""
        lines = (self._kept + block).rsplit(b"\n", _LINES + 1)[-_LINES - 1 :]
        self._kept = b"\n".join(map(_written_last, lines))[-_BYTES:]

    def text(self) -> str:
        """Return the lines; bytes that are no UTF-8 are marked."""
        kept = self._kept.decode(errors="replace")
        return "\n".join(line.rstrip("\r") for line in kept.split("\n"))


def _written_last(line: bytes) -> bytes:
    """Return the part of a line that was written after its last carriage return."""
    return line[line.rstrip(b"\r").rfind(b"\r") + 1 :]
