"""The process that reads one ONNX file: a damaged one can end no other process."""

import contextlib
import faulthandler
import signal
import sys
from pathlib import Path
from typing import Final

from gradviz.core.errors import GradvizError
from gradviz.core.language.catalogues import speak_as_told
from gradviz.core.language.saying import tr
from gradviz.own.onnx_files.graph_messages import (
    GraphAnswer,
    GraphRead,
    GraphRefused,
    GraphWanted,
)
from gradviz.own.onnx_files.onnx_file import read_onnx
from gradviz.own.onnx_files.onnx_graph import onnx_graph
from gradviz.protocol.child import claim_standard_streams
from gradviz.protocol.codec import Codec

#: The library holds the interpreter's lock while it works; a file that takes longer is given up.
LIMIT_S: Final = 120.0


def main() -> int:
    """Read the file that is asked for, answer, and end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    speak_as_told()
    requests, answers = claim_standard_streams()
    faulthandler.dump_traceback_later(LIMIT_S, exit=True)
    wanted = Codec[GraphWanted](GraphWanted).read(requests)
    if wanted is not None:
        with contextlib.suppress(BrokenPipeError):
            Codec[GraphAnswer](GraphAnswer).write(answers, _answer(Path(wanted.path)))
    return 0


def _answer(path: Path) -> GraphAnswer:
    try:
        return GraphRead.of(onnx_graph(path.name, read_onnx(path)))
    except GradvizError as error:
        return GraphRefused(error.message, error.hint)
    except MemoryError:
        message = tr("There is not enough memory for {file}.", file=path.name)
        return GraphRefused(message, tr("Name a smaller file."))


if __name__ == "__main__":
    sys.exit(main())
