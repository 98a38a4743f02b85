"""Ends the processes that another one has left behind; also run as a script, by the engine.

It imports nothing of this package: as a script it is to start within milliseconds.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator

#: The variable by which the descendants of a process are known, whatever group they are in.
MARK_VARIABLE = "GRADVIZ_PROCESS"
#: The variable with the descriptor that is at its end once the parent is gone.
LIFE_VARIABLE = "GRADVIZ_LIFE"
#: Processes that are started while others are ended are looked for again, so often at most.
_ROUNDS = 100


def end_descendants(token: str) -> None:
    """End every process of this user whose environment holds the token, but for this one.

    Nothing happens where the system does not show the environment of a process.
    """
    for _ in range(_ROUNDS):
        if not [pid for pid in _own_processes() if _ended(pid, token)]:
            return


def _own_processes() -> Iterator[int]:
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError), os.scandir("/proc") as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                if entry.name.isdecimal() and entry.stat().st_uid == os.getuid():
                    yield int(entry.name)


def _ended(pid: int, token: str) -> bool:
    """Tell whether a process had the token; it is ended then."""
    if sys.platform != "linux" or pid == os.getpid():
        return False
    with contextlib.suppress(OSError):
        # The descriptor stays that of this process if its number is given to another one.
        process = os.pidfd_open(pid)
        try:
            with open(f"/proc/{pid}/environ", "rb") as environment:  # noqa: PTH123
                marked = f"{MARK_VARIABLE}={token}".encode() in environment.read().split(b"\0")
            if marked:
                signal.pidfd_send_signal(process, signal.SIGKILL)
            return marked
        finally:
            os.close(process)
    return False


def main() -> None:
    """Wait until the parent of a process is gone or has seen it end, then end its descendants."""
    life, token, group = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    while os.read(life, 1):
        pass
    if sys.platform not in ("linux", "win32"):
        # There is no list of environments; on Linux the kernel has ended the group by now.
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)
    end_descendants(token)


if __name__ == "__main__":
    main()
