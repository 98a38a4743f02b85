"""Joins the window to the engine's process: the composition root of the desktop program."""

import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLocale, QSettings, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gradviz.core.display import require_display
from gradviz.core.language.saying import marked, sentences, tr
from gradviz.core.tried_versions import unloadable, untried_libraries
from gradviz.layout.client import LayoutClient
from gradviz.protocol.module_process import module_command
from gradviz.session_files.contents import names_session
from gradviz.ui.bridge import Bridge, EngineLink, RecordingBridge
from gradviz.ui.garbage import GarbageCollection, keep_what_is_loaded
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.window_state import Notice, State
from gradviz.ui.widgets.icons import resources
from gradviz.ui.widgets.painting.first_paint import AfterFirstPaint
from gradviz.ui.widgets.theme import interface_font

ENGINE_COMMAND = module_command("gradviz.engine")
_HEADLESS = marked(
    "Without a window, these work: gradviz graph, gradviz step, gradviz train, "
    "gradviz models, gradviz devices."
)


def run(expression: str | None = None, lesson: str = "") -> int:
    """Open the window, on `expression` or `lesson` if one is given, and return the exit code.

    A lesson is given by its name, or the path of its file. Where nothing is given, somebody new is
    greeted with the first lesson.

    Raises:
        DisplayError: there is no screen; Qt itself would abort the process.
    """
    require_display(tr(_HEADLESS))
    greets = expression is None and not lesson and is_new(user_settings())
    app, window = open_window(expression)
    if lesson:
        window.lessons.open(lesson)
    elif greets:
        window.lessons.greet()
    with interruptible(app):
        return app.exec()


def is_new(settings: QSettings) -> bool:
    """Return whether the program has never been used: nothing is remembered of any window."""
    return not settings.allKeys()


def open_window(
    expression: str | None = None,
    engine: EngineLink | None = None,
    layouts: LayoutClient | None = None,
) -> tuple[QApplication, MainWindow]:
    """Show the window; the application is still to be run, and the window to be kept.

    Without an `engine` it starts one of its own, and `layouts` too.
    """
    # The engine loads torch while the window is being built.
    recording = _recording_in(expression)
    if recording is not None:
        engine, expression = RecordingBridge((*ENGINE_COMMAND, str(recording))), None
    engine = engine or Bridge(ENGINE_COMMAND)
    engine.start()
    app = make_application()
    window = MainWindow(engine, user_settings(), layouts)
    if expression is not None:
        window.open_expression(expression)
    sys.excepthook = partial(tell_uncaught, window.state)
    _load_the_rest_in_time(window)
    window.show()
    # Without a window manager nobody else gives the window the keyboard.
    window.activateWindow()
    return app, window


def _load_the_rest_in_time(window: MainWindow) -> None:
    if window.state.attached:
        # The graph of another program is there as soon as the window is, and comes first.
        placed = window.canvas.placed
        once = Qt.ConnectionType.SingleShotConnection
        placed.connect(lambda _: AfterFirstPaint(window, load_the_rest), once)
    else:
        # The engine loads torch for about a second longer.
        AfterFirstPaint(window, load_the_rest)


def _recording_in(expression: str | None) -> Path | None:
    """Return the file of recorded passes that the window is to be opened on, if it is one."""
    if expression is None or not names_session(expression):
        return None
    from gradviz.session_files.recordings import holds_recording

    path = Path(expression.strip()).expanduser().absolute()
    return path if holds_recording(path) else None


def tell_uncaught(
    state: State, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log an error that nothing has handled, once, and show it in the window, which goes on."""
    reasons = _reasons(error) if issubclass(kind, Exception) else []
    first_line = next(iter(str(error).splitlines()), "")
    if reasons:
        # They are said in sentences; a traceback would tell nothing beside them.
        sys.stderr.write(f"gradviz: {sentences(reasons)} ({kind.__name__}: {first_line})\n")
    else:
        sys.__excepthook__(kind, error, trace)
    if issubclass(kind, Exception):
        details = "".join(traceback.format_exception(kind, error, trace))
        hint = tr(
            "What you have typed is still there. If something looks wrong, restart the program."
        )
        why = first_line if reasons else error
        told = tr("The window met an error of its own: {error}.", error=why)
        state.noticed.emit(Notice("window", sentences([*reasons, told]), hint, details))


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
        # By its argument: the method returns the style, whose class in Python takes long to make.
        app = QApplication([sys.argv[0], "-style", "Fusion"])
    # Numbers are written and read in one way, whatever the language of the system.
    QLocale.setDefault(QLocale.c())
    app.setApplicationName("gradviz")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("gradviz")
    app.setFont(interface_font())
    app.setWindowIcon(QIcon(str(resources() / "icons" / "gradviz.svg")))
    if app.findChild(GarbageCollection) is None:
        GarbageCollection(app)
    return app


def user_settings() -> QSettings:
    """Return where the user's choices about the window are kept."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "gradviz", "gradviz")


def _close_if_any(interrupts: list[int], app: QApplication) -> None:
    if interrupts:
        # A window may ask whether to close; the next Ctrl+C asks again.
        interrupts.clear()
        app.closeAllWindows()


@contextmanager
def interruptible(app: QApplication) -> Iterator[None]:
    """Let Ctrl+C in the terminal close the window, from the event loop.

    Python notices the signal wherever it happens to be. Windows that are closed before the event
    loop runs do not end it, and while one of them is being painted none may be closed.
    """
    received: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: received.append(number))
    # Python runs at each beat, and so sees the signal.
    beat = QTimer(interval=200)
    beat.timeout.connect(lambda: _close_if_any(received, app))
    beat.start()
    try:
        yield
    finally:
        beat.stop()
        signal.signal(signal.SIGINT, before)
