"""A film from its moments to the file, which takes the place of another one when all is written."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Final, TypeVar

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.export.atomic import replacing
from gradviz.export.figure import GraphFigure
from gradviz.export.moving.film import (
    Film,
    FilmFormat,
    checked_rate,
    checked_size,
    film_format,
)
from gradviz.protocol.moments import RecalledMoment

#: A graph of more is drawn too slowly, and in no frame of a film could it be read.
MOST_NODES: Final = 2_000
_Each = TypeVar("_Each")


def write_film(
    path: Path,
    film: Film,
    figure: GraphFigure,
    moments: Iterable[RecalledMoment] = (),
    on_frame: Callable[[int, int], None] = lambda done, total: None,
    *,
    suffix: str = "",
    waiting: bool = False,
) -> None:
    """Write a film in the format of the suffix; each moment is taken when its frame is due.

    `figure` has the graph as it is shown, and of a backward pass its trace. `on_frame` is told
    how many frames are drawn, and of how many. With `waiting` a pipe may wait for its reader.

    Raises:
        ExportError: a wish does not work, or the file could not be written.
        LayoutError: the graph cannot be laid out.
    """
    form = check_film(path.with_suffix(suffix) if suffix else path, film, figure)
    # Qt and Pillow are loaded with the first film.
    scene = import_module("gradviz.export.moving.scene").FilmScene(film, figure)
    frames = scene.walked() if film.subject == "backward" else scene.trained(moments)
    total = len(film.steps)
    with replacing(path, waiting=waiting) as stream:
        import_module(form.module).write(stream, _counted(frames, on_frame, total), film)


def check_film(path: Path, film: Film, figure: GraphFigure) -> FilmFormat:
    """Return the format of a film that can be made; raises ExportError for one that cannot."""
    form = film_format(path)
    checked_size(film.size)
    checked_rate(film.rate, form)
    if form.suffix == ".mp4":
        import_module(form.module).require()
    if film.subject == "backward" and film.parts == "plots":
        raise ExportError(
            tr("A backward pass is shown on the graph, not in plots."),
            tr("Choose graph or both."),
        )
    shown = len(figure.shown.nodes) if film.subject == "train" and film.with_graph else 0
    if shown > MOST_NODES:
        raise ExportError(
            tr(
                "A graph of {count} nodes cannot be drawn anew in every frame.",
                count=counted(shown),
            ),
            tr(
                "Close groups until {count} nodes are shown, or show the plots alone.",
                count=counted(MOST_NODES),
            ),
        )
    return form


def _counted(
    frames: Iterator[_Each], on_frame: Callable[[int, int], None], total: int
) -> Iterator[_Each]:
    for done, frame in zip(count(1), frames, strict=False):
        yield frame
        on_frame(done, total)
