"""Whether the desktop asks for less movement: GNOME, Windows and macOS each say it in their way."""

import ctypes
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

#: SPI_GETCLIENTAREAANIMATION of Windows.
_CLIENT_AREA_ANIMATION: Final = 0x1042
_GSETTINGS: Final = ("get", "org.gnome.desktop.interface", "enable-animations")
_PATIENCE_S: Final = 5.0


class ReducedMotion:
    """Asks the desktop once, in a thread of its own, as a program may have to answer.

    Until there is an answer, and where there is none, nothing is taken to be reduced.
    """

    def __init__(self, ask: Callable[[], bool] | None = None) -> None:
        self.wanted = False
        self._ask = ask or ASKED.get(sys.platform, _gnome_wants_less)
        self._thread = threading.Thread(target=self._find_out, name="reduced motion", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Wait for the answer."""
        self._thread.join(_PATIENCE_S)

    def _find_out(self) -> None:
        try:
            self.wanted = self._ask()
        except (OSError, AttributeError, subprocess.SubprocessError):
            # A desktop that cannot be asked has not asked for anything either.
            self.wanted = False


def _gnome_wants_less() -> bool:
    """Ask the settings of GNOME, which other desktops that are made of it share."""
    program = shutil.which("gsettings")
    if program is None:
        return False
    answer = subprocess.run(
        (program, *_GSETTINGS), capture_output=True, text=True, timeout=_PATIENCE_S, check=False
    )
    return answer.stdout.strip() == "false"


def _windows_wants_less() -> bool:
    """Ask Windows for "Animation effects"."""
    animated = ctypes.c_int(1)
    windows: Any = ctypes
    user = windows.windll.user32
    told = user.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(animated), 0)
    return bool(told) and not animated.value


def _mac_wants_less() -> bool:
    """Ask macOS for "Reduce motion"."""
    import ctypes.util

    objc = ctypes.cdll.LoadLibrary(ctypes.util.find_library("objc") or "")
    objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
    objc.objc_getClass.argtypes = objc.sel_registerName.argtypes = [ctypes.c_char_p]
    pointers = (ctypes.c_void_p, ctypes.c_void_p)
    address = ctypes.cast(objc.objc_msgSend, ctypes.c_void_p).value or 0
    workspace = ctypes.CFUNCTYPE(ctypes.c_void_p, *pointers)(address)(
        objc.objc_getClass(b"NSWorkspace"), objc.sel_registerName(b"sharedWorkspace")
    )
    reduces = objc.sel_registerName(b"accessibilityDisplayShouldReduceMotion")
    return bool(ctypes.CFUNCTYPE(ctypes.c_bool, *pointers)(address)(workspace, reduces))


#: How each platform is asked; all others are asked as GNOME is.
ASKED: Mapping[str, Callable[[], bool]] = MappingProxyType(
    {"win32": _windows_wants_less, "darwin": _mac_wants_less, "linux": _gnome_wants_less}
)
