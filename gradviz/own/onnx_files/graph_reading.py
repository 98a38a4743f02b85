"""The side of whoever wants the graph of an ONNX file, which a process of its own reads."""

import contextlib
import queue
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from gradviz.core.errors import OwnModelError, ProcessError
from gradviz.core.graphs.graph import Graph
from gradviz.core.language.saying import tr
from gradviz.core.typed_paths import typed_path
from gradviz.own.onnx_files.graph_messages import (
    GraphAnswer,
    GraphRead,
    GraphWanted,
)
from gradviz.protocol.child import Child
from gradviz.protocol.codec import Codec
from gradviz.protocol.module_process import module_command, started

_COMMAND: Final = module_command("gradviz.own.onnx_files")

Outcome = Graph | OwnModelError


class GraphReading:
    """One file that is being read; `on_end` is called once, from a thread of its own."""

    def __init__(
        self, path: str, on_end: Callable[[Outcome], None], command: Sequence[str] = _COMMAND
    ) -> None:
        """Begin to read the file at `path`; raises OSError where no process can be started."""
        self.path = typed_path(path).absolute()
        self._on_end = on_end
        self._outcome: Outcome | None = None
        self._child = Child[GraphWanted, GraphAnswer](
            started(command),
            Codec[GraphWanted](GraphWanted),
            Codec[GraphAnswer](GraphAnswer),
            self._hear,
            self._tell,
        )
        # A process that has ended already tells so itself.
        with contextlib.suppress(ProcessError):
            self._child.send(GraphWanted(str(self.path)))

    def cancel(self) -> None:
        """End it at once; `on_end` follows."""
        self._child.kill()

    def close(self) -> None:
        """End it, and wait until it has ended."""
        self._child.close()

    def _hear(self, answer: GraphAnswer) -> None:
        self._outcome = answer.whole() if isinstance(answer, GraphRead) else answer.error

    def _tell(self, code: int, _: str) -> None:
        self._on_end(self._outcome or _ended(self.path, code))


def graph_of_onnx(path: str) -> Graph:
    """Return the graph of an ONNX file, and wait for it.

    Raises:
        OwnModelError: it cannot be read or shown.
    """
    outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    reading = GraphReading(path, outcomes.put)
    try:
        outcome = outcomes.get()
    finally:
        reading.close()
    if isinstance(outcome, OwnModelError):
        raise outcome
    return outcome


def _ended(path: Path, code: int) -> OwnModelError:
    way = tr("signal {number}", number=-code) if code < 0 else tr("exit code {code}", code=code)
    return OwnModelError(
        tr(
            "{file} could not be read: the process that reads it was ended ({way}).",
            file=path.name,
            way=way,
        ),
        tr("It is damaged or too large; export the model again, or name another file."),
        field="source",
    )
