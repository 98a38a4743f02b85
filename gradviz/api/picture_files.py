"""Pictures and files of a captured graph, made by the painter of the window.

What draws runs in a process of its own: no application of Qt's stands in the user's process, in
whatever thread this is, and one that the user makes later is the first.
"""

import math
import queue
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, get_args

import msgspec

from gradviz.api.picture_options import PictureOptions, StyleName, ThemeName
from gradviz.core.errors import ExportError, SettingError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Direction
from gradviz.core.graphs.shown.first_picture import first_picture
from gradviz.core.graphs.shown.node_names import NodeNames
from gradviz.core.graphs.shown.opening import depth
from gradviz.core.graphs.shown.showing import Showing
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import listed, tr
from gradviz.core.number_text import counted
from gradviz.export.atomic import write_bytes
from gradviz.export.export_messages import Exported, ExportFailed, ExportRequest
from gradviz.export.exporters import exporter_for
from gradviz.export.figure import DOTS_PER_INCH, GraphFigure
from gradviz.export.origin import Origin
from gradviz.export.publication import COLUMN_MM, Publication, check_printed
from gradviz.export.running_export import ExportOutcome, RunningExport
from gradviz.export.streams import leads_to_stream
from gradviz.render.groups.rough_measure import rough_size
from gradviz.render.style import DARK, LIGHT

_NAMES: Final = get_args(NodeNames)
_THEMES: Final = {"light": LIGHT, "dark": DARK}
#: Somebody looks at a notebook: a picture is laid out more simply after so many seconds.
_WAITED_S: Final = 10.0
#: About five megabytes of SVG.
_MOST_SHOWN: Final = 1_500


class PassMoment(msgspec.Struct, frozen=True, kw_only=True):
    """The recorded trace of a pass, and how many of its steps have run."""

    trace: Trace | None = None
    after: int = 0


class PictureLook(msgspec.Struct, frozen=True, kw_only=True):
    """The look of a file.

    Attributes:
        scale: Pixels of an image for each pixel of the picture.
        dpi: Pixels of an image for each inch, in the place of `scale`.
        theme: "light" or "dark".
        names: "forward" or "backward"; None for the usual of the format.
        transparent: Whether the ground of a drawing is left out.
    """

    scale: float = 2.0
    dpi: float | None = None
    theme: ThemeName = "light"
    names: NodeNames | None = None
    transparent: bool = False

    def __post_init__(self) -> None:
        """Raise SettingError where one of them is none that there is."""
        if self.theme not in tuple(_THEMES):
            raise SettingError(
                tr("There is no theme {name}.", name=repr(self.theme)),
                tr("Use one of {names}.", names=listed(_THEMES)),
            )
        if self.names not in (None, *_NAMES):
            raise SettingError(
                tr("There are no names {name}.", name=repr(self.names)),
                tr("Use one of {names}.", names=listed(_NAMES)),
            )
        if not _is_positive(self.scale):
            raise SettingError(
                tr("The scale {scale} does not work.", scale=self.scale),
                tr("Use a number above 0, such as {usual}.", usual=2),
            )
        if self.dpi is not None and not _is_positive(self.dpi):
            raise SettingError(
                tr("{dpi} dpi do not work.", dpi=self.dpi),
                tr("Use a number above 0, such as {usual}.", usual=300),
            )

    @property
    def pixels(self) -> float:
        """Return the pixels of an image for each pixel of the picture."""
        return float(self.scale if self.dpi is None else self.dpi / DOTS_PER_INCH)


def _is_positive(number: object) -> bool:
    return isinstance(number, int | float) and 0 < number < math.inf


def showing_with(options: PictureOptions, graph: Graph) -> Showing:
    """Return the part of `graph` that a picture with these options shows."""
    every = frozenset(() if options.roll else graph.grouping.index)
    base = Showing(folding=options.roll)
    if options.depth is None:
        found = first_picture(graph, rough_size, base)
    else:
        found = depth(graph, options.depth, base)
    return msgspec.structs.replace(found, spread=every)


