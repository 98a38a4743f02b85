"""What Ctrl+C does to a process that opens a window."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ended_by_interrupt() -> Iterator[None]:
    """Let Ctrl+C end the process at once, as it does for programs without Python.

    Python's own KeyboardInterrupt is lost where Qt calls into Python while a window is being
    built, and it aborts the process where Qt's modules are being loaded.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
