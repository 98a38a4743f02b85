"""A whole tensor written as .npy: fetched piece by piece, with no copy of it in the window."""

import math
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal

from gradviz.core.errors import ExportError, GradvizError
from gradviz.core.findings.tensor_view import Component
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.language.saying import tr
from gradviz.export.atomic import replacing
from gradviz.export.npy import npy_header
from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import ReadTensorChunk, TensorChunk
from gradviz.ui.controllers.inspection_controller import InspectionController

_CHUNK: Final = 1 << 18
#: How long the program waits for the thread at its end.
_PATIENCE_S: Final = 2.0
#: The end of the pieces to write; None where the saving is given up.
_END: Final = b""


class NpySaving(QObject):
    """Saves one component of a tensor; an earlier file stays until all is written."""

    #: How many elements have come.
    progressed = Signal(int)
    #: None when all is written, else the exception that says why not.
    ended = Signal(object)

    def __init__(
        self,
        controller: InspectionController,
        place: TensorPlace,
        component: Component,
        path: Path,
    ) -> None:
        super().__init__()
        self._controller, self._place, self._component = controller, place, component
        self._came = 0
        self._over = False
        self._pieces: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        # A piece is asked for after the last one is written: a slow disk does not fill the memory.
        self._stored.connect(self._ask_next)
        self._written.connect(self._on_written)
        QCoreApplication.instance().aboutToQuit.connect(self._on_quit)  # type: ignore[union-attr]
        # The thread keeps this object alive until it is done.
        self._thread = threading.Thread(target=self._write, args=(path,), name="npy", daemon=True)
        self._thread.start()
        self._ask()

    #: Both are emitted in the thread that writes: a piece is written, or all is over.
    _stored = Signal()
    _written = Signal(object)

    @property
    def size(self) -> int:
        """Return how many elements there are."""
        return self._component.size

    def cancel(self) -> None:
        """Stop writing, and leave an earlier file as it was."""
        self._give_up(ExportError(tr("Nothing was saved."), tr("It was cancelled.")))

    def _on_quit(self) -> None:
        self.cancel()
        self._thread.join(_PATIENCE_S)

    def _ask(self) -> None:
        question = ReadTensorChunk(
            place=self._place, component=self._component.name, start=self._came, count=_CHUNK
        )
        self._controller.ask(question, self._on_answered, self._on_refused)

    def _on_answered(self, event: Answered) -> None:
        answer = event.answer
        if self._over or not isinstance(answer, TensorChunk):
            return
        header = b""
        if not self._came:
            header = npy_header(np.dtype(answer.values.dtype), self._component.shape)
        self._came += math.prod(answer.values.shape)
        self.progressed.emit(self._came)
        self._pieces.put(header + answer.values.data)
        if self._came >= self.size or not answer.values.data:
            self._over = True
            self._pieces.put(_END)

    def _ask_next(self) -> None:
        if not self._over:
            self._ask()

    def _on_refused(self, refused: Unanswered) -> None:
        if not self._over:
            hint = tr("Pause the training, so that the tensor stays as it is, and save again.")
            self._give_up(ExportError(refused.message, hint))

    def _give_up(self, error: GradvizError) -> None:
        if not self._over:
            self._over = True
            self._pieces.put(None)
            self.ended.emit(error)

    def _write(self, path: Path) -> None:
        try:
            with replacing(path) as stream:
                for piece in self._until_end():
                    stream.write(piece)
                    self._stored.emit()
        except _GivenUpError:
            return
        except Exception as error:  # noqa: BLE001 - told in the window's thread
            self._written.emit(error)
        else:
            self._written.emit(None)

    def _until_end(self) -> Iterator[bytes]:
        while (piece := self._pieces.get()) != _END:
            if piece is None:
                raise _GivenUpError
            yield piece

    def _on_written(self, error: Exception | None) -> None:
        self._over = True
        self.ended.emit(error)


class _GivenUpError(Exception):
    """The saving was cancelled, or the engine has refused to read on."""
