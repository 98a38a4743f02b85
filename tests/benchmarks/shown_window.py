"""An attached window, started as `gradviz.show` starts it; notes when its graph is painted."""

import os
import sys
import tempfile
import time
from pathlib import Path

from gradviz.attached import open_attached

# The modules of the window are loaded by it and in its order, as for a user.
with tempfile.TemporaryDirectory() as folder:
    os.environ["XDG_CONFIG_HOME"] = folder
    app, window = open_attached()

    from first_paint import after_next_paint

    def tell() -> None:
        # The clock is the same in all processes.
        Path(os.environ["SHOWN_AT"]).write_text(str(time.monotonic()))
        app.closeAllWindows()

    # A graph that has its place is drawn with the next paint.
    window.canvas.placed.connect(lambda _: after_next_paint(window, tell))
    code = app.exec()
sys.exit(code)
