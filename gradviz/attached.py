"""Opens a window on the tensors of another program, which starts it: `python -m gradviz.attached`.

Events come on its standard input, commands go to its standard output. The window ends when its
input ends.
"""

import gc
import sys

from gradviz.core.interrupt_signal import ended_by_interrupt


def main() -> int:
    """Show the window until the user closes it, or the other program ends; return the exit code."""
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
    from PySide6.QtWidgets import QApplication

    from gradviz.app import interruptible, open_window
    from gradviz.ui.attached_engine import AttachedEngine

    engine = AttachedEngine(received, sent)
    app, _window = open_window(engine=engine, layouts=layouts)
    engine.released.connect(QApplication.closeAllWindows)
    with interruptible(app):
        return app.exec()


if __name__ == "__main__":
    with ended_by_interrupt():
        code = main()
    sys.exit(code)
