"""What Ctrl+C does to a process that opens a window."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ended_by_interrupt() -> Iterator[None]:
    """Let Ctrl+C end the process at once, as it does for programs without Python.

    Python's own KeyboardInterrupt is lost where Qt calls into Python while a window is being
    built, and it crashes the process where the modules of Qt or msgspec are being loaded. Signals
    come to the main thread alone: in another one nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
