"""The export process: it makes one file after another as it is asked, and ends with its input."""

import contextlib
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from gradviz.core.errors import ExportError, GradvizError
from gradviz.core.language.catalogues import LanguageError, speak
from gradviz.core.language.saying import spoken_language, tr
from gradviz.export.atomic import write_bytes
from gradviz.export.export_messages import (
    ExportAnswer,
    Exported,
    ExportFailed,
    ExportMessage,
    ExportProgressed,
    ExportRequest,
    WholeRequest,
)
from gradviz.export.exporters import CLIPBOARD, EXPORTERS
from gradviz.export.figure import GraphFigure
from gradviz.export.progress_listener import drawing_told_to
from gradviz.export.streams import own_descriptor
from gradviz.protocol.child import claim_standard_streams
from gradviz.protocol.codec import Codec

#: Between two reports: nobody reads faster, and each takes time from the drawing.
_PACE_S: Final = 0.05

#: The formats whose bytes may come beside those of another one.
_BESIDE: Final = {**EXPORTERS, **CLIPBOARD}


def main() -> int:
    """Make files until the input ends or nobody listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = claim_standard_streams()
    request_codec = Codec[ExportMessage](ExportMessage)
    answer_codec = Codec[ExportAnswer](ExportAnswer)

    def tell(answer: ExportAnswer) -> None:
        answer_codec.write(answers, answer)

    whole = WholeRequest()
    with contextlib.suppress(BrokenPipeError):
        while (message := request_codec.read(requests)) is not None:
            request = whole.take(message)
            if request is not None:
                tell(_answer(request, tell, lambda: request_codec.read(requests)))
    return 0


def _answer(
    request: ExportRequest,
    tell: Callable[[ExportAnswer], None],
    read: Callable[[], ExportMessage | None] = lambda: None,
) -> ExportAnswer:
    _speak(request.language)
    try:
        path = _wanted_path(request)
        if request.film is not None and path is not None:
            made = import_module("gradviz.export.moving.asked_film").made
            made(request, path, tell, read, _Paced(tell).drawn)
            return Exported()
        exporter = EXPORTERS[request.suffix]
        if exporter.needs_layout and request.font:
            # Qt is loaded for the formats that draw.
            import_module("gradviz.export.page").use_interface_font(request.font)
        with drawing_told_to(_Paced(tell).drawn):
            figure = _laid_out(request) if exporter.needs_layout else request.figure
            content = exporter.render(figure)
            remark = exporter.remark(figure)
        if path is None:
            further = {each: _BESIDE[each].render(figure) for each in request.beside}
            return Exported(content, remark, further)
        tell(ExportProgressed("writing"))
        write_bytes(path, content)
    except GradvizError as error:
        return ExportFailed(error.message, error.hint)
    except MemoryError:
        return ExportFailed(
            tr("There is not enough memory for this file."),
            tr(
                "Close other programs; a PNG image with a smaller scale needs less, and so does "
                "DOT."
            ),
        )
    return Exported(remark=remark)


def _speak(language: str) -> None:
    """Speak the language of the window, if only a catalogue is there and can be read."""
    if language != spoken_language():
        with contextlib.suppress(LanguageError):
            speak(language)


def _laid_out(request: ExportRequest) -> GraphFigure:
    figure = request.figure
    if figure.placement is not None:
        return figure
    lay_out = import_module("gradviz.export.page").laid_out
    placement = lay_out(figure.shown, figure.framed, request.direction, request.layout_s)
    return replace(figure, placement=placement)


def _wanted_path(request: ExportRequest) -> Path | None:
    if request.path is None:
        return None
    path = Path(request.path)
    if own_descriptor(path) is not None:
        raise ExportError(
            tr(
                "{file} could not be written: it leads to a stream of the program itself.",
                file=path.name,
            ),
            tr("Choose the name of a file."),
        )
    return path


class _Paced:
    """Reports a drawing, now and then."""

    def __init__(self, tell: Callable[[ExportAnswer], None]) -> None:
        self._tell = tell
        self._next_at = 0.0

    def drawn(self, done: int, total: int) -> None:
        """Report that `done` of `total` parts are drawn, unless something was reported just now."""
        now = time.monotonic()
        if now >= self._next_at:
            self._tell(ExportProgressed("drawing", done, total))
            self._next_at = now + _PACE_S


if __name__ == "__main__":
    sys.exit(main())
