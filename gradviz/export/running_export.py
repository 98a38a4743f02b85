"""The window's side of an export: a process for each file, which can be cancelled at any time.

A process for each, and none that waits for the next: it starts while the request is packed, and
nothing of one export can stand in the way of another.
"""

import contextlib
import queue
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from gradviz.core.errors import ProcessError, words_of
from gradviz.core.language.saying import tr
from gradviz.export.export_messages import (
    ExportAnswer,
    Exported,
    ExportFailed,
    ExportMessage,
    ExportProgressed,
    ExportRequest,
    FilmMoment,
    MomentWanted,
    messages_of,
)
from gradviz.export.leftovers import remove_leftovers
from gradviz.protocol.child import Child
from gradviz.protocol.codec import Codec
from gradviz.protocol.module_process import module_command, started

_COMMAND: Final = module_command("gradviz.export")

_ExportChild = Child[ExportMessage, ExportAnswer]


class ExportCancelled(msgspec.Struct, frozen=True):
    """The export was ended before there was a file."""


ExportOutcome = Exported | ExportFailed | ExportCancelled


class _Ended(msgspec.Struct, frozen=True):
    code: int
    stderr: str


class RunningExport:
    """One export; the callbacks are called from a thread of its own, `on_end` once and last.

    That thread starts the process, packs the request and waits for the end of the process, so
    that whoever asks for the export waits for none of it.
    """

    def __init__(
        self,
        request: ExportRequest,
        on_progress: Callable[[ExportProgressed], None],
        on_end: Callable[[ExportOutcome], None],
        command: Sequence[str] = _COMMAND,
        on_wanted: Callable[[int], None] = lambda step: None,
    ) -> None:
        """Begin; `on_wanted` is called with the step of each moment that a film needs."""
        self._on_wanted = on_wanted
        self._request = request
        self._on_progress = on_progress
        self._on_end = on_end
        self._command = tuple(command)
        self._changing = threading.Lock()
        self._cancelled = False
        self._child: _ExportChild | None = None
        self._answers: queue.SimpleQueue[ExportAnswer | _Ended] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="export", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """Return the id of the process, None before there is one."""
        return self._child.pid if self._child is not None else None

    def cancel(self) -> None:
        """End the process at once; what the file held before stays."""
        with self._changing:
            self._cancelled = True
            if self._child is not None:
                self._child.kill()

    def give(self, moment: FilmMoment) -> None:
        """Send the moment that was wanted next; to a process that has ended it is lost."""
        with self._changing, contextlib.suppress(ProcessError):
            if self._child is not None:
                self._child.send(moment)

    def wait(self, seconds: float) -> None:
        """Wait until all is over, at most so long."""
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            outcome = self._outcome()
        except Exception as error:  # noqa: BLE001 - whoever asked for the export is told
            message = tr("The export could not be started: {reason}.", reason=words_of(error))
            outcome = ExportFailed(message, details=traceback.format_exc())
        finally:
            if self._child is not None:
                self._child.close()
        if not isinstance(outcome, Exported) and self._request.path is not None:
            # The process is gone, and what it had begun to write is nobody's.
            remove_leftovers(Path(self._request.path).resolve().parent)
        self._on_end(outcome)

    def _outcome(self) -> ExportOutcome:
        with self._changing:
            if self._cancelled:
                return ExportCancelled()
            self._child = Child(
                started(self._command),
                Codec[ExportMessage](ExportMessage),
                Codec[ExportAnswer](ExportAnswer),
                self._answers.put,
                lambda code, stderr: self._answers.put(_Ended(code, stderr)),
            )
        # Where the process has ended already, that is among its answers.
        with contextlib.suppress(ProcessError):
            for message in messages_of(self._request):
                self._child.send(message)
        return self._last_answer()

    def _last_answer(self) -> ExportOutcome:
        while True:
            answer = self._answers.get()
            if isinstance(answer, ExportProgressed):
                self._on_progress(answer)
            elif isinstance(answer, MomentWanted):
                self._on_wanted(answer.step)
            elif isinstance(answer, _Ended):
                return ExportCancelled() if self._cancelled else self._died(answer)
            else:
                return answer

    def _died(self, ended: _Ended) -> ExportFailed:
        way = tr("exit code {code}", code=ended.code)
        if ended.code < 0:
            way = tr("signal {number}", number=-ended.code)
        name = Path(self._request.path).name if self._request.path else tr("the picture")
        return ExportFailed(
            tr(
                "The export of {name} was ended before it was done ({way}), perhaps for lack of "
                "memory; a file of that name is as it was.",
                name=name,
                way=way,
            ),
            tr("Export again; a PNG image with a smaller scale needs less memory."),
            ended.stderr,
        )
