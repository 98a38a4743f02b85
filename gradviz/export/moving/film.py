"""Which moving picture is wanted: what it shows, how large, how fast; and the limits of each."""

from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

import msgspec
import numpy as np
from msgspec.structs import replace

from gradviz.core.choices.settings import target_text
from gradviz.core.errors import ExportError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Direction
from gradviz.core.graphs.tensors import Array, Floats
from gradviz.core.language.saying import listed, marked, tr
from gradviz.core.number_text import counted, short
from gradviz.protocol.events import ModelBuilt
from gradviz.render.plots.drawn_curves import is_dotted, thinned

FilmSubject = Literal["train", "backward"]
#: The graph and the plots beside each other, or one of them alone.
Parts = Literal["both", "graph", "plots"]

SMALLEST_SIDE: Final = 160
LARGEST_SIDE: Final = 3840
MOST_FRAMES: Final = 3_000
USUAL_SIZE: Final = (960, 540)
#: A training moves; of a backward pass each step is to be read.
USUAL_RATES: Final = MappingProxyType({"train": 25.0, "backward": 2.0})
#: Without a wish, so many frames show a whole training.
_USUAL_FRAMES: Final = 300
SLOWEST: Final = 0.1
#: How long the last frame stays before a film begins anew, where the format can say so.
LAST_S: Final = 1.5


class FilmFormat(msgspec.Struct, frozen=True):
    """A format: its suffix, its name for `tr`, its module, and its highest frame rate."""

    suffix: str
    title: str
    module: str
    fastest: float


FILM_FORMATS: Final = MappingProxyType(
    {
        each.suffix: each
        for each in (
            # A viewer shows a frame of less than two hundredths of a second far longer.
            FilmFormat(".gif", marked("GIF animation"), "gradviz.export.moving.gif", 50.0),
            FilmFormat(".webp", marked("WebP animation"), "gradviz.export.moving.webp", 60.0),
            FilmFormat(".mp4", marked("MP4 video"), "gradviz.export.moving.mp4", 60.0),
        )
    }
)


class Film(msgspec.Struct, frozen=True, kw_only=True):
    """A moving picture.

    Attributes:
        steps: What each frame shows: steps of the training, or places in the backward pass.
        size: Width and height in pixels.
        rate: Frames per second.
        parts: What of a training is shown; a backward pass is shown on the graph.
        title: The model, in one line.
        length: The steps of the whole training.
        losses: Shape (n, 2): steps, and the loss before each, thinned where there are very many.
        target: The name of the target, where there is a curve.
        dotted: Whether the data are points, and not the values of a function.
        shapes: Graphs of further shapes that the training builds, as far as they are known.
        direction: Where edges run, where the graph has not been laid out.
    """

    subject: FilmSubject
    steps: tuple[int, ...]
    size: tuple[int, int] = USUAL_SIZE
    rate: float = 25.0
    parts: Parts = "both"
    title: str = ""
    length: int = 0
    losses: Array | None = None
    target: str = ""
    dotted: bool = False
    shapes: tuple[Graph, ...] = ()
    direction: Direction = "TB"

    @property
    def with_graph(self) -> bool:
        """Tell whether the graph is shown."""
        return self.subject == "backward" or self.parts != "plots"


def film_format(path: Path) -> FilmFormat:
    """Return the format that the suffix of `path` names; raises ExportError without one."""
    found = FILM_FORMATS.get(path.suffix.lower())
    if found is None:
        raise ExportError(
            tr(
                "{file} does not end in the name of a moving picture's format.",
                file=path.name or path,
            ),
            tr("Use one of {names}.", names=listed(FILM_FORMATS)),
        )
    return found


def every_nth(last: int, every: int | None = None) -> tuple[int, ...]:
    """Return the frames from 0 to `last`, each `every`-th and always the last one.

    Without a number it is one that gives at most about 300 frames.

    Raises:
        ExportError: `every` is not above 0, or there would be too many frames.
    """
    if every is None:
        every = usual_distance(last)
    if every < 1:
        raise ExportError(
            tr("A frame for every {count} steps does not work.", count=every),
            tr("Use a number from 1 on."),
        )
    count = last // every + 1 + (last % every > 0)
    if count > MOST_FRAMES:
        raise ExportError(
            tr(
                "That would be {count} frames; there can be {most}.",
                count=counted(count),
                most=counted(MOST_FRAMES),
            ),
            tr(
                "Show one of every {count} steps, or fewer.",
                count=counted(-(-last // (MOST_FRAMES - 2))),
            ),
        )
    return (*range(0, last, every), last)


def usual_distance(last: int) -> int:
    """Return every how many of `last` steps there is a frame, where nobody has a wish."""
    return max(1, -(-last // _USUAL_FRAMES))


def checked_size(size: tuple[int, int]) -> tuple[int, int]:
    """Return a size in pixels; raises ExportError for one that does not work."""
    if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in size):
        raise ExportError(
            tr(
                "A moving picture of {width}x{height} pixels does not work.",
                width=counted(size[0]),
                height=counted(size[1]),
            ),
            tr(
                "Use from {least} to {most} pixels for each side, such as 960x540.",
                least=SMALLEST_SIDE,
                most=counted(LARGEST_SIDE),
            ),
        )
    return size


def checked_rate(rate: float, form: FilmFormat) -> float:
    """Return frames per second; raises ExportError where the format cannot show so many."""
    if not SLOWEST <= rate <= form.fastest:
        raise ExportError(
            tr(
                "{rate} frames per second do not work for {suffix}.",
                rate=short(rate),
                suffix=form.suffix,
            ),
            tr(
                "Use a number from {least} to {most}.",
                least=short(SLOWEST),
                most=short(form.fastest),
            ),
        )
    return rate


def film_of_training(
    film: Film, built: ModelBuilt, losses: Floats, steps: tuple[int, ...], length: int = 0
) -> Film:
    """Return `film` with the frames at `steps` of the training of a model.

    Args:
        film: The wishes.
        built: The model, with the data that it is fitted to.
        losses: Shape (n,): the loss before each step.
        steps: The steps of the frames.
        length: The steps of the whole training; 0 for as many as there are losses.
    """
    points = np.stack(thinned(losses, logarithmic=False), axis=1)
    return replace(
        film,
        steps=steps,
        length=length or len(losses),
        losses=Array.of(points),
        target=target_text(built.model),
        dotted=is_dotted(built),
        shapes=built.shapes,
    )
