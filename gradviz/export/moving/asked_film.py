"""A film in the export process: each moment comes from the window when its frame is due."""

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.export.export_messages import (
    ExportAnswer,
    ExportMessage,
    ExportRequest,
    FilmMoment,
    MomentWanted,
)
from gradviz.export.moving.making import write_film
from gradviz.export.page import use_interface_font
from gradviz.protocol.moments import RecalledMoment, unpacked

#: So many moments are on their way while a frame is drawn: enough for a window that is busy.
_AHEAD: Final = 4


def made(
    request: ExportRequest,
    path: Path,
    tell: Callable[[ExportAnswer], None],
    read: Callable[[], ExportMessage | None],
    on_frame: Callable[[int, int], None],
) -> None:
    """Write the film of a request to `path`.

    Raises:
        ExportError: it cannot be made or written, or the window has no moment.
    """
    film = request.film
    if film is None:
        raise AssertionError("only the request of a film is made here")
    if request.font:
        use_interface_font(request.font)
    moments = _moments(film.steps, tell, read) if film.subject == "train" else iter(())
    write_film(path, film, request.figure, moments, on_frame)


def _moments(
    steps: tuple[int, ...],
    tell: Callable[[ExportAnswer], None],
    read: Callable[[], ExportMessage | None],
) -> Iterator[RecalledMoment]:
    to_ask = deque(steps)
    for _ in steps:
        ahead = _AHEAD if len(to_ask) == len(steps) else 1
        for _ in range(min(ahead, len(to_ask))):
            tell(MomentWanted(to_ask.popleft()))
        message = read()
        if not isinstance(message, FilmMoment):
            raise ExportError(tr("The window has ended."))
        if message.message:
            raise ExportError(message.message, message.hint)
        yield unpacked(message.content)
