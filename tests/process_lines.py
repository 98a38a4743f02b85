"""Lines of processes that tests start: one that writes none is ended, so that its test fails."""

import subprocess
import threading
from typing import IO, AnyStr

#: Longer than what is waited for takes on a busy machine, and shorter than a test may take.
_PATIENCE_S = 200.0


def line_of(process: "subprocess.Popen[AnyStr]", stream: IO[AnyStr] | None = None) -> AnyStr:
    """Return the next line of a process, by default of its output; none once it has ended."""
    stream = stream or process.stdout
    assert stream is not None
    end = threading.Timer(_PATIENCE_S, process.kill)
    end.start()
    try:
        return stream.readline()
    finally:
        end.cancel()
