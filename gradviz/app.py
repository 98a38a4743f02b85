"""Joins the window to the engine's process: the composition root of the desktop program."""

import ctypes
import ctypes.util
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import TracebackType

from PySide6.QtCore import QLocale, QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gradviz.core.errors import GradvizError
from gradviz.core.tried_versions import unloadable, untried_libraries
from gradviz.protocol.child import module_command
from gradviz.ui.bridge import Bridge
from gradviz.ui.garbage import GarbageCollection, keep_what_is_loaded
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.window_state import Notice, State
from gradviz.ui.widgets.icons import resources
from gradviz.ui.widgets.painting.first_paint import AfterFirstPaint
from gradviz.ui.widgets.theme import interface_font

ENGINE_COMMAND = module_command("gradviz.engine")
_HEADLESS = (
    "Without a window, these work: gradviz graph, gradviz step, gradviz train, "
    "gradviz models, gradviz devices."
)


class DisplayError(GradvizError):
    """There is no screen to open a window on."""


def run(expression: str | None = None) -> int:
    """Open the window, on `expression` if one is given, and return the exit code.

    Raises:
        DisplayError: there is no screen; Qt itself would abort the process.
    """
    require_display()
    app, _window = open_window(expression)
    with _interruptible(app):
        return app.exec()


def open_window(expression: str | None = None) -> tuple[QApplication, MainWindow]:
    """Show the window; the application is still to be run, and the window to be kept."""
    # The engine loads torch while the window is being built.
    engine = Bridge(ENGINE_COMMAND)
    engine.start()
    app = make_application()
    window = MainWindow(engine, user_settings())
    if expression is not None:
        window.open_expression(expression)
    sys.excepthook = partial(tell_uncaught, window.state)
    # The engine loads torch for about a second longer.
    AfterFirstPaint(window, load_the_rest)
    window.show()
    # Without a window manager nobody else gives the window the keyboard.
    window.activateWindow()
    return app, window


def tell_uncaught(
    state: State, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log an error that nothing has handled, once, and show it in the window, which goes on."""
    reasons = _reasons(error) if issubclass(kind, Exception) else []
    first_line = next(iter(str(error).splitlines()), "")
    if reasons:
        # They are said in sentences; a traceback would tell nothing beside them.
        sys.stderr.write(f"gradviz: {' '.join(reasons)} ({kind.__name__}: {first_line})\n")
    else:
        sys.__excepthook__(kind, error, trace)
    if issubclass(kind, Exception):
        details = "".join(traceback.format_exception(kind, error, trace))
        hint = "What you have typed is still there. If something looks wrong, restart the program."
        told = f"The window met an error of its own: {first_line if reasons else error}."
        state.noticed.emit(Notice("window", " ".join([*reasons, told]), hint, details))


def _reasons(error: BaseException) -> list[str]:
    """Return the sentences about libraries that may be the reason of an error."""
    unloaded = unloadable(error)
    return [unloaded] if unloaded else untried_libraries()


def load_the_rest() -> None:
    """Load the modules for the first expression and the first plot, while the engine still starts.

    Modules that use Qt are loaded in this thread: PySide makes its classes and enums at their
    first use, and two threads that do so at once crash it.
    """
    threading.Thread(target=_load_grammar, daemon=True).start()
    import pyqtgraph  # noqa: F401

    keep_what_is_loaded()


def _load_grammar() -> None:
    from gradviz.expression import parse

    parse("x")


def make_application() -> QApplication:
    """Return the one QApplication, set up as the window needs it."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([sys.argv[0]])
    # Numbers are written and read in one way, whatever the language of the system.
    QLocale.setDefault(QLocale.c())
    app.setApplicationName("gradviz")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("gradviz")
    app.setStyle("Fusion")
    app.setFont(interface_font())
    app.setWindowIcon(QIcon(str(resources() / "icons" / "gradviz.svg")))
    if app.findChild(GarbageCollection) is None:
        GarbageCollection(app)
    return app


def user_settings() -> QSettings:
    """Return where the user's choices about the window are kept."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "gradviz", "gradviz")


def require_display() -> None:
    """Raise DisplayError on Linux when neither Wayland nor an X server can be reached."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "xcb") not in ("xcb", ""):
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    display = os.environ.get("DISPLAY", "")
    if not display:
        raise DisplayError("There is no display to open a window on.", _HEADLESS)
    if not _x_server_answers():
        raise DisplayError(f"The display {display} cannot be opened.", _HEADLESS)


def _x_server_answers() -> bool:
    """Ask the library that Qt will use; where it is missing, Qt says so itself."""
    name = ctypes.util.find_library("xcb")
    if name is None:
        return True
    xcb = ctypes.CDLL(name)
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answers


@contextmanager
def _interruptible(app: QApplication) -> Iterator[None]:
    """Let Ctrl+C in the terminal close the window: Python must run now and then to see it."""
    before = signal.signal(signal.SIGINT, lambda *_: app.closeAllWindows())
    beat = QTimer(interval=200)
    beat.timeout.connect(lambda: None)
    beat.start()
    try:
        yield
    finally:
        beat.stop()
        signal.signal(signal.SIGINT, before)
