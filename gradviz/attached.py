"""Opens a window on the tensors of another program, which starts it: `python -m gradviz.attached`.

Events come on its standard input, commands go to its standard output. The window ends when its
input ends.
"""

import gc
import sys
from typing import TYPE_CHECKING

from gradviz.core.interrupt_signal import ended_by_interrupt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gradviz.ui.main_window import MainWindow


def main() -> int:
    """Show the window until the user closes it, or the other program ends; return the exit code."""
    app, _window = open_attached()
    from gradviz.app import interruptible

    with interruptible(app):
        return app.exec()


def open_attached() -> "tuple[QApplication, MainWindow]":
    """Show the window; the application is still to be run, and the window to be kept."""
    # The window collects in its own event loop; while modules are loaded nothing is garbage.
    gc.disable()
    from gradviz.layout.client import LayoutClient
    from gradviz.protocol.child import claim_standard_streams

    received, sent = claim_standard_streams()
    # The graph is there as soon as the window is, and is laid out then.
    layouts = LayoutClient()
    layouts.start()
    from gradviz.ui.quick_imports import leave_sources_unread

    leave_sources_unread()
    from gradviz.app import open_window
    from gradviz.ui.attached_engine import AttachedEngine

    engine = AttachedEngine(received, sent)
    app, window = open_window(engine=engine, layouts=layouts)
    engine.released.connect(app.closeAllWindows)
    return app, window


if __name__ == "__main__":
    with ended_by_interrupt():
        code = main()
    sys.exit(code)
