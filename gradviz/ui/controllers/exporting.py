"""An export that runs in its own process, as signals in the window's thread."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageReader

from gradviz.core.language.saying import marked, tr
from gradviz.export.export_messages import (
    Exported,
    ExportProgressed,
    ExportRequest,
    FilmMoment,
    Phase,
)
from gradviz.export.figure import GraphFigure
from gradviz.export.moving.film import Film
from gradviz.export.running_export import ExportOutcome, RunningExport

#: Enough for the largest image that is ever made, 100 million pixels of four bytes.
_MOST_MB: Final = 400
_PHASES: Final[Mapping[Phase, str]] = MappingProxyType(
    {
        "preparing": marked("preparing"),
        "drawing": marked("drawing"),
        "writing": marked("writing"),
    }
)
_READ_ONLY: Final = QIODevice.OpenModeFlag.ReadOnly
#: How long a window that closes waits for a process that it has killed.
_PATIENCE_S: Final = 2.0


class Exporting(QObject):
    """Makes one file, or without a path the content of the clipboard.

    Whoever holds this hears of it by signals.
    """

    #: The step whose moment the next frame of a film needs.
    moment_wanted = Signal(int)
    #: A text on how far it is.
    progressed = Signal(str)
    #: The outcome; then, where there is no path, the image (else a null one).
    ended = Signal(object, QImage)

    def __init__(
        self, figure: GraphFigure, suffix: str, path: Path | None, film: Film | None = None
    ) -> None:
        super().__init__()
        self.path, self.suffix = path, suffix
        self._selection = figure.only is not None
        request = ExportRequest(
            suffix=suffix,
            font=QGuiApplication.font().toString(),
            figure=figure,
            path=str(path) if path else None,
            beside=_beside(figure) if path is None and suffix == ".png" else (),
            film=film,
        )
        self._running = RunningExport(
            request, self._on_progress, self._on_end, on_wanted=self.moment_wanted.emit
        )

    @property
    def name(self) -> str:
        """Return the name of the file, or that of a picture without one."""
        if self.path is not None:
            return self.path.name
        if self._selection:
            return tr("the picture of the selection")
        if self.suffix == ".png":
            return tr("the picture of the graph")
        return tr("the text of the graph")

    @property
    def pid(self) -> int | None:
        """Return the id of the process, None before there is one."""
        return self._running.pid

    def cancel(self) -> None:
        """End it; what the file held before stays, and `ended` follows."""
        self._running.cancel()

    def give(self, moment: FilmMoment) -> None:
        """Hand over the moment that was wanted next."""
        self._running.give(moment)

    def wait(self) -> None:
        """Wait until the process, which has been cancelled, is gone."""
        self._running.wait(_PATIENCE_S)

    # Both are called in the thread of the export.

    def _on_progress(self, progress: ExportProgressed) -> None:
        phase = tr(_PHASES[progress.phase])
        if progress.total:
            share = f"{progress.done / progress.total:.0%}"
            phase = tr("{phase}, {share}", phase=phase, share=share)
        self.progressed.emit(phase)

    def _on_end(self, outcome: ExportOutcome) -> None:
        image = QImage()
        if self.path is None and self.suffix == ".png" and isinstance(outcome, Exported):
            image = _read(outcome.content)
        self.ended.emit(outcome, image)


def _beside(figure: GraphFigure) -> tuple[str, ...]:
    """Return the further formats of the clipboard: a selection is copied as text too."""
    return (".svg",) if figure.only is None else (".svg", ".txt")


def _read(content: bytes) -> QImage:
    """Return the image in a PNG file; unlike a QImage, a reader lets other threads go on."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(_READ_ONLY)
    reader = QImageReader(buffer, QByteArray(b"PNG"))
    reader.setAllocationLimit(_MOST_MB)
    return reader.read()
