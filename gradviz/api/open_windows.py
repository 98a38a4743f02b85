"""The windows that this process has opened, and what becomes of them at its end."""

import atexit
import os
import sys
import threading
from collections.abc import Sequence
from typing import Final

from gradviz.api.windows import OpenWindow
from gradviz.core.language.saying import tr

_opening: Final = threading.Lock()
_windows: Final[list[OpenWindow]] = []
#: The windows that the end of the process waits for.
_awaited: Final[list[OpenWindow]] = []


def newest() -> OpenWindow | None:
    """Return the window that was opened last and is still open."""
    with _opening:
        return next((each for each in reversed(_windows) if each.is_open), None)


def opened() -> OpenWindow:
    """Open a window, and return it.

    Raises:
        DisplayError, ProcessError: as OpenWindow does.
    """
    window = OpenWindow()
    with _opening:
        # Those of a long notebook that are closed are forgotten.
        _windows[:] = [each for each in _windows if each.is_open]
        _windows.append(window)
    return window


def keep_process_for(window: OpenWindow) -> None:
    """Let the process not end before the user has closed the window."""
    with _opening:
        if window not in _awaited:
            _awaited.append(window)


def interactive() -> bool:
    """Tell whether somebody goes on typing after a line, or tests run: nothing waits then."""
    prompts = bool(sys.flags.interactive) or hasattr(sys, "ps1")
    return prompts or "ipykernel" in sys.modules or "pytest" in sys.modules


def _end() -> None:
    """Wait for the windows that are to be seen, at the end of the process; then end all others."""
    try:
        _wait_for([each for each in _awaited if each.is_open])
    except KeyboardInterrupt:
        # The user wants no more of it.
        pass
    finally:
        for window in _windows:
            window.close()


def _wait_for(windows: Sequence[OpenWindow]) -> None:
    if not windows:
        return
    if sys.stderr is not None and sys.stderr.isatty():
        told = tr("the script has ended; it waits until its window is closed.")
        sys.stderr.write(f"gradviz: {told}\n")
    for window in windows:
        # In pieces, so that Ctrl+C is heard on Windows too.
        while not window.wait(1.0):
            pass


def _forget_after_fork() -> None:
    """Leave the windows to the process that opened them."""
    for window in _windows:
        window.leave_in_fork()
    _windows.clear()
    _awaited.clear()


atexit.register(_end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)
