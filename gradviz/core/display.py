"""Whether there is a screen that a window can be opened on, found out without Qt."""

import ctypes
import os
import sys

from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import tr


class DisplayError(GradvizError):
    """There is no screen to open a window on."""


def require_display(hint: str) -> None:
    """Raise DisplayError, with a hint, on Linux where neither Wayland nor an X server answers."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "xcb") not in ("xcb", ""):
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    display = os.environ.get("DISPLAY", "")
    if not display:
        raise DisplayError(tr("There is no display to open a window on."), hint)
    if not _x_server_answers():
        raise DisplayError(tr("The display {display} cannot be opened.", display=display), hint)


def _x_server_answers() -> bool:
    """Ask the library that Qt will use; where it is missing, Qt says so itself."""
    try:
        # By its name: to look for it starts another program.
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answers