def figure_of(
    graph: Graph,
    options: PictureOptions,
    moment: PassMoment,
    look: PictureLook,
    origin: Origin,
) -> GraphFigure:
    """Return the figure of `graph`, not laid out yet.

    Raises:
        SettingError: there is no such step.
    """
    last = 0 if moment.trace is None else len(moment.trace.steps)
    if type(moment.after) is not int or not 0 <= moment.after <= last:
        within = tr("Use a number from {least} to {most}.", least=0, most=last)
        raise SettingError(
            tr("There is no step {step}.", step=moment.after),
            within if last else tr("Call backward() first."),
        )
    return GraphFigure(
        graph=graph,
        showing=showing_with(options, graph),
        trace=moment.trace,
        cursor=moment.after,
        theme=_THEMES[look.theme],
        scale=look.pixels,
        names=look.names,
        transparent=look.transparent,
        origin=origin,
    )


def publication_of(
    style: StyleName | None, width_mm: float | None, caption: str | bool
) -> Publication | None:
    """Return the drawing for print that is asked for, None where none is.

    Raises:
        SettingError: there is no such style, or an option needs it.
        ExportError: the width does not work, or the caption is too long.
    """
    if style not in (None, "publication"):
        raise SettingError(
            tr("There is no style {name}.", name=repr(style)),
            tr('Use "publication", or leave it out.'),
        )
    if style is None:
        if width_mm is not None or caption:
            raise SettingError(
                tr("width_mm and caption are for a drawing for print."),
                tr('Add style="publication".'),
            )
        return None
    return Publication(width_mm=COLUMN_MM if width_mm is None else width_mm, caption=caption)


def shown(
    figure: GraphFigure, suffixes: Sequence[str], direction: Direction
) -> Mapping[str, bytes]:
    """Return the bytes of a file of `figure` in each of these formats, for one who waits for them.

    Raises:
        ExportError: it could not be drawn, or it shows so much that a notebook would not carry it.
    """
    count = len(figure.shown.nodes)
    if count > _MOST_SHOWN:
        raise ExportError(
            tr("A picture of {count} boxes is too large for a notebook.", count=counted(count)),
            tr(
                "Capture the module itself, capture(module, inputs=…), which has groups, give a "
                "small depth, or write a file with save()."
            ),
        )
    first, *others = suffixes
    request = ExportRequest(
        suffix=first,
        figure=figure,
        direction=direction,
        layout_s=_WAITED_S,
        beside=tuple(others),
    )
    exported = _exported(request)
    return {first: exported.content, **exported.beside}


def save(figure: GraphFigure, path: Path, direction: Direction) -> None:
    """Write `figure` to `path`, in the format of its suffix.

    Raises:
        ExportError: the format is unknown, or the file could not be written; what was there before
            is still there.
    """
    exporter = exporter_for(path)
    if figure.publication is not None:
        check_printed(exporter.suffix)
    if not leads_to_stream(path) and not path.parent.is_dir():
        # Told before anything is drawn.
        raise ExportError(
            tr(
                "{file} could not be written: there is no folder {folder}.",
                file=path.name,
                folder=path.parent,
            ),
            tr("Make the folder first, or choose another one."),
        )
    if exporter.needs_layout:
        request = ExportRequest(suffix=exporter.suffix, figure=figure, direction=direction)
        content = _exported(request).content
    else:
        content = exporter.render(figure)
    write_bytes(path, content, waiting=True)


def _exported(request: ExportRequest) -> Exported:
    ended: queue.SimpleQueue[ExportOutcome] = queue.SimpleQueue()
    running = RunningExport(request, lambda _: None, ended.put)
    try:
        outcome = ended.get()
    except BaseException:
        running.cancel()
        raise
    if isinstance(outcome, Exported):
        if outcome.remark:
            warnings.warn(outcome.remark, stacklevel=4)
        return outcome
    if isinstance(outcome, ExportFailed):
        raise ExportError(outcome.message, outcome.hint)
    raise ExportError(tr("The picture was given up."), tr("Ask for it again."))
